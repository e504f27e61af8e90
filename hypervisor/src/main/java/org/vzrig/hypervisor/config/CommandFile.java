package org.vzrig.hypervisor.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The {@code .cmd} file beside an image: shell lines with which tinyVP's build makes the relocated
 * S-record file. Only the address change in them matters here; the lines are never run.
 */
public final class CommandFile {
  private static final String OFFSET = "$OFFSET";
  private static final List<String> OPTIONS =
      List.of(
          "--change-addresses", "--adjust-vma", "--change-section-lma", "--change-section-address");

  private CommandFile() {}

  /** The path of the {@code .cmd} file of an image. */
  public static Path beside(Path image) {
    return MapSource.sibling(image, ".cmd");
  }

  /** The address change that the file fixes, absent when it leaves it to the placement. */
  static OptionalInt fixedOffset(Path image, Problems problems) {
    Path file = beside(image);
    if (!Files.isRegularFile(file)) {
      return OptionalInt.empty();
    }
    try {
      Lines lines = Lines.read(file);
      OptionalInt fixed = OptionalInt.of(0);
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        if (line.text().contains(OFFSET)) {
          return OptionalInt.empty();
        }
        fixed = change(line, fixed);
      }
      problems.warn(
          Where.file(file), "moves the image by %x and not by $OFFSET".formatted(fixed.orElse(0)));
      return fixed;
    } catch (IOException e) {
      problems.error(Where.file(file), "cannot be read: " + e.getMessage());
      return OptionalInt.empty();
    }
  }

  private static OptionalInt change(Lines.Line line, OptionalInt before) {
    List<String> words = List.of(line.text().split("[\\s=]+"));
    for (int i = 0; i + 1 < words.size(); i++) {
      if (OPTIONS.contains(words.get(i))) {
        String number = words.get(i + 1);
        boolean negative = number.startsWith("-");
        OptionalLong value = Numbers.parse(number.replaceFirst("^[-+]", ""));
        if (value.isPresent()) {
          return OptionalInt.of((int) (negative ? -value.getAsLong() : value.getAsLong()));
        }
      }
    }
    return before;
  }
}
