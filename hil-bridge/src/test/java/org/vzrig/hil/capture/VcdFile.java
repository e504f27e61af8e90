package org.vzrig.hil.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a value change dump back, strictly by the standard's grammar. */
final class VcdFile {
  /** Full name, such as board.leds.LD1, to the values it takes by time. */
  final Map<String, SortedMap<Long, String>> signals = new LinkedHashMap<>();

  final Map<String, Integer> widths = new LinkedHashMap<>();
  String timescale = "";
  long end = -1;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final List<String> scopes = new ArrayList<>();

  VcdFile(String text) {
    String[] parts = text.split("\\$enddefinitions \\$end\n", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("expected one $enddefinitions");
    }
    parts[0].lines().forEach(this::declaration);
    if (!scopes.isEmpty()) {
      throw new IllegalArgumentException("open scopes " + scopes);
    }
    parts[1].lines().forEach(this::change);
  }

  /** The times at which {@code name} becomes {@code value}. */
  List<Long> times(String name, String value) {
    return signal(name).entrySet().stream()
        .filter(e -> e.getValue().equals(value))
        .map(Map.Entry::getKey)
        .toList();
  }

  SortedMap<Long, String> signal(String name) {
    SortedMap<Long, String> values = signals.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no signal " + name + " in " + signals.keySet());
    }
    return values;
  }

  private void declaration(String line) {
    String[] words = line.split(" ");
    if (!words[words.length - 1].equals("$end")) {
      throw new IllegalArgumentException("expected $end: " + line);
    }
    switch (words[0]) {
      case "$version" -> {}
      case "$timescale" -> timescale = words[1] + words[2];
      case "$scope" -> scopes.add(words[2]);
      case "$upscope" -> scopes.removeLast();
      case "$var" -> variable(words);
      default -> throw new IllegalArgumentException("unknown declaration: " + line);
    }
  }

  private void variable(String[] words) {
    String name = String.join(".", scopes) + "." + words[4];
    if (names.put(words[3], name) != null) {
      throw new IllegalArgumentException("identifier used twice: " + words[3]);
    }
    signals.put(name, new TreeMap<>());
    widths.put(name, Integer.parseInt(words[2]));
  }

  private void change(String line) {
    switch (line.charAt(0)) {
      case '#' -> advance(Long.parseLong(line.substring(1)));
      case '0', '1' -> set(line.substring(1), line.substring(0, 1), 1);
      case 'b' -> {
        int space = line.indexOf(' ');
        set(line.substring(space + 1), line.substring(1, space), space - 1);
      }
      case '$' -> {}
      default -> throw new IllegalArgumentException("unknown change: " + line);
    }
  }

  private void advance(long time) {
    if (time <= end) {
      throw new IllegalArgumentException("time goes from " + end + " to " + time);
    }
    end = time;
  }

  private void set(String id, String value, int width) {
    String name = names.get(id);
    if (name == null || width > widths.getOrDefault(name, 0)) {
      throw new IllegalArgumentException("no such signal or too wide: " + id + " = " + value);
    }
    signal(name).put(end, value);
  }
}
