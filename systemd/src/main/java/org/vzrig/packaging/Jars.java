package org.vzrig.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The modules of the package. Those of others are as they are; ours lose what tells when, where and
 * by whom they were made, so that the same sources make the same package.
 */
final class Jars {
  private static final int BUILD_BYTES = 8;
  private static final String OURS = "vzrig-";

  /** What Maven tells of a build in a manifest. */
  private static final List<String> OF_THE_BUILD = List.of("Built-By", "Build-Jdk", "Created-By");

  private Jars() {}

  static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  /**
   * Copies the jar {@code source} to {@code target}; one of ours as if it was made at that time.
   */
  static void copy(Path source, Path target, Instant built) throws IOException {
    if (source.getFileName().toString().startsWith(OURS)) {
      Files.write(target, plain(source, LocalDateTime.ofInstant(built, ZoneOffset.UTC)));
    } else {
      Files.copy(source, target);
    }
  }

  /** The same entries, sorted, and the manifest first, where those who read streams expect it. */
  private static byte[] plain(Path source, LocalDateTime time) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var in = new ZipFile(source.toFile());
        var out = new ZipOutputStream(bytes)) {
      Comparator<ZipEntry> order = Comparator.comparing(entry -> !isManifest(entry));
      for (ZipEntry entry : in.stream().sorted(order.thenComparing(ZipEntry::getName)).toList()) {
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(time);
        out.putNextEntry(copy);
        try (InputStream content = in.getInputStream(entry)) {
          out.write(isManifest(entry) ? plain(content) : content.readAllBytes());
        }
      }
    }
    return bytes.toByteArray();
  }

  private static boolean isManifest(ZipEntry entry) {
    return entry.getName().equals(JarFile.MANIFEST_NAME);
  }

  private static byte[] plain(InputStream manifest) throws IOException {
    var parsed = new Manifest(manifest);
    OF_THE_BUILD.forEach(name -> parsed.getMainAttributes().remove(new Attributes.Name(name)));
    var bytes = new ByteArrayOutputStream();
    parsed.write(bytes);
    return bytes.toByteArray();
  }

  /** Names the jars in {@code folder} and this runtime: any other ones have another name. */
  static String build(Path folder) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path jar : Tree.regularFiles(folder)) {
        digest.update(Files.readAllBytes(jar));
      }
      digest.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, BUILD_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
