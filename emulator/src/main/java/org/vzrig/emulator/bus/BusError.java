package org.vzrig.emulator.bus;

/**
 * The system bus answered an access with an error. Stackless: it is an architectural event, not a
 * fault of ours.
 */
public final class BusError extends RuntimeException {
  /** The one instance; the address travels with the access that was tried. */
  public static final BusError INSTANCE = new BusError();

  private static final long serialVersionUID = 1L;

  private BusError() {
    super("bus error", null, false, false);
  }
}
