package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that two builds have made of the same sources. */
class JarsTest {
  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder = Path.of("");

  private Path jar(String name, int year, String who, List<String> entries) throws IOException {
    Path jar = Files.createDirectories(folder.resolve(who)).resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        var at = new ZipEntry(entry);
        at.setTimeLocal(LocalDateTime.of(year, 7, 1, 12, 0));
        out.putNextEntry(at);
        String content = entry.equals(JarFile.MANIFEST_NAME) ? manifest(who) : entry;
        out.write(content.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static String manifest(String who) {
    return """
    Manifest-Version: 1.0
    Automatic-Module-Name: a.b
    Built-By: %s
    Build-Jdk: 25

    """
        .formatted(who);
  }

  private Path copy(Path jar) throws IOException {
    Path copy = folder.resolve("copies/" + folder.relativize(jar));
    Files.createDirectories(copy.resolve("..").normalize());
    Jars.copy(jar, copy, BUILT);
    return copy;
  }

  @Test
  void oursAreTheSameWheneverTheyWereMade() throws IOException {
    var one = jar("vzrig-a.jar", 2024, "me", List.of("b.class", JarFile.MANIFEST_NAME, "a.class"));
    var two = jar("vzrig-a.jar", 2026, "you", List.of(JarFile.MANIFEST_NAME, "a.class", "b.class"));
    assertNotEquals(-1, Files.mismatch(one, two));
    assertArrayEquals(Files.readAllBytes(copy(one)), Files.readAllBytes(copy(two)));
  }

  @Test
  void whatTheyHoldStays() throws IOException {
    var jar = jar("vzrig-a.jar", 2024, "me", List.of("b.class", JarFile.MANIFEST_NAME, "a.class"));
    try (var copy = new JarFile(copy(jar).toFile())) {
      assertEquals(
          List.of(JarFile.MANIFEST_NAME, "a.class", "b.class"),
          copy.stream().map(ZipEntry::getName).toList());
      assertEquals("a.b", copy.getManifest().getMainAttributes().getValue("Automatic-Module-Name"));
      assertArrayEquals(
          "b.class".getBytes(StandardCharsets.UTF_8),
          copy.getInputStream(copy.getEntry("b.class")).readAllBytes());
    }
  }

  @Test
  void thoseOfOthersAreAsTheyAre() throws IOException {
    Path jar = jar("other-1.jar", 2024, "me", List.of("b.class", JarFile.MANIFEST_NAME));
    assertArrayEquals(Files.readAllBytes(jar), Files.readAllBytes(copy(jar)));
  }
}
