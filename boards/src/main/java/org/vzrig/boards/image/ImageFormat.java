package org.vzrig.boards.image;

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
