package org.vzrig.boards.image;

import java.nio.charset.StandardCharsets;

/** The lines of a text format and the hexadecimal digits in them. */
final class TextRecords {
  /** Takes one line that is not empty. */
  @FunctionalInterface
  interface LineReader {
    /**
     * Reads a line.
     *
     * @param line the line without surrounding blanks
     * @param origin where it stands
     * @return false to stop reading
     */
    boolean read(String line, Origin origin);
  }

  private TextRecords() {}

  /**
   * Hands each line to {@code reader}; ends of line are LF, CR or CRLF. A file with a hundred
   * problems is read no further.
   */
  static void each(byte[] content, String file, ImageBuilder builder, LineReader reader) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int number = 0;
    int start = 0;
    while (start < text.length()) {
      int end = endOfLine(text, start);
      number++;
      String line = text.substring(start, end).strip();
      if (!line.isEmpty() && !reader.read(line, new Origin(file, number))) {
        return;
      }
      if (builder.hopeless()) {
        Origin here = new Origin(file, number);
        builder.problem(Problem.at(here, "too much is wrong: the rest of the file was not read"));
        return;
      }
      start = afterLine(text, end);
    }
  }

  private static int endOfLine(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private static int afterLine(String text, int end) {
    return text.startsWith("\r\n", end) ? end + 2 : end + 1;
  }

  /**
   * The bytes that the digits from {@code start} on stand for, or null if something else stands
   * there or a digit is missing.
   */
  static byte @org.jspecify.annotations.Nullable [] bytes(String line, int start) {
    int digits = line.length() - start;
    if (digits % 2 != 0) {
      return null;
    }
    byte[] bytes = new byte[digits / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = digit(line.charAt(start + 2 * i));
      int low = digit(line.charAt(start + 2 * i + 1));
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  /** The start of a line for a message. */
  static String shown(String line) {
    String start = line.length() > 16 ? line.substring(0, 16) + "..." : line;
    return start.replaceAll("[^ -~]", "?");
  }

  private static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
