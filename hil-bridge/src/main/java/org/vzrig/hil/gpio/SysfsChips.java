package org.vzrig.hil.gpio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Chips of the kernel's older interface, {@code /sys/class/gpio}, where a line has one number among
 * all lines of the host. Newer kernels may be without it.
 *
 * @param directory normally {@link #DIRECTORY}
 */
record SysfsChips(Path directory) implements Pi4jLines.Address {
  /** Where the kernel shows it. */
  static final Path DIRECTORY = Path.of("/sys/class/gpio");

  /** A chip and the number of its first line. */
  private record Based(GpioChip chip, int base) {}

  /** The directory as Pi4J wants it. */
  String path() {
    return directory.toString();
  }

  /** Whether there are any. */
  boolean present() {
    return Files.isWritable(directory.resolve("export")) && !all().isEmpty();
  }

  /**
   * The number of {@code line} among all lines of the host.
   *
   * @throws IOException when there is no such line
   */
  @Override
  public int of(LineSpec line) throws IOException {
    List<Based> all = all();
    GpioChip chip = GpioChips.find(all.stream().map(Based::chip).toList(), line);
    return all.stream().filter(based -> based.chip.equals(chip)).findFirst().orElseThrow().base
        + line.offset();
  }

  /** Pi4J asks for interrupts on outputs too, and leaves a line taken that refuses them. */
  @Override
  public IOException refused(int number, IOException why) {
    String message = String.valueOf(why.getMessage());
    try {
      Files.writeString(directory.resolve("unexport"), String.valueOf(number));
    } catch (IOException e) {
      message += "; it stays taken: " + e.getMessage();
    }
    return new IOException(
        "Pi4J's linuxfs cannot use it (%s); the driver character may".formatted(message), why);
  }

  private List<Based> all() {
    List<Based> chips = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "gpiochip*")) {
      for (Path path : found) {
        int base = Integer.parseInt(text(path, "base"));
        int lines = Integer.parseInt(text(path, "ngpio"));
        chips.add(new Based(new GpioChip(name(path), text(path, "label"), lines, ""), base));
      }
    } catch (IOException | NumberFormatException e) {
      return List.of();
    }
    chips.sort(Comparator.comparingInt(Based::base));
    return chips;
  }

  private static String text(Path directory, String file) throws IOException {
    return Files.readString(directory.resolve(file)).strip();
  }

  /** The name of the character device of the same chip, where the kernel has one. */
  private static String name(Path path) throws IOException {
    Path parent = path.toRealPath().getParent();
    Path device = parent == null ? null : parent.getParent();
    if (device != null) {
      try (DirectoryStream<Path> devices = Files.newDirectoryStream(device, "gpiochip*")) {
        for (Path chip : devices) {
          return String.valueOf(chip.getFileName());
        }
      }
    }
    return String.valueOf(Objects.requireNonNull(path.getFileName()));
  }
}
