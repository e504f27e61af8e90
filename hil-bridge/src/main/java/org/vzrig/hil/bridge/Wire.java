package org.vzrig.hil.bridge;

import java.io.IOException;
import java.time.Duration;

/** An open pty, serial port or file. One thread reads, one writes, any may close. */
interface Wire extends Outlet.Taker {
  /** What it is called. */
  String where();

  /** What it does now, in words. */
  String state();

  /** Whether anybody listens. */
  boolean heard();

  /** Whether the other side has read everything that was taken; true where nobody can know. */
  boolean drained() throws IOException;

  /**
   * Reads what has arrived and waits up to {@code timeout} for the first byte.
   *
   * @throws IOException when the line is gone
   */
  int read(byte[] into, Duration timeout) throws IOException;

  /** The UART runs at {@code bitsPerSecond} now. */
  void baud(int bitsPerSecond) throws IOException;

  /** Lets go of the line. */
  void close();

  /** Opens a wire. */
  interface Opener {
    /** Opens it at {@code baud}, 0 when that is not known yet. */
    Wire open(int baud) throws IOException;
  }
}
