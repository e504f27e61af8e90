package org.vzrig.appliance.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldFilesTest {
  @TempDir Path directory;

  private void record(Path file, int hour) throws IOException {
    Files.writeString(file, "recorded at " + hour);
    Instant time = Instant.parse("2026-01-31T%02d:00:00Z".formatted(hour));
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path file = directory.resolve("bench.capture");
    for (int hour : new int[] {10, 11, 11}) {
      record(file, hour);
      OldFiles.putAside(file, 0);
      assertFalse(Files.exists(file));
    }
    assertEquals(
        List.of(
            "bench.20260131T100000.000.capture",
            "bench.20260131T110000.000-2.capture",
            "bench.20260131T110000.000.capture"),
        names());
  }

  @Test
  void theOldestGoWhereOnlySomeAreKept() throws IOException {
    Path file = directory.resolve("bench.capture");
    Files.writeString(directory.resolve("bench.note.capture"), "not ours");
    for (int hour = 10; hour < 15; hour++) {
      record(file, hour);
      OldFiles.putAside(file, 2);
    }
    assertEquals(
        List.of(
            "bench.20260131T130000.000.capture",
            "bench.20260131T140000.000.capture",
            "bench.note.capture"),
        names());
  }

  @Test
  void devicesAndEmptyFilesStay() throws IOException {
    OldFiles.putAside(Path.of("/dev/full"), 1);
    Path empty = Files.createFile(directory.resolve("empty"));
    OldFiles.putAside(empty, 1);
    assertTrue(Files.exists(empty));
  }
}
