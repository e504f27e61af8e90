package org.vzrig.hil.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Board;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;

/**
 * Reads a value change dump (IEEE 1364, clause 18) as a capture: one that {@link VcdWriter} wrote,
 * with all ports and UARTs, or one of a logic analyser, whose one-bit signals are called as the
 * board's LEDs (1 is lit) or pins (1 is high), or as the user says. What the signals are at the
 * first time is how they begin, not a change.
 */
public final class VcdSource implements CaptureSource {
  private static final int WHOLE = -1;

  private final BufferedReader in;
  private final String name;
  private final Board board;
  private final Map<String, String> renamed;
  private final Map<String, Signal> signals = new HashMap<>();
  private final Map<String, Latch> data = new HashMap<>();
  private final Deque<Change> ready = new ArrayDeque<>();
  private final Map<Integer, Integer> levels = new HashMap<>();
  private final Deque<String> scopes = new ArrayDeque<>();
  private StringTokenizer words = new StringTokenizer("");
  private int line;
  private long scale = 1;
  private long divisor = 1;
  private long nanos;
  private long lastNanos;
  private boolean ports;
  private boolean begun;
  private boolean ended;

  /** The last byte of one direction of a UART. */
  private static final class Latch {
    private int bits;
  }

  /** What becomes of a signal's changes. */
  private sealed interface Signal {
    /** A pin; {@code inverted} when the signal is 1 while the pin is low. */
    record OnePin(int pin, boolean inverted) implements Signal {}

    /** The sixteen pins of a port. */
    record Port(int first) implements Signal {}

    /** The last byte of a UART, or one bit of it. */
    record Data(Latch value, int bit) implements Signal {}

    /** Toggles at every byte. */
    record Strobe(int uart, boolean sent, Latch value) implements Signal {}
  }

  private record Change(long nanos, int pin, boolean level, int uart, boolean sent, int value) {}

  /**
   * Reads {@code file}.
   *
   * @param board gives signals their meaning
   * @param renamed names of the board's LEDs and pins, in capitals, to names of signals
   */
  public VcdSource(Path file, Board board, Map<String, String> renamed) throws IOException {
    this.board = board;
    this.renamed = Map.copyOf(renamed);
    name = file.toString();
    in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
  }

  @Override
  public boolean read(CaptureEvent event) throws IOException {
    if (!begun) {
      begin(event);
      return true;
    }
    while (ready.isEmpty()) {
      String word = word();
      if (word == null) {
        if (ended) {
          return false;
        }
        ended = true;
        event.side = 0;
        event.end(nanos);
        return true;
      }
      change(word);
    }
    deliver(ready.remove(), event);
    return true;
  }

