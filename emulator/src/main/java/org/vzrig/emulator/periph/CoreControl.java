package org.vzrig.emulator.periph;

/** What modules ask of the machine besides interrupts. */
public interface CoreControl {
  /** Raises a non-maskable interrupt. */
  void nmi();

  /** Resets the chip at the end of the present instruction. */
  void reset(ResetCause cause);

  /** The core executes nothing more until {@code cycle}; everything else goes on. */
  void stall(long cycle);

  /**
   * The physical address that the core fetches from, as far as it is known without a translation
   * (KSEG0 and KSEG1), else -1.
   */
  int fetchAddress();
}
