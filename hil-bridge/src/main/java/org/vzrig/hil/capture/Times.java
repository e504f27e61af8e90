package org.vzrig.hil.capture;

/** How times and bytes are written. */
final class Times {
  private static final long NANOS = 1_000_000_000;

  private Times() {}

  /** Seconds with nine decimals, 16 columns wide, such as {@code " 1.000262500"}. */
  static String seconds(long nanos) {
    return "%6d.%09d".formatted(nanos / NANOS, nanos % NANOS);
  }

  /** A byte (or 9-bit character) as printable ASCII. */
  static String escaped(int value) {
    return switch (value) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default -> value >= ' ' && value < 0x7F ? "" + (char) value : "\\x%02X".formatted(value);
    };
  }
}
