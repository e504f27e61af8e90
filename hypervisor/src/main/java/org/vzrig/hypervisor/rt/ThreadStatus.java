package org.vzrig.hypervisor.rt;

import org.jspecify.annotations.Nullable;

/**
 * How a guest or thread is.
 *
 * @param id its id
 * @param guest whether it is a guest, or else a thread in root mode
 * @param state what it does
 * @param fault what it did when it was stopped for that, or null
 * @param pc where it goes on, as root knew last
 * @param exits exits for other reasons than interrupts and root TLB refills, since the start
 */
public record ThreadStatus(
    int id, boolean guest, State state, @Nullable String fault, int pc, long exits) {
  /** What a thread does. */
  public enum State {
    /** It holds the core. */
    CURRENT,
    /** It wants to run. */
    READY,
    /** It is in WAIT. */
    WAITING,
    /** It was stopped by command. */
    STOPPED,
    /** It was stopped because it did what it must not. */
    FAULTED
  }
}
