package org.vzrig.appliance.gdb;

import java.util.HexFormat;

/** Numbers and bytes as the protocol writes them. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** The low {@code bytes} bytes of {@code value}, the lowest first. */
  static String littleEndian(long value, int bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      FORMAT.toHexDigits(text, (byte) (value >>> 8 * i));
    }
    return text.toString();
  }

  /** The number whose bytes {@code text} gives, the lowest first. */
  static long littleEndian(String text) {
    byte[] bytes = bytes(text);
    long value = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }

  static byte[] bytes(String text) {
    return FORMAT.parseHex(text);
  }

  static String text(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /** A number of the protocol: hexadecimal, the highest digit first. */
  static int number(String text) {
    return (int) Long.parseUnsignedLong(text, 16);
  }
}
