package org.vzrig.hypervisor.rt.device;

import org.vzrig.hypervisor.rt.sched.VmThread;

/** What devices tell about the interrupts of a guest. */
public interface Interrupts {
  /** Flags, enables or priorities of {@code thread} may have changed: present the right source. */
  void update(VmThread thread);

  /** Sets the flag of {@code irq} and presents what is due. */
  void raise(VmThread thread, int irq);

  /** Takes a match of the guest's own Compare (guest Cause.TI) into the virtual flags. */
  void noticeTimer(VmThread thread);

  /** The guest cleared the flags {@code bits} of IFS register number {@code word}. */
  void flagsCleared(VmThread thread, int word, int bits);
}
