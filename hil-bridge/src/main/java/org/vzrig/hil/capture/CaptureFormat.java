package org.vzrig.hil.capture;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The capture file, version 1. {@code hil-bridge/CAPTURE.md} describes it.
 *
 * <p>Behind eight bytes of magic stand records: the length of the body as a varint, the body, and
 * the low 16 bits of its CRC-32, little-endian. A body is a byte with the kind (low nibble) and the
 * side (high nibble), the time since that side's record before as a zigzag varint in nanoseconds,
 * and what the kind needs. Nothing is ever changed once it is written.
 */
final class CaptureFormat {
  static final byte[] MAGIC = "VZRCAP1\n".getBytes(StandardCharsets.US_ASCII);
  static final int MAX_SIDES = 16;

  /** Longest body that a reader accepts. */
  static final int MAX_BODY = 1 << 20;

  /** Bytes of the longest run. */
  static final int MAX_RUN = 4096;

  static final int HEADER = 0;
  static final int SENT = 1;
  static final int RECEIVED = 2;
  static final int WIDE_SENT = 3;
  static final int WIDE_RECEIVED = 4;
  static final int BREAK = 5;
  static final int PIN = 6;
  static final int NOTE = 7;
  static final int END = 8;

  private CaptureFormat() {}

  /** The check of a body. */
  static int check(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue() & 0xFFFF;
  }

  /** Small differences of either sign as small numbers. */
  static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  static long unzigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }
}
