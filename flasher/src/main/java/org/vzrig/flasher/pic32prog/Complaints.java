package org.vzrig.flasher.pic32prog;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Problem;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Planner;

/**
 * What went wrong, first in the words that scripts know from pic32prog, then in ours, which say
 * where and what was expected. (The reference's section 1.1.)
 */
final class Complaints {
  private static final Pattern DEVID = Pattern.compile("found (\\p{XDigit}{8})");
  private static final Pattern CANNOT = Pattern.compile("cannot (erase|program|verify|read)");

  private final PrintStream err;

  /** Complains on {@code err}. */
  Complaints(PrintStream err) {
    this.err = err;
  }

  /** About a file that cannot be read, or holds what it must not. */
  void image(String file, ImageException e) {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      err.println(file + ": No such file or directory");
    } else {
      err.println(file + ": " + badRecord(path, e.problems()));
    }
    err.println(e.getMessage());
  }

  /** The first bad line, named by what the file begins with. */
  private static String badRecord(Path path, List<Problem> problems) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "bad file format";
    }
    String first = lines.stream().filter(l -> !l.isBlank()).findFirst().orElse("");
    int line = problems.isEmpty() ? 0 : problems.getFirst().line();
    String bad = line > 0 && line <= lines.size() ? lines.get(line - 1) : "";
    return switch (first.isEmpty() ? ' ' : first.charAt(0)) {
      case 'S' -> "bad SREC record: " + bad;
      case ':' -> "bad HEX record: " + bad;
      default -> "bad file format";
    };
  }

  /** About an image that does not fit the part. */
  void unsuitable(ImageException e, Part part) {
    boolean words =
        e.problems().stream().anyMatch(p -> p.message().startsWith(Planner.NO_CONFIGURATION));
    if (words) {
      boolean bits = part.family().mm() || part.family() == Family.MK;
      err.println(
          (bits ? "Configuration bits are" : "DEVCFG values are")
              + " missing -- check your HEX file!");
    }
    err.println(e.getMessage());
  }

  /** About a target or an adapter. */
  void target(FlashException e) {
    switch (e.reason()) {
      case NO_TARGET, PORT -> err.print("\nNo target found.\n" + e.text() + "\n");
      case UNKNOWN_PART -> {
        Matcher id = DEVID.matcher(e.text());
        String found = id.find() ? id.group(1).toLowerCase(Locale.ROOT) : "00000000";
        err.print("Unknown CPUID=" + found + ".\n" + e.text() + "\n");
      }
      case INTERRUPTED -> err.print("\nInterrupted.\n");
      case UNSUPPORTED -> {
        Matcher operation = CANNOT.matcher(e.text());
        if (operation.find()) {
          String name = operation.group(1).replace("program", "write");
          err.println("Error: Target " + name + " not supported.");
        }
        err.println(e.text());
      }
      default -> err.println(e.text());
    }
  }
}
