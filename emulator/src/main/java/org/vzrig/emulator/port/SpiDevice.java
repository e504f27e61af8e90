package org.vzrig.emulator.port;

/** Something on the board that answers as an SPI slave. Owned by the machine thread. */
public interface SpiDevice {
  /**
   * Exchanges one word while the device is selected.
   *
   * @param out what the chip sent, {@code bits} wide
   * @param bits 8, 16 or 32
   * @return what the device sent meanwhile
   */
  int exchange(int out, int bits);

  /** The select line went low ({@code selected}) or high. */
  void selected(boolean selected);
}
