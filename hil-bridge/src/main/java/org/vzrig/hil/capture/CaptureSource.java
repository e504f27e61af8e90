package org.vzrig.hil.capture;

import java.io.IOException;

/** Events of a capture in the order in which they were recorded. */
public interface CaptureSource extends AutoCloseable {
  /**
   * Reads the next event into {@code event}; false at the end.
   *
   * @throws IOException when the file cannot be read or is not what it claims to be; the message
   *     names file and place
   */
  boolean read(CaptureEvent event) throws IOException;

  /**
   * What is wrong with the end of the file, or an empty text: events up to there are sound, and
   * there are no more.
   */
  default String damage() {
    return "";
  }

  @Override
  void close() throws IOException;
}
