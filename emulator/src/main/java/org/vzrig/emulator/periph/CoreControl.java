package org.vzrig.emulator.periph;

/** What modules ask of the machine besides interrupts. */
public interface CoreControl {
  /** Raises a non-maskable interrupt. */
  void nmi();

  /** Resets the chip at the end of the present instruction. */
  void reset(ResetCause cause);
}
