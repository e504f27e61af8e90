package org.vzrig.emulator.port;

/** Something on the board that answers as an I2C slave. Owned by the machine thread. */
public interface I2cDevice {
  /** A start condition addressed the device; true acknowledges. */
  boolean start(boolean read);

  /** The chip wrote a byte; true acknowledges. */
  boolean write(int value);

  /** The chip reads the next byte. */
  int read();

  /** The transfer ended. */
  void stop();
}
