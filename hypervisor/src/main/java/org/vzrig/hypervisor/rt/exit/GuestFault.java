package org.vzrig.hypervisor.rt.exit;

/** A thread did what it must not: it is stopped and reported. Stackless, caught at the exit. */
public final class GuestFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The fault with the text that is shown behind {@code PANIC_THREAD:}. */
  public GuestFault(String message) {
    super(message, null, false, false);
  }
}
