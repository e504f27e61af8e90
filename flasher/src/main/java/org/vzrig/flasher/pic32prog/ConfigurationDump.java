package org.vzrig.flasher.pic32prog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.flasher.Family;

/**
 * The configuration words of a part as pic32prog prints them: each word, and under its hex digits
 * the fields with their meaning. (The reference's section 3.4.)
 */
public final class ConfigurationDump {
  /** Column of the least significant hex digit of a word. */
  private static final int LAST_DIGIT = 21;

  private static final int TEXT = 23;
  private static final int DIGIT_BITS = 4;
  private static final Pattern LINE =
      Pattern.compile("(\\p{XDigit}+)([=!])(\\p{XDigit}+) (\\d) (\\S+) (.*)");

  private final List<String> lines;

  private ConfigurationDump(List<String> lines) {
    this.lines = lines;
  }

  /** Whether words of {@code family} can be printed. */
  public static boolean knows(Family family) {
    return family == Family.MX1 || family == Family.MX3 || family == Family.MZ;
  }

  /**
   * The dump of a part of {@code family}, or nothing if the words are erased or all zero. The words
   * of MK and MM are shown, not decoded.
   */
  public static String of(Family family, SequencedMap<String, Integer> words) {
    int[] values = words.values().stream().mapToInt(Integer::intValue).toArray();
    return knows(family) ? of(family, values) : plain(words);
  }

  private static String plain(SequencedMap<String, Integer> words) {
    StringBuilder text = new StringBuilder("Configuration:\n");
    words.forEach((name, word) -> text.append("    %-10s = 0x%08X\n".formatted(name, word)));
    return text.toString();
  }

  /**
   * The dump of an MX or MZ.
   *
   * @param words DEVCFG0 to DEVCFG3
   */
  static String of(Family family, int... words) {
    boolean erased = words[3] == -1 && words[2] == -1 && words[1] == -1;
    boolean silent = erased && words[0] == 0x7FFF_FFFF || (words[0] | words[1] | words[2]) == 0;
    if (!knows(family) || silent && (erased || words[3] == 0)) {
      return "";
    }
    return new ConfigurationDump(read(family)).print(words);
  }

  private static List<String> read(Family family) {
    String name = "devcfg-" + family.key() + ".txt";
    InputStream file = ConfigurationDump.class.getResourceAsStream(name);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                java.util.Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
      return reader.lines().filter(l -> !l.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String print(int... words) {
    StringBuilder text = new StringBuilder("Configuration:\n");
    int word = 0;
    for (String line : lines) {
      if (line.startsWith("DEVCFG")) {
        word = words[line.charAt(line.length() - 1) - '0'];
        text.append("    %s = %08x\n".formatted(line, word));
      } else {
        field(text, word, line);
      }
    }
    return text.toString();
  }

  private static void field(StringBuilder text, int word, String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      throw new IllegalStateException(line);
    }
    int bits = word & Integer.parseUnsignedInt(m.group(1), 16);
    boolean equal = bits == Integer.parseUnsignedInt(m.group(3), 16);
    if (equal != m.group(2).equals("=")) {
      return;
    }
    int digit = Integer.parseInt(m.group(4));
    String shown = m.group(5);
    if (shown.startsWith("%")) {
      shown = String.format(Locale.ROOT, shown, bits >>> DIGIT_BITS * digit);
    } else if (shown.equals("-")) {
      shown = "";
    }
    String left = " ".repeat(LAST_DIGIT + 1 - digit - shown.length()) + shown;
    text.append(left).append(" ".repeat(TEXT - left.length())).append(m.group(6)).append('\n');
  }
}
