package org.vzrig.appliance.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureReader;
import org.vzrig.hil.capture.CaptureWriter;

/** A capture in memory, to be changed on purpose. */
final class Recording {
  static final int CONSOLE = 4;

  final CaptureHeader header;
  final List<Event> events;
  final long end;

  /** A byte that the console sent, or an edge of a pin. */
  record Event(long nanos, int pin, int value) {
    static Event sent(long nanos, int value) {
      return new Event(nanos, -1, value);
    }

    boolean isByte() {
      return pin < 0;
    }

    Event at(long time) {
      return new Event(time, pin, value);
    }
  }

  Recording(CaptureHeader header, List<Event> events, long end) {
    this.header = header;
    this.events = List.copyOf(events);
    this.end = end;
  }

  static Recording read(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    CaptureHeader header = CaptureHeader.of("");
    long end = 0;
    try (CaptureReader reader = CaptureReader.open(file)) {
      CaptureEvent event = new CaptureEvent();
      while (reader.read(event)) {
        end = Math.max(end, event.nanos());
        switch (event.kind()) {
          case HEADER -> header = event.header();
          case PIN -> events.add(new Event(event.nanos(), event.pin(), event.level() ? 1 : 0));
          case SENT -> {
            for (int i = 0; i < event.count(); i++) {
              events.add(Event.sent(event.nanos(i), event.value(i)));
            }
          }
          default -> {}
        }
      }
    }
    return new Recording(header, events, end);
  }

  void write(Path file) throws IOException {
    List<Event> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Event::nanos));
    try (CaptureWriter writer = CaptureWriter.create(file)) {
      int side = writer.side(header);
      for (Event event : sorted) {
        if (event.isByte()) {
          writer.sent(side, event.nanos, CONSOLE, event.value);
        } else {
          writer.pin(side, event.nanos, event.pin, event.value != 0);
        }
      }
      writer.end(side, end);
    }
  }

  Recording with(List<Event> others) {
    return new Recording(header, others, end);
  }

  Recording changed(UnaryOperator<Event> change) {
    return with(events.stream().map(change).toList());
  }

  List<Event> bytes() {
    return events.stream().filter(Event::isByte).toList();
  }

  List<Event> edges(int pin) {
    return events.stream().filter(event -> event.pin == pin).toList();
  }
}
