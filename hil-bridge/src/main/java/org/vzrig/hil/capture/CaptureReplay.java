package org.vzrig.hil.capture;

import java.io.IOException;
import java.util.function.LongUnaryOperator;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.CycleTime;

/** Plays one side of a capture into a sink, whose cycles are then nanoseconds. */
public final class CaptureReplay {
  /** The time of sinks that are fed from here. */
  public static final CycleTime NANOSECONDS = new CycleTime(1_000_000_000);

  private final CaptureSink sink;
  private final LongUnaryOperator time;
  private long last;

  private CaptureReplay(CaptureSink sink, LongUnaryOperator time) {
    this.sink = sink;
    this.time = time;
  }

  /**
   * Plays side {@code side} of {@code source} to its end and closes the sink.
   *
   * @param time what becomes of the times; negative ones are taken for 0
   */
  public static void play(CaptureSource source, int side, CaptureSink sink, LongUnaryOperator time)
      throws IOException {
    CaptureReplay replay = new CaptureReplay(sink, time);
    CaptureEvent event = new CaptureEvent();
    while (source.read(event)) {
      if (event.side() == side) {
        replay.put(event);
      }
    }
    sink.close(replay.last);
  }

  private void put(CaptureEvent event) throws IOException {
    long at = at(event.nanos());
    switch (event.kind()) {
      case SENT -> {
        for (int i = 0; i < event.count(); i++) {
          sink.sent(at(event.nanos(i)), event.uart(), event.value(i));
        }
      }
      case RECEIVED -> {
        for (int i = 0; i < event.count(); i++) {
          sink.received(at(event.nanos(i)), event.uart(), event.value(i));
        }
      }
      case BREAK -> sink.sentBreak(at, event.uart());
      case PIN -> sink.pin(at, Pin.at(event.pin()), event.level());
      case NOTE -> sink.note(at, event.note(), event.text());
      default -> {}
    }
  }

  private long at(long nanos) {
    long at = Math.max(0, time.applyAsLong(nanos));
    last = Math.max(last, at);
    return at;
  }
}
