package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a file together with its content. */
public final class FileHash {
  private FileHash() {}

  /** The file's name and the SHA-256 of its content, such as {@code a.hex sha256:0123...}. */
  public static String named(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return file.getFileName() + " sha256:" + HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      return file.getFileName() + " sha256:unknown"; // it ran, so it was there a moment ago
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
