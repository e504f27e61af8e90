package org.vzrig.hil.gpio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The GPIO chips of the host, and which of them a user means. */
public final class GpioChips {
  /** Where the kernel's devices are. */
  public static final Path DEVICES = Path.of("/dev");

  private static final String NONE =
      "this computer has no GPIO chips (/dev/gpiochip*); --gpio mock and gpio.mock show what lines"
          + " would do";

  private GpioChips() {}

  /** The chips with a character device in {@code directory}, by number. */
  public static List<GpioChip> in(Path directory) {
    List<GpioChip> chips = new ArrayList<>();
    try (DirectoryStream<Path> devices = Files.newDirectoryStream(directory, "gpiochip*")) {
      devices.forEach(device -> chips.add(look(device)));
    } catch (IOException e) {
      // no such directory: no chips
    }
    chips.sort(
        Comparator.comparingInt((GpioChip chip) -> chip.name().length())
            .thenComparing(GpioChip::name));
    return chips;
  }

  private static GpioChip look(Path device) {
    String name = String.valueOf(device.getFileName());
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      return new GpioChip(name, "", 0, denied(device));
    }
    try (ChipDevice open = ChipDevice.open(device)) {
      return open.chip();
    } catch (IOException e) {
      return new GpioChip(name, "", 0, String.valueOf(e.getMessage()));
    }
  }

  /** What to do where {@code device} may not be used. */
  private static String denied(Path device) {
    String group = group(device);
    return "permission denied for %s: %s"
        .formatted(
            device,
            group.equals("root")
                ? "it belongs to root alone; install systemd/60-vzrig.rules in /etc/udev/rules.d,"
                    + " which gives it to the group gpio, and join that"
                : "join its group: sudo usermod -aG %s %s, and log in again"
                    .formatted(group, System.getProperty("user.name")));
  }

  private static String group(Path device) {
    try {
      return Files.readAttributes(device, PosixFileAttributes.class).group().getName();
    } catch (IOException e) {
      return "root";
    }
  }

  /**
   * Looks whether {@code line} can be found in {@code directory}, without taking it.
   *
   * @throws IOException when there is no such line, or it may not be used
   */
  public static void check(Path directory, LineSpec line) throws IOException {
    find(in(directory), line);
  }

  /**
   * The one of {@code chips} that {@code line} lies in.
   *
   * @throws IOException when there is none, it cannot be used, or has no such line
   */
  static GpioChip find(List<GpioChip> chips, LineSpec line) throws IOException {
    if (chips.isEmpty()) {
      throw new IOException(NONE);
    }
    List<GpioChip> found = chips.stream().filter(chip -> chip.is(line)).toList();
    if (found.isEmpty()) {
      throw missing(chips);
    }
    if (found.size() > 1) {
      throw new IOException(
          "expected one chip with this label, found %s: use a name"
              .formatted(names(found, GpioChip::name)));
    }
    GpioChip chip = found.getFirst();
    if (!chip.problem().isEmpty()) {
      throw new IOException(chip.problem());
    }
    if (line.offset() >= chip.lines()) {
      throw new IOException(
          "expected a line from 0 to %d of %s, found %d"
              .formatted(chip.lines() - 1, chip.shown(), line.offset()));
    }
    return chip;
  }

  private static IOException missing(List<GpioChip> chips) {
    String unknown =
        chips.stream()
            .map(GpioChip::problem)
            .filter(problem -> !problem.isEmpty())
            .findFirst()
            .map(problem -> "; " + problem)
            .orElse("");
    return new IOException(
        "no such chip; there are %s%s".formatted(names(chips, GpioChip::shown), unknown));
  }

  private interface Shown {
    String of(GpioChip chip);
  }

  private static String names(List<GpioChip> chips, Shown shown) {
    return chips.stream().map(shown::of).collect(Collectors.joining(", "));
  }
}
