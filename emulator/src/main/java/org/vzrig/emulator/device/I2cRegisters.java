package org.vzrig.emulator.device;

import org.vzrig.emulator.port.I2cDevice;

/**
 * A device with 256 byte registers behind I2C: the first byte written is the register number, what
 * follows is written from there on; reads go on from the same place.
 */
public final class I2cRegisters implements I2cDevice {
  private final byte[] values = new byte[256];
  private int at;
  private boolean numberNext;

  /** Register {@code number}, 0 to 255. */
  public int get(int number) {
    return values[number] & 0xFF;
  }

  /** Sets register {@code number}. */
  public void set(int number, int value) {
    values[number] = (byte) value;
  }

  @Override
  public boolean start(boolean read) {
    numberNext = !read;
    return true;
  }

  @Override
  public boolean write(int value) {
    if (numberNext) {
      at = value & 0xFF;
      numberNext = false;
    } else {
      values[at] = (byte) value;
      at = at + 1 & 0xFF;
    }
    return true;
  }

  @Override
  public int read() {
    int value = values[at] & 0xFF;
    at = at + 1 & 0xFF;
    return value;
  }

  @Override
  public void stop() {
    numberNext = false;
  }
}
