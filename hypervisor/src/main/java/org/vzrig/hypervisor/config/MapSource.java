package org.vzrig.hypervisor.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .map} file that stands beside an ELF file. It may have been edited by hand; when it is
 * missing or older than the ELF file, its content is derived anew, without writing it.
 */
public final class MapSource {
  private MapSource() {}

  /** The path of the {@code .map} file of an image. */
  public static Path beside(Path image) {
    return sibling(image, ".map");
  }

  /** A file that differs from the image in the last extension of its name. */
  static Path sibling(Path image, String extension) {
    String name = String.valueOf(image.getFileName());
    int dot = name.lastIndexOf('.');
    return image.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + extension);
  }

  /**
   * The text that a fresh {@code .map} file has.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it is not a MIPS ELF file, saying what it is
   */
  public static String derive(Path elf) throws IOException {
    return ElfProgram.parse(Files.readAllBytes(elf)).mapText();
  }

  /** The lines to read for this image, or null after an error. */
  static @Nullable Lines lines(Path elf, Where where, Problems problems) {
    Path map = beside(elf);
    try {
      if (Files.isRegularFile(map) && !older(map, elf)) {
        return Lines.read(map);
      }
      String derived = derive(elf);
      warnAboutLoads(elf, where, problems);
      if (Files.isRegularFile(map)) {
        warnWhenDifferent(map, derived, where, problems);
      }
      return Lines.of(elf, derived);
    } catch (IOException e) {
      problems.error(where, "elf: " + elf + " cannot be read: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      problems.error(where, "elf: " + elf + ": " + e.getMessage());
    }
    return null;
  }

  private static boolean older(Path map, Path elf) throws IOException {
    return Files.getLastModifiedTime(map).compareTo(Files.getLastModifiedTime(elf)) < 0;
  }

  private static void warnAboutLoads(Path elf, Where where, Problems problems) throws IOException {
    for (ElfProgram.Load load : ElfProgram.parse(Files.readAllBytes(elf)).loads()) {
      boolean used = load.readable() && (load.executable() || load.writable());
      if (!used && load.memorySize() != 0) {
        problems.warn(
            where,
            "elf: the segment at %08x is neither readable code nor read-write data and gets no memory"
                .formatted(load.va()));
      }
    }
  }

  private static void warnWhenDifferent(Path map, String derived, Where where, Problems problems)
      throws IOException {
    if (!same(Lines.read(map), Lines.of(map, derived))) {
      problems.warn(where, "elf: " + map + " is older than the image and is not used");
    }
  }

  private static boolean same(Lines a, Lines b) {
    Lines.Line left = a.next();
    Lines.Line right = b.next();
    while (left != null && right != null) {
      if (!Lines.split(left.text()).equals(Lines.split(right.text()))) {
        return false;
      }
      left = a.next();
      right = b.next();
    }
    return left == null && right == null;
  }
}
