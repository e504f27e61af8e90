package org.vzrig.hypervisor.rt.sched;

/**
 * The last four interrupts and exceptions of a thread, a byte each, newest lowest. Before the first
 * interrupt there stands 255.
 */
public final class History {
  private int interrupts = -1;
  private int causes;
  private int guestCauses;
  private long exits;

  void reset() {
    interrupts = -1;
    causes = 0;
    guestCauses = 0;
  }

  /** Notes an interrupt that the guest took. */
  void interrupt(int irq) {
    interrupts = interrupts << 8 | irq & 0xFF;
  }

  /** Notes an exit with Cause.ExcCode and GuestCtl0.GExcCode. */
  public void exception(int cause, int guestCause) {
    causes = causes << 8 | cause;
    guestCauses = guestCauses << 8 | guestCause;
    exits++;
  }

  /** Interrupt number {@code n} back (0 is the newest). */
  public int interruptAgo(int n) {
    return interrupts >>> n * 8 & 0xFF;
  }

  /** Cause.ExcCode {@code n} exits back. */
  public int causeAgo(int n) {
    return causes >>> n * 8 & 0xFF;
  }

  /** GuestCtl0.GExcCode {@code n} exits back. */
  public int guestCauseAgo(int n) {
    return guestCauses >>> n * 8 & 0xFF;
  }

  /** Exits other than interrupts and root TLB refills since power-on. */
  public long exits() {
    return exits;
  }
}
