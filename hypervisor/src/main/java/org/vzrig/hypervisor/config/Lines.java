package org.vzrig.hypervisor.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a file without comments and blanks, one at a time. */
final class Lines {
  private final Path file;
  private final List<String> lines;
  private int next;

  private Lines(Path file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * A line that holds something.
   *
   * @param where its place
   * @param text without comment and surrounding blanks, never empty
   */
  record Line(Where where, String text) {
    /** Whether this is the end of a block. */
    boolean closes() {
      return text.equals(".");
    }

    /** Whether this starts a guest or thread, which never stands inside another block. */
    boolean opensVm() {
      return text.equals(".vm") || text.equals(".thread");
    }

    /** Whether this is {@code key = value}. */
    boolean assigns() {
      return text.indexOf('=') >= 0;
    }

    String key() {
      return text.substring(0, text.indexOf('=')).strip();
    }

    String value() {
      return text.substring(text.indexOf('=') + 1).strip();
    }

    /** The words behind the {@code =}. */
    List<String> words() {
      return split(value());
    }
  }

  static Lines of(Path file, String text) {
    return new Lines(file, text.lines().toList());
  }

  static Lines read(Path file) throws IOException {
    return of(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /** The next line that holds something, or null at the end. */
  @Nullable Line next() {
    while (next < lines.size()) {
      String text = lines.get(next++);
      int comment = text.indexOf('#');
      text = (comment < 0 ? text : text.substring(0, comment)).strip();
      if (!text.isEmpty()) {
        return new Line(new Where(file, next), text);
      }
    }
    return null;
  }

  /** Gives the last line back, so that it is read again. */
  void back() {
    next--;
  }

  /** Goes behind the line that closes the current block. */
  void skipBlock() {
    Line line = next();
    while (line != null && !line.closes()) {
      if (line.opensVm()) {
        back();
        return;
      }
      line = next();
    }
  }

  static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
  }
}
