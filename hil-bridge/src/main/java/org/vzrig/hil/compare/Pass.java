package org.vzrig.hil.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureSource;

/**
 * One pass over both captures: reads whichever side is behind, hands events to the lanes of their
 * channels, and lets those match what they can.
 */
final class Pass {
  private static final int BATCH = 256;

  private final Scope scope;
  private final SortedMap<Integer, Lane> uarts = new TreeMap<>();
  private final SortedMap<Integer, Lane> pins = new TreeMap<>();

  /** One capture on its way through. */
  private static final class Stream {
    private final CaptureSource source;
    private final boolean first;
    private final int side;
    private final long from;
    private final long to;
    private final CaptureEvent event = new CaptureEvent();
    private long seen;
    private boolean headed;
    private boolean done;

    Stream(Input input, boolean first, long from, long to) throws IOException {
      source = input.opener().open();
      this.first = first;
      side = input.side();
      this.from = from;
      this.to = to;
    }
  }

  Pass(Scope scope) {
    this.scope = scope;
  }

  void uart(int uart, Lane lane) {
    uarts.put(uart, lane);
  }

  void pin(int pin, Lane lane) {
    pins.put(pin, lane);
  }

  /** Reads both captures; returns how the channels compare. */
  List<ChannelCount> run(Input firstInput, Input secondInput) throws IOException {
    ClockMap clock = scope.clock();
    Stream first = new Stream(firstInput, true, scope.from(), scope.to());
    try (CaptureSource _ = first.source) {
      Stream second =
          new Stream(secondInput, false, clock.second(scope.from()), clock.second(scope.to()));
      try (CaptureSource _ = second.source) {
        both(first, second);
      }
    }
    process(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2, true);
    List<ChannelCount> counts = new ArrayList<>();
    uarts.values().forEach(lane -> counts.addAll(lane.counts()));
    pins.values().forEach(lane -> counts.addAll(lane.counts()));
    return counts;
  }

  private void both(Stream first, Stream second) throws IOException {
    int batch = 0;
    while (!first.done || !second.done) {
      boolean firstIsBehind =
          second.done || !first.done && scope.clock().second(first.seen) <= second.seen;
      read(firstIsBehind ? first : second);
      if (++batch == BATCH) {
        batch = 0;
        process(seen(first), seen(second), false);
      }
    }
  }

  private static long seen(Stream stream) {
    return stream.done ? Long.MAX_VALUE / 2 : stream.seen;
  }

  private void process(long first, long second, boolean end) {
    for (Lane lane : uarts.values()) {
      lane.process(first, second, end);
    }
    for (Lane lane : pins.values()) {
      lane.process(first, second, end);
    }
  }

  private void read(Stream stream) throws IOException {
    CaptureEvent event = stream.event;
    if (!stream.source.read(event)) {
      stream.done = true;
      return;
    }
    if (event.side() != stream.side) {
      return;
    }
    switch (event.kind()) {
      case HEADER -> {
        stream.done |= stream.headed;
        stream.headed = true;
      }
      case SENT -> bytes(stream, event);
      case PIN -> edge(stream, event);
      default -> stream.seen = Math.max(stream.seen, event.nanos());
    }
    stream.done |= stream.seen > stream.to;
  }

  private void edge(Stream stream, CaptureEvent event) {
    stream.seen = Math.max(stream.seen, event.nanos());
    Lane lane = pins.get(event.pin());
    if (lane != null && event.nanos() >= stream.from && event.nanos() <= stream.to) {
      lane.add(stream.first, event, 0);
    }
  }

  private void bytes(Stream stream, CaptureEvent event) {
    Lane lane = uarts.get(event.uart());
    for (int i = 0; i < event.count(); i++) {
      long nanos = event.nanos(i);
      if (lane != null && nanos >= stream.from && nanos <= stream.to) {
        lane.add(stream.first, event, i);
      }
    }
    stream.seen = Math.max(stream.seen, event.nanos(event.count() - 1));
  }
}
