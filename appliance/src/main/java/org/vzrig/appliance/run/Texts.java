package org.vzrig.appliance.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Text of the command line with escapes: {@code ^E} is Ctrl-E; {@code \r \n \t \e \0 \\ \^ \@}, and
 * {@code \xNN} is any byte.
 */
public final class Texts {
  private Texts() {}

  /**
   * The bytes that {@code text} stands for, a character 0 to 255 each.
   *
   * @throws IllegalArgumentException naming the escape that is wrong
   */
  public static String parse(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      at = one(text, at, bytes);
    }
    if (bytes.size() == 0) {
      throw new IllegalArgumentException("expected a text, found nothing");
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** {@code bytes} as they can be typed again. */
  public static String shown(String bytes) {
    return bytes.chars().mapToObj(Texts::shown).collect(Collectors.joining());
  }

  private static String shown(int value) {
    return switch (value) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      case '^' -> "\\^";
      default -> {
        if (value > 0 && value <= 26) {
          yield "^" + (char) (value + '@');
        }
        yield value >= ' ' && value < 0x7F ? "" + (char) value : "\\x%02X".formatted(value);
      }
    };
  }

  private static int one(String text, int at, ByteArrayOutputStream into) {
    char first = text.charAt(at);
    if (first == '\\') {
      return escape(text, at, into);
    }
    if (first == '^') {
      into.write(control(text, at));
      return at + 2;
    }
    int end = text.offsetByCodePoints(at, 1);
    into.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
    return end;
  }

  private static int control(String text, int at) {
    int letter = at + 1 < text.length() ? Character.toUpperCase(text.charAt(at + 1)) : 0;
    if (letter < '@' || letter > '_') {
      throw wrong(text, at, "expected a letter after ^, such as ^E (a caret itself is \\^)");
    }
    return letter & 0x1F;
  }

  private static int escape(String text, int at, ByteArrayOutputStream into) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (kind == 'x') {
      into.write(hex(text, at));
      return at + 4;
    }
    int place = "rnte0\\^@".indexOf(kind);
    if (place < 0) {
      throw wrong(text, at, "expected one of \\r \\n \\t \\e \\0 \\\\ \\^ \\@ \\xNN");
    }
    into.write("\r\n\t\u001b\0\\^@".charAt(place));
    return at + 2;
  }

  private static int hex(String text, int at) {
    String digits = text.substring(at + 2, Math.min(at + 4, text.length()));
    if (!digits.matches("[0-9a-fA-F]{2}")) {
      throw wrong(text, at, "expected two hexadecimal digits after \\x");
    }
    return Integer.parseInt(digits, 16);
  }

  private static IllegalArgumentException wrong(String text, int at, String expected) {
    return new IllegalArgumentException(
        "%s, found '%s' at character %d of '%s'"
            .formatted(
                expected, text.substring(at, Math.min(at + 2, text.length())), at + 1, text));
  }
}
