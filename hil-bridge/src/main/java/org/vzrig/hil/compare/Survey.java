package org.vzrig.hil.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureNote;
import org.vzrig.hil.capture.CaptureSource;

/** What one side's capture holds, from a first pass over it: numbers, its beginning, its notes. */
public final class Survey {
  /** How many tokens of each channel are kept from the beginning. */
  private static final int HEAD = 300;

  private static final int BEGINNING = 3;
  private static final int SAMPLE = 4096;
  private static final int MOST_TIMES = 1000;

  private final String name;
  private final SortedMap<Integer, Uart> uarts = new TreeMap<>();
  private final SortedMap<Integer, Pin> pins = new TreeMap<>();
  private final List<Long> resets = new ArrayList<>();
  private final List<String> bauds = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private CaptureHeader header = CaptureHeader.of("");
  private String damage = "";
  private long nanos;
  private long events;

  /** What one UART sent. */
  static final class Uart {
    final List<Line> head = new ArrayList<>();
    final ByteArrayOutputStream sample = new ByteArrayOutputStream();
    final List<Long> restarts = new ArrayList<>();
    long bytes;
    long printable;
    long lines;
    private final LineAssembler assembler;
    private final List<String> beginning = new ArrayList<>();
    private String before = "";
    private long beforeNanos;
    private boolean restarted;

    Uart(Rules rules) {
      assembler = new LineAssembler(rules, this::line);
    }

    private void line(Line line) {
      lines++;
      if (head.size() < HEAD) {
        head.add(line);
      }
      if (beginning.size() < BEGINNING) {
        beginning.add(line.normal());
      } else if (!beginsAgain(line.normal())) {
        restarted = false;
      } else if (!restarted) {
        restart();
      }
      before = line.normal();
      beforeNanos = line.nanos();
    }

    /** Two lines in a row of the first three: a reset may have cut the line before the first. */
    private boolean beginsAgain(String line) {
      return IntStream.range(1, BEGINNING)
          .filter(i -> !beginning.get(i).equals(beginning.get(i - 1)))
          .anyMatch(i -> beginning.get(i).equals(line) && beginning.get(i - 1).equals(before));
    }

    private void restart() {
      restarted = true;
      if (restarts.size() < MOST_TIMES) {
        restarts.add(beforeNanos);
      }
    }

    void add(long time, int value) {
      bytes++;
      if (value >= ' ' && value < 0x7F || value == '\n' || value == '\r' || value == '\t') {
        printable++;
      }
      if (sample.size() < SAMPLE) {
        sample.write(value);
      }
      assembler.add(time, value);
    }
  }

  /** What one pin did. */
  static final class Pin {
    final List<Edge> head = new ArrayList<>();
    long edges;
    boolean last;
  }

  private Survey(String name) {
    this.name = name;
  }

  /**
   * Reads {@code input} to its end.
   *
   * @throws IOException when it cannot be read, or has no such side
   */
  static Survey of(Input input, Rules rules) throws IOException {
    Survey survey = new Survey(input.name());
    CaptureEvent event = new CaptureEvent();
    boolean found = false;
    try (CaptureSource source = input.opener().open()) {
      while (source.read(event)) {
        if (event.side() == input.side()) {
          if (found && event.kind() == CaptureEvent.Kind.HEADER) {
            break; // the recording was taken up again: that is another one
          }
          found = true;
          survey.add(event, rules);
        }
      }
      survey.damage = source.damage();
    }
    if (!found) {
      throw new IOException(
          "the capture of the %s side has no side %d".formatted(input.name(), input.side()));
    }
    survey.uarts.values().forEach(uart -> uart.assembler.end(true));
    return survey;
  }

  private void add(CaptureEvent event, Rules rules) {
    events++;
    nanos = Math.max(nanos, event.nanos());
    switch (event.kind()) {
      case HEADER -> header = event.header();
      case SENT -> {
        Uart uart = uarts.computeIfAbsent(event.uart(), n -> new Uart(rules));
        for (int i = 0; i < event.count(); i++) {
          uart.add(event.nanos(i), event.value(i) & 0xFF);
        }
        nanos = Math.max(nanos, event.nanos(event.count() - 1));
      }
      case PIN -> {
        Pin pin = pins.computeIfAbsent(event.pin(), n -> new Pin());
        pin.edges++;
        pin.last = event.level();
        if (pin.head.size() < HEAD) {
          pin.head.add(new Edge(event.nanos(), event.level()));
        }
      }
      case NOTE -> note(event);
      default -> {}
    }
  }

  private void note(CaptureEvent event) {
    if (event.note() == CaptureNote.RESET && event.nanos() > 0 && resets.size() < MOST_TIMES) {
      resets.add(event.nanos());
    } else if (event.note() == CaptureNote.BAUD && bauds.size() < MOST_TIMES) {
      bauds.add(event.text());
    } else if (event.note() == CaptureNote.LOST || event.note() == CaptureNote.CLOSED) {
      if (losses.size() < MOST_TIMES) {
        losses.add("%s at %s".formatted(event.text(), Spans.shown(event.nanos())));
      }
    }
  }

  /** What reports call the side. */
  public String name() {
    return name;
  }

  /** What the capture says of itself. */
  public CaptureHeader header() {
    return header;
  }

  /** How long it was recorded. */
  public long nanos() {
    return nanos;
  }

  /** Records in the capture. */
  public long events() {
    return events;
  }

  /** What is wrong with the end of the file, or an empty text. */
  public String damage() {
    return damage;
  }

  /** Bytes that all UARTs sent. */
  public long bytes() {
    return uarts.values().stream().mapToLong(uart -> uart.bytes).sum();
  }

  /** Edges of all pins. */
  public long edges() {
    return pins.values().stream().mapToLong(pin -> pin.edges).sum();
  }

  /** Speeds that UARTs were set to, as {@code U4 115200}. */
  public List<String> bauds() {
    return Collections.unmodifiableList(bauds);
  }

  /** Where the recording is not complete. */
  public List<String> losses() {
    return Collections.unmodifiableList(losses);
  }

  SortedMap<Integer, Uart> uarts() {
    return uarts;
  }

  SortedMap<Integer, Pin> pins() {
    return pins;
  }

  List<Long> resets() {
    return resets;
  }

  /** Whether the side's recorder watched UART {@code uart}. */
  boolean watched(int uart) {
    List<String> known = header.words(CaptureHeader.UARTS);
    return known.isEmpty() || known.contains(String.valueOf(uart));
  }

  /** Whether the side's recorder watched the pin. */
  boolean watchedPin(int pin) {
    if (!header.fields().containsKey(CaptureHeader.PINS)) {
      return true;
    }
    List<String> known = header.words(CaptureHeader.PINS);
    return known.contains("all") || known.contains(org.vzrig.boards.Pin.at(pin).toString());
  }

  /** Whether the pin was high at the beginning. */
  boolean high(int pin) {
    return header.words(CaptureHeader.HIGH).contains(org.vzrig.boards.Pin.at(pin).toString());
  }
}
