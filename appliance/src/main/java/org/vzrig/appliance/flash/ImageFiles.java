package org.vzrig.appliance.flash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Problem;

/** Image files as commands name them: FILE, or FILE@ADDRESS for a binary one. */
final class ImageFiles {
  private ImageFiles() {}

  /** All {@code names} in one image; the problems of all of them at once. */
  static Image read(List<String> names) throws CommandFailure {
    List<Problem> problems = new ArrayList<>();
    ImageBuilder builder = new ImageBuilder();
    for (String name : names) {
      try {
        builder.add(read(name));
      } catch (ImageException e) {
        problems.addAll(e.problems());
      }
    }
    try {
      if (problems.isEmpty()) {
        return builder.build();
      }
    } catch (ImageException e) {
      problems.addAll(e.problems());
    }
    throw failure(problems);
  }

  /** What {@code problems} say, as the end of a command. */
  static CommandFailure failure(List<Problem> problems) {
    return new CommandFailure(
        ExitCode.BAD_IMAGE, problems.stream().map(Problem::toString).toList());
  }

  private static Image read(String name) throws ImageException, CommandFailure {
    int at = name.lastIndexOf('@');
    return at <= 0
        ? ImageReader.read(Path.of(name))
        : ImageReader.readBinary(Path.of(name.substring(0, at)), address(name.substring(at + 1)));
  }

  /** A hexadecimal address, with or without 0x. */
  static int address(String text) throws CommandFailure {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    try {
      return Integer.parseUnsignedInt(digits.replace("_", ""), 16);
    } catch (NumberFormatException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "expected a hexadecimal address such as 9D000000, found " + text);
    }
  }

  /** Which address of a word is written to files. */
  enum AddressSpace {
    /** As on the bus. */
    PHYSICAL,
    /** Cached. */
    KSEG0,
    /** Uncached. */
    KSEG1;

    int of(int physical) {
      return switch (this) {
        case PHYSICAL -> physical;
        case KSEG0 -> Addresses.kseg0(physical);
        case KSEG1 -> Addresses.kseg1(physical);
      };
    }
  }
}
