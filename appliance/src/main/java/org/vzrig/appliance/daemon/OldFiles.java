package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts recordings of earlier runs aside instead of overwriting them. */
final class OldFiles {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  private OldFiles() {}

  /**
   * Renames {@code file}, if there is one, to a name with the time of its last change, such as
   * {@code bench.20260131T120000.000.cap}; of such files the newest {@code keep} stay, or all for
   * 0. What is no ordinary file is left alone.
   */
  static void putAside(Path file, int keep) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return;
    }
    String stamp = STAMP.format(Files.getLastModifiedTime(file).toInstant());
    Path aside = file.resolveSibling(named(file, stamp));
    for (int n = 2; Files.exists(aside); n++) {
      aside = file.resolveSibling(named(file, stamp + "-" + n));
    }
    Files.move(file, aside);
    if (keep > 0) {
      prune(file, keep);
    }
  }

  private static void prune(Path file, int keep) throws IOException {
    List<Path> older = new ArrayList<>();
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      return;
    }
    String pattern = named(file, "[0-9]*T[0-9]*");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
      found.forEach(older::add);
    }
    older.sort(Comparator.comparing(Path::toString).reversed());
    for (Path old : older.subList(Math.min(keep, older.size()), older.size())) {
      Files.delete(old);
    }
  }

  private static String named(Path file, String part) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name + "." + part : name.substring(0, dot) + "." + part + name.substring(dot);
  }
}
