package org.vzrig.hil.capture;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vzrig.boards.Pin;

/**
 * What a capture says of one side: names and values as text. All are optional but {@link #SIDE}.
 *
 * @param fields names, which hold no {@code =} and no line feed, to values, which hold no line feed
 */
public record CaptureHeader(Map<String, String> fields) {
  /** Which side it is: {@code emulated}, {@code real}, or what its user calls it. */
  public static final String SIDE = "side";

  /** Name of the board, such as wifire. */
  public static final String BOARD = "board";

  /** {@code virtual} (SYSCLK cycles of a machine) or {@code host} (its monotonic clock). */
  public static final String CLOCK = "clock";

  /** When the capture began by the host's calendar, ISO 8601. */
  public static final String STARTED = "started";

  /** UARTs that are recorded, such as {@code 1 2 3 4 5 6}. */
  public static final String UARTS = "uarts";

  /** Pins that are recorded, such as {@code RG6 RB11}, or {@code all}; empty for none. */
  public static final String PINS = "pins";

  /** Pins that are high when the capture begins. */
  public static final String HIGH = "high";

  /** What runs: {@code NAME sha256:HEX}, for images and configurations; a number follows more. */
  public static final String RUNS = "runs";

  /** Keeps its own copy, in order. */
  public CaptureHeader {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The header of {@code side}, which is to get more fields. */
  public static CaptureHeader of(String side) {
    return new CaptureHeader(Map.of(SIDE, side));
  }

  /** This header with one more field; line feeds in {@code value} become spaces. */
  public CaptureHeader with(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("not a name of a header field: '" + name + "'");
    }
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value.replace('\n', ' '));
    return new CaptureHeader(more);
  }

  /** This header with the pins that are high now. */
  public CaptureHeader withHigh(Predicate<Pin> level) {
    String high =
        IntStream.range(0, Pin.PORTS.length() * Pin.PER_PORT)
            .mapToObj(Pin::at)
            .filter(level)
            .map(Pin::toString)
            .collect(Collectors.joining(" "));
    return with(HIGH, high);
  }

  /** The value of {@code name}, or an empty text. */
  public String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Which side it is. */
  public String side() {
    return get(SIDE);
  }

  /** The words of a field that is a list, such as {@link #UARTS}. */
  public List<String> words(String name) {
    String value = get(name).strip();
    return value.isEmpty() ? List.of() : List.of(value.split(" +"));
  }

  /** All fields that say what runs, in order of their names. */
  public List<String> runs() {
    return List.copyOf(
        new TreeMap<>(fields)
            .entrySet().stream()
                .filter(field -> field.getKey().startsWith(RUNS))
                .map(Map.Entry::getValue)
                .toList());
  }

  byte[] encoded() {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue() + "\n")
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  static CaptureHeader decoded(byte[] bytes, int from, int to) {
    Map<String, String> fields = new LinkedHashMap<>();
    new String(bytes, from, to - from, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.indexOf('=') > 0)
        .forEach(
            line ->
                fields.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return new CaptureHeader(fields);
  }
}
