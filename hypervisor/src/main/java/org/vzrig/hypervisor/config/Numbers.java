package org.vzrig.hypervisor.config;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers as the configuration language writes them: C style, a leading 0 is octal. */
final class Numbers {
  private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");
  private static final Pattern OCTAL = Pattern.compile("0[oO]?[0-7]{1,20}");
  private static final Pattern BINARY = Pattern.compile("0[bB][01]{1,62}");
  private static final long WORD = 0xFFFF_FFFFL;

  private Numbers() {}

  /** The number, or empty when the text is none. */
  static OptionalLong parse(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text));
    }
    if (HEX.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text.substring(2), 16));
    }
    if (BINARY.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text.substring(2), 2));
    }
    if (OCTAL.matcher(text).matches()) {
      return OptionalLong.of(Long.parseLong(text.replaceFirst("0[oO]?", ""), 8));
    }
    return OptionalLong.empty();
  }

  /** A number of at most 32 bits; anything else is an error and gives an empty result. */
  static OptionalLong word(String what, String text, Where where, Problems problems) {
    OptionalLong value = parse(text);
    if (value.isEmpty()) {
      problems.error(
          where, what + ": expected a number such as 0x1000 or 4096, found '" + text + "'");
    } else if (value.getAsLong() > WORD) {
      problems.error(where, what + ": expected at most 0xffffffff, found " + text);
      return OptionalLong.empty();
    }
    return value;
  }

  /** A plain decimal number in a range; anything else is an error and gives -1. */
  static int decimal(String what, String text, int low, int high, Where where, Problems problems) {
    if (text.matches("[0-9]{1,9}")) {
      int value = Integer.parseInt(text);
      if (value >= low && value <= high) {
        return value;
      }
    }
    problems.error(
        where,
        "%s: expected a decimal number from %d to %d, found '%s'".formatted(what, low, high, text));
    return -1;
  }
}
