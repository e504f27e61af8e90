package org.vzrig.hypervisor.rt.device;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.sched.GuestTimers;
import org.vzrig.hypervisor.rt.sched.Scheduler;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * Offers each guest, through GuestCtl2, what its interrupt controller presents.
 *
 * <p>The core takes GRIPL back to 0 when the guest accepts. Where the configuration does not say
 * {@code irqpolling}, GuestCtl0Ext.FCD is clear while something is on offer, so that the acceptance
 * itself leaves the guest and the next interrupt can be offered at once.
 */
public final class VirtualInterrupts implements Interrupts {
  /** The core timer's source. */
  public static final int TIMER = 0;

  private final Scheduler threads;
  private final GuestTimers timers;
  private @Nullable ConsoleDevice console;

  /** Interrupts of {@code threads}. */
  public VirtualInterrupts(Scheduler threads, GuestTimers timers) {
    this.threads = threads;
    this.timers = timers;
  }

  /** Names the console whose flags follow its state. */
  public void console(ConsoleDevice device) {
    console = device;
  }

  @Override
  public void raise(VmThread thread, int irq) {
    thread.ic().raise(irq);
    update(thread);
  }

  @Override
  public void update(VmThread thread) {
    noticeTimer(thread);
    if (console != null) {
      console.refresh(thread);
    }
    int irq = thread.ic().present();
    int ipl = irq == VirtualIc.NONE ? 0 : thread.ic().priority(irq);
    if (irq != thread.offeredIrq() || ipl != thread.offeredIpl()) {
      offer(thread, irq, ipl);
    }
    if (irq != VirtualIc.NONE) {
      threads.wake(thread);
    }
  }

  private void offer(VmThread thread, int irq, int ipl) {
    boolean watch = irq != VirtualIc.NONE && !thread.setup().polling();
    int vector = irq == VirtualIc.NONE ? 0 : thread.ic().vectorOffset(irq) & 0xFFFF;
    threads.root(thread, Cp0Reg.GUESTCTL2, ipl << Bits.GUESTCTL2_GRIPL_SHIFT | vector);
    threads.root(
        thread, Cp0Reg.GUESTCTL0EXT, watch ? Bits.GUESTCTL0EXT_TRACK : Bits.GUESTCTL0EXT_QUIET);
    thread.offered(irq, ipl);
  }

  @Override
  public void noticeTimer(VmThread thread) {
    if ((threads.guest(thread, Cp0Reg.CAUSE) & Bits.CAUSE_TI) != 0) {
      thread.ic().raise(TIMER);
    }
  }

  /**
   * Looks whether the guest has taken what was on offer.
   *
   * @return whether it has
   */
  public boolean noticeAcceptance(VmThread thread) {
    boolean accepted =
        thread.offeredIpl() > 0
            && threads.root(thread, Cp0Reg.GUESTCTL2) >>> Bits.GUESTCTL2_GRIPL_SHIFT == 0;
    if (accepted) {
      thread.accepted();
      if (thread.interruptedIrq() == TIMER && thread.clock().fired()) {
        timers.noticed(thread);
      }
      update(thread);
    }
    return accepted;
  }

  @Override
  public void flagsCleared(VmThread thread, int word, int bits) {
    if (word == 0 && (bits & 1 << TIMER) != 0 && thread.clock().fired()) {
      timers.noticed(thread);
    }
  }
}
