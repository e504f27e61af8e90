package org.vzrig.appliance.daemon;

import java.io.IOException;
import org.vzrig.boards.Pin;
import org.vzrig.hil.capture.CaptureNote;
import org.vzrig.hil.capture.CaptureSink;

/** A recording that remembers for its users why it stopped. */
final class WatchedSink implements CaptureSink {
  private final CaptureSink sink;
  private volatile String failure = "";

  private interface Step {
    void run() throws IOException;
  }

  WatchedSink(CaptureSink sink) {
    this.sink = sink;
  }

  /** One that could not even begin. */
  static WatchedSink failed(String why) {
    WatchedSink sink = new WatchedSink(new CaptureSink() {});
    sink.failure = why;
    return sink;
  }

  /** Why it stopped, or an empty text. */
  String failure() {
    return failure;
  }

  private void guard(Step step) throws IOException {
    try {
      step.run();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
      throw e;
    }
  }

  @Override
  public void sent(long cycle, int uart, int value) throws IOException {
    guard(() -> sink.sent(cycle, uart, value));
  }

  @Override
  public void sentBreak(long cycle, int uart) throws IOException {
    guard(() -> sink.sentBreak(cycle, uart));
  }

  @Override
  public void received(long cycle, int uart, int value) throws IOException {
    guard(() -> sink.received(cycle, uart, value));
  }

  @Override
  public void pin(long cycle, Pin pin, boolean level) throws IOException {
    guard(() -> sink.pin(cycle, pin, level));
  }

  @Override
  public void note(long cycle, CaptureNote kind, String text) throws IOException {
    guard(() -> sink.note(cycle, kind, text));
  }

  @Override
  public void lost(long cycle, long count) throws IOException {
    guard(() -> sink.lost(cycle, count));
  }

  @Override
  public void flush() throws IOException {
    guard(sink::flush);
  }

  @Override
  public long idle() throws IOException {
    long[] next = new long[1];
    guard(() -> next[0] = sink.idle());
    return next[0];
  }

  @Override
  public void close(long cycle) throws IOException {
    guard(() -> sink.close(cycle));
  }
}
