package org.vzrig.emulator.port;

/** Voltages at the analog inputs of the chip. Owned by the machine thread. */
public interface AnalogPort {
  /**
   * Puts {@code millivolts} (0 to 3300, more reads as full scale) on input AN{@code input}, 0 to
   * 49.
   */
  void set(int input, int millivolts);
}
