package org.vzrig.flasher;

import java.io.IOException;
import java.time.Duration;

/** A way for frames to a boot loader and back: a serial line, or USB reports. */
public interface ByteChannel extends AutoCloseable {
  /** Longest frame that can be sent. */
  default int capacity() {
    return Integer.MAX_VALUE;
  }

  /** Sends one frame. */
  void send(byte[] frame) throws IOException;

  /**
   * Receives what has come, and waits up to {@code timeout} for it.
   *
   * @return number of bytes, 0 if none came in time
   */
  int receive(byte[] into, Duration timeout) throws IOException;

  /** Releases port or device. */
  @Override
  void close();
}
