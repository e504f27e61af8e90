package org.vzrig.flasher.an1388;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Frames of AN1388: 01, the stuffed command, data and CRC, 04. */
final class An1388Frame {
  static final byte START = 0x01;
  static final byte END = 0x04;
  static final byte ESCAPE = 0x10;

  private static final int POLYNOMIAL = 0x1021;

  private An1388Frame() {}

  /** CRC-16 with polynomial 1021, most significant bit first, beginning with 0. */
  static int crc(byte[] bytes, int length) {
    int crc = 0;
    for (int i = 0; i < length; i++) {
      crc ^= (bytes[i] & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
    }
    return crc & 0xFFFF;
  }

  /** The bytes on the line for a command and its data. */
  static byte[] encode(byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(START);
    for (byte b : payload) {
      stuff(out, b);
    }
    int crc = crc(payload, payload.length);
    stuff(out, (byte) crc);
    stuff(out, (byte) (crc >>> 8));
    out.write(END);
    return out.toByteArray();
  }

  private static void stuff(ByteArrayOutputStream out, byte b) {
    if (b == START || b == END || b == ESCAPE) {
      out.write(ESCAPE);
    }
    out.write(b);
  }

  /** Takes bytes as they come and gives whole payloads. */
  static final class Decoder {
    private static final int LONGEST = 256;

    private final byte[] bytes = new byte[LONGEST];
    private int length = -1;
    private boolean escaped;
    private boolean damaged;

    /** Forgets a frame that has begun. */
    void clear() {
      length = -1;
      escaped = false;
      damaged = false;
    }

    /** Whether a frame was dropped since the last call. */
    boolean damaged() {
      boolean was = damaged;
      damaged = false;
      return was;
    }

    /** Takes a byte; gives command and data when it ends a frame whose CRC is right. */
    byte @Nullable [] add(byte b) {
      if (escaped) {
        escaped = false;
        store(b);
      } else if (b == ESCAPE && length >= 0) {
        escaped = true;
      } else if (b == START) {
        length = 0;
      } else if (b == END && length >= 0) {
        return end();
      } else {
        store(b);
      }
      return null;
    }

    private void store(byte b) {
      if (length == LONGEST) {
        damaged = true;
        length = -1;
      } else if (length >= 0) {
        bytes[length++] = b;
      }
    }

    private byte @Nullable [] end() {
      int end = length;
      length = -1;
      if (end < 3) {
        damaged = true;
        return null;
      }
      int crc = bytes[end - 2] & 0xFF | (bytes[end - 1] & 0xFF) << 8;
      damaged = crc != crc(bytes, end - 2);
      return damaged ? null : Arrays.copyOf(bytes, end - 2);
    }
  }
}
