package org.vzrig.boards.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** File formats of firmware images. */
public enum ImageFormat {
  /** Motorola S-records. */
  SREC,
  /** Intel HEX. */
  HEX,
  /** ELF for MIPS32, little endian. */
  ELF,
  /** Bytes without addresses. */
  BINARY;

  private static final int BEGINNING = 64;

  /** The format that a file name's ending suggests. */
  public static Optional<ImageFormat> ofName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "srec", "s19", "s28", "s37", "s1", "s2", "s3", "mot", "sx" -> Optional.of(SREC);
      case "hex", "ihex", "ihx" -> Optional.of(HEX);
      case "elf", "axf", "out" -> Optional.of(ELF);
      case "bin", "img" -> Optional.of(BINARY);
      default -> Optional.empty();
    };
  }

  /**
   * The format that the name of {@code file} suggests, or else that its first bytes leave no doubt
   * of.
   */
  public static Optional<ImageFormat> ofFile(Path file) {
    Optional<ImageFormat> named = ofName(file.toString());
    return named.isPresent() ? named : ofBeginning(beginning(file));
  }

  private static String beginning(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // who reads the file says what is wrong with it
    }
  }

  private static Optional<ImageFormat> ofBeginning(String text) {
    if (text.startsWith("\177ELF")) {
      return Optional.of(ELF);
    }
    if (text.matches("(?s)\\s*S[0-9]\\p{XDigit}{6}.*")) {
      return Optional.of(SREC);
    }
    return text.matches("(?s)\\s*:\\p{XDigit}{8}.*") ? Optional.of(HEX) : Optional.empty();
  }

  /** The format that the beginning of a file shows: the ELF magic, an S or a colon. */
  static Optional<ImageFormat> ofContent(byte[] content) {
    int i = 0;
    while (i < content.length && content[i] <= ' ' && content[i] >= 0) {
      i++;
    }
    if (i == content.length) {
      return Optional.empty();
    }
    return switch (content[i]) {
      case 'S' -> Optional.of(SREC);
      case ':' -> Optional.of(HEX);
      case 0x7F -> isElf(content) ? Optional.of(ELF) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isElf(byte[] content) {
    return content.length >= 4 && content[1] == 'E' && content[2] == 'L' && content[3] == 'F';
  }
}
