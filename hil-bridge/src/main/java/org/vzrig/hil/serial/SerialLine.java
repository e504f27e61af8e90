package org.vzrig.hil.serial;

import java.io.IOException;
import java.time.Duration;

/**
 * An open serial line, 8 data bits, no parity, one stop bit. Used by one thread at a time; {@link
 * #close} may come from any.
 */
public interface SerialLine extends AutoCloseable {
  /** What the user calls it, such as /dev/ttyUSB0. */
  String name();

  /**
   * Sends all of {@code bytes}; waits while the host's buffer is full.
   *
   * @throws IOException if the line is closed or was unplugged
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Receives what has arrived, at most {@code length} bytes, and waits up to {@code timeout} for
   * the first of them.
   *
   * @return number of bytes, 0 if none came in time
   * @throws IOException if the line is closed or was unplugged
   */
  int read(byte[] into, int offset, int length, Duration timeout) throws IOException;

  /** Current speed in bits per second. */
  int baud();

  /**
   * Changes the speed after everything written has left.
   *
   * @throws IOException if the line cannot do it
   */
  void baud(int bitsPerSecond) throws IOException;

  /**
   * Sets the control outputs; a line that has none ignores it.
   *
   * @return whether the line has these outputs
   */
  boolean control(boolean dtr, boolean rts) throws IOException;

  /** Throws away what has arrived and was not read. */
  void discard() throws IOException;

  /** Releases the line; closing twice does nothing. */
  @Override
  void close();

  /** Opens the same line again and again. */
  interface Opener {
    /** What the user calls the line. */
    String name();

    /**
     * Opens the line.
     *
     * @throws IOException if it does not exist, is in use or access is denied; the message says
     *     which, and what helps
     */
    SerialLine open(int bitsPerSecond) throws IOException;
  }
}
