package org.vzrig.appliance.daemon;

import java.io.IOException;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureNote;
import org.vzrig.hil.capture.CaptureWriter;

/**
 * The real board's side of a capture, whose clock is the host's: nanoseconds since the side began.
 */
final class RealSink {
  private final CaptureWriter writer;
  private final int side;
  private final int uart;
  private final boolean owner;
  private final long begin = System.nanoTime();
  private long last;

  /**
   * Begins a side of {@code writer}.
   *
   * @param uart number of the console's UART
   * @param owner whether the end of this side is the end of the file
   */
  RealSink(CaptureWriter writer, CaptureHeader header, int uart, boolean owner) throws IOException {
    this.writer = writer;
    this.uart = uart;
    this.owner = owner;
    side = writer.side(header);
  }

  /**
   * {@code count} bytes have come, the last one at {@code arrived} of {@link System#nanoTime}.
   *
   * @param byteNanos how long one takes on the line: those before came earlier
   */
  void sent(byte[] bytes, int count, long arrived, long byteNanos) throws IOException {
    for (int i = 0; i < count; i++) {
      long at = arrived - begin - (count - 1 - i) * byteNanos;
      last = Math.max(last + 1, at);
      writer.sent(side, last, uart, bytes[i] & 0xFF);
    }
    writer.flush();
  }

  /** {@code bytes} were sent to the board. */
  void received(byte[] bytes) throws IOException {
    for (byte value : bytes) {
      last = Math.max(last + 1, System.nanoTime() - begin);
      writer.received(side, last, uart, value & 0xFF);
    }
  }

  /** Pin {@code pin} got {@code level} at {@code nanos} of {@link System#nanoTime}. */
  void pin(int pin, long nanos, boolean level) throws IOException {
    last = Math.max(last, nanos - begin);
    writer.pin(side, last, pin, level);
    writer.flush();
  }

  void note(CaptureNote kind, String text) throws IOException {
    last = Math.max(last + 1, System.nanoTime() - begin);
    writer.note(side, last, kind, text);
    writer.flush();
  }

  /** Nothing has come for a moment. */
  void idle() throws IOException {
    writer.idle();
  }

  void end() throws IOException {
    writer.end(side, Math.max(last, System.nanoTime() - begin));
    if (owner) {
      writer.close();
    }
  }
}
