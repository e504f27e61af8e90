package org.vzrig.hil.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What may differ on the consoles, from a file of lines
 *
 * <pre>
 * mask NAME = REGEX      what matches counts as &lt;NAME&gt;
 * ignore NAME = REGEX    lines in which this is found are left out
 * guest NAME = CHARACTERS
 * </pre>
 *
 * <p>Where a line consists of characters of guests alone, each guest's characters are compared by
 * themselves: how two guests' beats fall between each other does not matter then.
 */
public final class Rules {
  /** No rules. */
  public static final Rules NONE = new Rules(List.of(), List.of(), Map.of());

  private final List<Named> masks;
  private final List<Named> ignored;
  private final Map<String, String> guests;

  private record Named(String name, Pattern pattern) {}

  private Rules(List<Named> masks, List<Named> ignored, Map<String, String> guests) {
    this.masks = List.copyOf(masks);
    this.ignored = List.copyOf(ignored);
    this.guests = Collections.unmodifiableMap(new LinkedHashMap<>(guests));
  }

  /** Everything that is wrong with a file of rules. */
  public static final class RulesException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> lines;

    RulesException(List<String> lines) {
      super(String.join("\n", lines));
      this.lines = List.copyOf(lines);
    }

    /** The mistakes, one line each with file and line. */
    public List<String> lines() {
      return lines;
    }
  }

  /** Reads {@code file}. */
  public static Rules read(Path file) throws IOException, RulesException {
    return parse(file.toString(), Files.readAllLines(file));
  }

  /**
   * Reads lines.
   *
   * @param name what messages call the file
   */
  public static Rules parse(String name, List<String> lines) throws RulesException {
    Parser parser = new Parser(name);
    for (int i = 0; i < lines.size(); i++) {
      parser.line(i + 1, lines.get(i).strip());
    }
    if (!parser.problems.isEmpty()) {
      throw new RulesException(parser.problems);
    }
    return new Rules(parser.masks, parser.ignored, parser.guests);
  }

  private static final class Parser {
    private static final Pattern RULE =
        Pattern.compile("(mask|ignore|guest)\\s+([\\w.-]+)\\s*=\\s*(\\S.*)");
    private final String name;
    private final List<Named> masks = new ArrayList<>();
    private final List<Named> ignored = new ArrayList<>();
    private final Map<String, String> guests = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Parser(String name) {
      this.name = name;
    }

    void line(int number, String line) {
      if (line.isEmpty() || line.startsWith("#")) {
        return;
      }
      var parts = RULE.matcher(line);
      if (!parts.matches()) {
        problem(
            number,
            "expected mask, ignore or guest, a name, = and a pattern, found '" + line + "'");
        return;
      }
      String value = parts.group(3);
      switch (parts.group(1)) {
        case "mask" -> pattern(number, parts.group(2), value, masks);
        case "ignore" -> pattern(number, parts.group(2), value, ignored);
        default -> guest(number, parts.group(2), value);
      }
    }

    private void pattern(int number, String rule, String regex, List<Named> into) {
      try {
        into.add(new Named(rule, Pattern.compile(regex)));
      } catch (PatternSyntaxException e) {
        problem(
            number,
            "expected a regular expression, found '%s': %s".formatted(regex, e.getDescription()));
      }
    }

    private void guest(int number, String guest, String characters) {
      for (Map.Entry<String, String> other : guests.entrySet()) {
        if (characters.chars().anyMatch(c -> other.getValue().indexOf(c) >= 0)) {
          problem(
              number,
              "expected characters that no other guest prints, found '%s', of which guest %s has"
                      .formatted(characters, other.getKey())
                  + " some");
          return;
        }
      }
      guests.merge(guest, characters, String::concat);
    }

    private void problem(int number, String what) {
      problems.add(name + ":" + number + ": " + what);
    }
  }

  /** The names of the guests whose characters are told apart. */
  List<String> guests() {
    return List.copyOf(guests.keySet());
  }

  /** Whether {@code line} consists of guests' characters alone. */
  boolean allGuests(String line) {
    return !guests.isEmpty() && line.chars().allMatch(c -> c == ' ' || guestOf((char) c) != null);
  }

  /** The guest that prints {@code character}, or null. */
  @org.jspecify.annotations.Nullable
  String guestOf(char character) {
    for (Map.Entry<String, String> guest : guests.entrySet()) {
      if (guest.getValue().indexOf(character) >= 0) {
        return guest.getKey();
      }
    }
    return null;
  }

  /** {@code line} as it is compared; empty when it is left out. */
  String normal(String line) {
    for (Named rule : ignored) {
      if (rule.pattern.matcher(line).find()) {
        return "";
      }
    }
    String normal = line;
    for (Named rule : masks) {
      normal = rule.pattern.matcher(normal).replaceAll("<" + rule.name + ">");
    }
    return normal;
  }
}
