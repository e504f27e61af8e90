package org.vzrig.hil.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a capture holds, side by side, in numbers. */
public final class CaptureSummary {
  private static final int MOST_NOTES = 1000;

  private final List<Side> sides = new ArrayList<>();
  private final Map<Integer, Side> current = new TreeMap<>();

  /** What one side holds. */
  public static final class Side {
    private final int number;
    private final CaptureHeader header;
    private final SortedMap<Integer, Long> sent = new TreeMap<>();
    private final SortedMap<Integer, Long> received = new TreeMap<>();
    private final SortedMap<Integer, Long> edges = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private long noteCount;
    private long nanos;
    private boolean ended;

    Side(int number, CaptureHeader header) {
      this.number = number;
      this.header = header;
    }

    /** Its number in the file. */
    public int number() {
      return number;
    }

    /** What it says of itself. */
    public CaptureHeader header() {
      return header;
    }

    /** Bytes sent by each UART. */
    public SortedMap<Integer, Long> sent() {
      return Collections.unmodifiableSortedMap(sent);
    }

    /** Bytes put on the line to each UART. */
    public SortedMap<Integer, Long> received() {
      return Collections.unmodifiableSortedMap(received);
    }

    /** Changes of each pin, by its index. */
    public SortedMap<Integer, Long> edges() {
      return Collections.unmodifiableSortedMap(edges);
    }

    /** The first notes, with their times. */
    public List<String> notes() {
      return Collections.unmodifiableList(notes);
    }

    /** How many notes there are. */
    public long noteCount() {
      return noteCount;
    }

    /** Up to when it was recorded. */
    public long nanos() {
      return nanos;
    }

    /** Whether its recording was ended as it should be. */
    public boolean ended() {
      return ended;
    }

    private void add(CaptureEvent event) {
      int count = event.count();
      switch (event.kind()) {
        case SENT -> sent.merge(event.uart(), (long) count, Long::sum);
        case RECEIVED -> received.merge(event.uart(), (long) count, Long::sum);
        case PIN -> edges.merge(event.pin(), 1L, Long::sum);
        case NOTE -> note(event);
        case END -> ended = true;
        default -> {}
      }
      boolean bytes =
          event.kind() == CaptureEvent.Kind.SENT || event.kind() == CaptureEvent.Kind.RECEIVED;
      nanos = Math.max(nanos, bytes ? event.nanos(count - 1) : event.nanos());
    }

    private void note(CaptureEvent event) {
      if (noteCount++ < MOST_NOTES) {
        String time = Times.seconds(event.nanos()).strip();
        notes.add("%s s %s %s".formatted(time, event.note(), event.text()));
      }
    }
  }

  private CaptureSummary() {}

  /** Reads {@code source} to its end. */
  public static List<Side> of(CaptureSource source) throws IOException {
    CaptureSummary summary = new CaptureSummary();
    CaptureEvent event = new CaptureEvent();
    while (source.read(event)) {
      summary.add(event);
    }
    return List.copyOf(summary.sides);
  }

  private void add(CaptureEvent event) {
    if (event.kind() == CaptureEvent.Kind.HEADER || !current.containsKey(event.side())) {
      boolean begins = event.kind() == CaptureEvent.Kind.HEADER;
      Side side = new Side(event.side(), begins ? event.header() : CaptureHeader.of("?"));
      sides.add(side);
      current.put(event.side(), side);
    }
    Side side = current.get(event.side());
    if (side != null) {
      side.add(event);
    }
  }
}
