package org.vzrig.hil.capture;

import java.io.IOException;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.CycleTime;

/** Writes what a machine does as one side of a capture file. */
public final class CaptureFileSink implements CaptureSink {
  private final CaptureWriter writer;
  private final CycleTime time;
  private final int side;

  /**
   * Begins a side of {@code writer}, which {@link #close} closes.
   *
   * @param time turns cycles into the side's nanoseconds
   */
  public CaptureFileSink(CaptureWriter writer, CaptureHeader header, CycleTime time)
      throws IOException {
    this.writer = writer;
    this.time = time;
    side = writer.side(header);
  }

  @Override
  public void sent(long cycle, int uart, int value) throws IOException {
    writer.sent(side, time.nanos(cycle), uart, value);
  }

  @Override
  public void sentBreak(long cycle, int uart) throws IOException {
    writer.sentBreak(side, time.nanos(cycle), uart);
  }

  @Override
  public void received(long cycle, int uart, int value) throws IOException {
    writer.received(side, time.nanos(cycle), uart, value);
  }

  @Override
  public void pin(long cycle, Pin pin, boolean level) throws IOException {
    writer.pin(side, time.nanos(cycle), pin.index(), level);
  }

  @Override
  public void note(long cycle, CaptureNote kind, String text) throws IOException {
    writer.note(side, time.nanos(cycle), kind, text);
  }

  @Override
  public void lost(long cycle, long count) throws IOException {
    writer.note(side, time.nanos(cycle), CaptureNote.LOST, count + " events");
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public long idle() throws IOException {
    return writer.idle();
  }

  @Override
  public void close(long cycle) throws IOException {
    try (writer) {
      writer.end(side, time.nanos(cycle));
    }
  }
}