  private static void deliver(Change change, CaptureEvent event) {
    event.side = 0;
    if (change.pin >= 0) {
      event.edge(change.nanos, change.pin, change.level);
    } else {
      CaptureEvent.Kind kind = change.sent ? CaptureEvent.Kind.SENT : CaptureEvent.Kind.RECEIVED;
      event.bytes(kind, change.nanos, change.uart, change.value);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads the declarations and the values at the first time. */
  private void begin(CaptureEvent event) throws IOException {
    String word = word();
    if (word == null || !word.startsWith("$")) {
      throw new IOException(name + ": expected a value change dump, which begins with $...");
    }
    while (word != null && !word.equals("$enddefinitions")) {
      declaration(word);
      word = word();
    }
    skip();
    word = word();
    boolean timed = false;
    while (word != null && !(timed && word.startsWith("#"))) {
      timed |= word.startsWith("#");
      change(word);
      word = word();
    }
    ready.clear();
    begun = true;
    event.side = 0;
    event.nanos = 0;
    event.kind = CaptureEvent.Kind.HEADER;
    event.header = header();
    if (word != null) {
      change(word);
    }
  }

  private CaptureHeader header() {
    boolean all = ports || signals.values().stream().anyMatch(s -> s instanceof Signal.Port);
    TreeSet<Integer> pins = new TreeSet<>();
    TreeSet<Integer> uarts = new TreeSet<>();
    for (Signal signal : signals.values()) {
      switch (signal) {
        case Signal.OnePin one -> pins.add(one.pin);
        case Signal.Strobe strobe -> uarts.add(strobe.uart);
        default -> {}
      }
    }
    List<String> names = pins.stream().map(pin -> Pin.at(pin).toString()).toList();
    String lines = uarts.stream().map(String::valueOf).collect(Collectors.joining(" "));
    return CaptureHeader.of("vcd")
        .with(CaptureHeader.BOARD, board.name())
        .with(CaptureHeader.UARTS, lines.isEmpty() ? "none" : lines)
        .with(CaptureHeader.PINS, all ? "all" : String.join(" ", names))
        .withHigh(pin -> levels.getOrDefault(pin.index(), 0) != 0);
  }

  private void declaration(String word) throws IOException {
    List<String> parts = new ArrayList<>();
    for (String next = word(); next != null && !next.equals("$end"); next = word()) {
      parts.add(next);
    }
    switch (word) {
      case "$timescale" -> timescale(String.join("", parts));
      case "$scope" -> scopes.push(parts.size() > 1 ? parts.get(1) : "");
      case "$upscope" -> scopes.poll();
      case "$var" -> variable(parts);
      default -> {}
    }
  }

  private void timescale(String text) throws IOException {
    var parts = java.util.regex.Pattern.compile("(1|10|100)(s|ms|us|ns|ps|fs)").matcher(text);
    if (!parts.matches()) {
      throw new IOException(
          "%s:%d: expected a time scale such as 1ns, found '%s'".formatted(name, line, text));
    }
    long number = Long.parseLong(parts.group(1));
    switch (parts.group(2)) {
      case "s" -> scale = number * 1_000_000_000;
      case "ms" -> scale = number * 1_000_000;
      case "us" -> scale = number * 1_000;
      case "ns" -> scale = number;
      case "ps" -> divisor = 1_000 / number;
      default -> divisor = 1_000_000 / number;
    }
  }

  private void variable(List<String> parts) throws IOException {
    if (parts.size() < 4) {
      throw new IOException("%s:%d: expected $var TYPE WIDTH ID NAME".formatted(name, line));
    }
    String id = parts.get(2);
    String signal = parts.get(3);
    String scope = scopes.isEmpty() ? "" : scopes.peek();
    if (signal.matches("PORT[A-HJK]") && parts.get(1).equals("16")) {
      signals.put(id, new Signal.Port(Pin.PORTS.indexOf(signal.charAt(4)) * Pin.PER_PORT));
    } else if (signal.matches("PORT[A-HJK]\\[(\\d|1[0-5])\\]")) {
      ports = true;
      int bit = Integer.parseInt(signal.substring(6, signal.length() - 1));
      signals.put(id, new Signal.OnePin(new Pin(signal.charAt(4), bit).index(), false));
    } else if (scope.matches("uart[1-6]") && signal.matches("(tx|rx)(_strobe|\\[[0-7]\\])?")) {
      uart(id, scope.charAt(4) - '0', signal);
    } else if (parts.get(1).equals("1")) {
      pin(id, signal);
    }
  }

  private void uart(String id, int uart, String signal) {
    boolean sent = signal.startsWith("tx");
    String key = "uart" + uart + (sent ? "tx" : "rx");
    Latch value = data.computeIfAbsent(key, k -> new Latch());
    signals.put(
        id,
        signal.endsWith("_strobe")
            ? new Signal.Strobe(uart, sent, value)
            : new Signal.Data(value, signal.endsWith("]") ? signal.charAt(3) - '0' : WHOLE));
  }

  private void pin(String id, String signal) {
    for (Led led : board.leds()) {
      if (signal.equalsIgnoreCase(renamed.getOrDefault(led.name(), led.name()))) {
        signals.put(id, new Signal.OnePin(led.pin().index(), led.activeLow()));
      }
    }
    for (Map.Entry<String, String> entry : renamed.entrySet()) {
      if (entry.getValue().equalsIgnoreCase(signal) && entry.getKey().matches("R[A-HJK]\\d{1,2}")) {
        signals.put(id, new Signal.OnePin(Pin.of(entry.getKey()).index(), false));
      }
    }
    if (signal.matches("R[A-HJK](\\d|1[0-5])")) {
      signals.put(id, new Signal.OnePin(Pin.of(signal).index(), false));
    }
  }

  private void change(String word) throws IOException {
    char first = word.charAt(0);
    switch (first) {
      case '#' -> time(word);
      case '0', '1', 'x', 'X', 'z', 'Z' -> value(word.substring(1), first == '1' ? 1 : 0);
      case 'b', 'B' -> {
        String id = word();
        value(id == null ? "" : id, number(word.substring(1)));
      }
      case 'r', 'R' -> word();
      case '$' -> {
        if (word.equals("$comment")) {
          skip();
        }
      }
      default ->
          throw new IOException(
              "%s:%d: expected a time or a change, found '%s'".formatted(name, line, word));
    }
  }

  private void time(String word) throws IOException {
    try {
      nanos = Long.parseLong(word.substring(1)) * scale / divisor;
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s:%d: expected a time such as #100, found '%s'".formatted(name, line, word), e);
    }
    if (nanos < lastNanos) {
      throw new IOException("%s:%d: time goes back to %s".formatted(name, line, word));
    }
    lastNanos = nanos;
  }

  private static int number(String bits) {
    int value = 0;
    for (int i = 0; i < bits.length(); i++) {
      value = value << 1 | (bits.charAt(i) == '1' ? 1 : 0);
    }
    return value;
  }

  private void value(String id, int value) {
    switch (signals.get(id)) {
      case null -> {}
      case Signal.OnePin one -> pin(one.pin, (value != 0) != one.inverted);
      case Signal.Port port -> {
        for (int bit = 0; bit < Pin.PER_PORT; bit++) {
          pin(port.first + bit, (value >> bit & 1) != 0);
        }
      }
      case Signal.Data one -> {
        int others = one.value.bits & ~(1 << one.bit);
        one.value.bits = one.bit == WHOLE ? value : others | value << one.bit;
      }
      case Signal.Strobe strobe ->
          ready.add(new Change(nanos, -1, false, strobe.uart, strobe.sent, strobe.value.bits));
    }
  }

  private void pin(int pin, boolean level) {
    int now = level ? 1 : 0;
    @Nullable Integer before = levels.put(pin, now);
    // a signal that appears later has been low, as all are that nobody drives
    if ((before == null ? 0 : before) != now) {
      ready.add(new Change(nanos, pin, level, 0, false, 0));
    }
  }

  private void skip() throws IOException {
    String word = word();
    while (word != null && !word.equals("$end")) {
      word = word();
    }
  }

  private @Nullable String word() throws IOException {
    while (!words.hasMoreTokens()) {
      String text = in.readLine();
      if (text == null) {
        return null;
      }
      line++;
      words = new StringTokenizer(text);
    }
    return words.nextToken();
  }
}
