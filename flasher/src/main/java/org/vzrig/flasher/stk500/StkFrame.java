package org.vzrig.flasher.stk500;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A frame of STK500v2 (Atmel's AVR068): 1B, sequence number, length big endian, 0E, body, XOR of
 * everything before.
 *
 * @param sequence sequence number, 0 to 255
 * @param body command or reply
 */
@SuppressWarnings("ArrayRecordComponent") // travels only from the link to the caller
record StkFrame(int sequence, byte[] body) {
  private static final byte START = 0x1B;
  private static final byte TOKEN = 0x0E;
  private static final int HEADER = 5;

  /** The bytes on the line. */
  byte[] encode() {
    byte[] bytes = new byte[HEADER + body.length + 1];
    bytes[0] = START;
    bytes[1] = (byte) sequence;
    bytes[2] = (byte) (body.length >>> 8);
    bytes[3] = (byte) body.length;
    bytes[4] = TOKEN;
    System.arraycopy(body, 0, bytes, HEADER, body.length);
    bytes[bytes.length - 1] = xor(bytes, bytes.length - 1);
    return bytes;
  }

  private static byte xor(byte[] bytes, int length) {
    byte sum = 0;
    for (int i = 0; i < length; i++) {
      sum ^= bytes[i];
    }
    return sum;
  }

  /** Finds frames in a stream of bytes that may hold anything. */
  static final class Decoder {
    private final int longest;
    private byte[] pending = new byte[0];
    private boolean damaged;

    /** Refuses bodies longer than {@code longest} bytes. */
    Decoder(int longest) {
      this.longest = longest;
    }

    /** Adds received bytes. */
    void add(byte[] bytes, int length) {
      int have = pending.length;
      pending = Arrays.copyOf(pending, have + length);
      System.arraycopy(bytes, 0, pending, have, length);
    }

    /** Whether part of a frame has arrived. */
    boolean started() {
      return pending.length > 0;
    }

    /** Whether a frame with a wrong checksum went by since the last call. */
    boolean damaged() {
      boolean was = damaged;
      damaged = false;
      return was;
    }

    /** Forgets everything. */
    void clear() {
      pending = new byte[0];
      damaged = false;
    }

    /** The next whole frame, or null while there is none. */
    @Nullable StkFrame next() {
      int at = 0;
      StkFrame found = null;
      while (found == null && at < pending.length) {
        int length = frameLength(at);
        if (length == 0) {
          break;
        }
        if (length > 0) {
          found = frame(at, length);
        }
        at += found == null ? 1 : length;
      }
      pending = Arrays.copyOfRange(pending, at, pending.length);
      return found;
    }

    /** Length of the frame at {@code at}, 0 if more bytes must come, -1 if none starts there. */
    private int frameLength(int at) {
      int have = pending.length - at;
      if (pending[at] != START || have >= HEADER && pending[at + 4] != TOKEN) {
        return -1;
      }
      if (have < HEADER) {
        return 0;
      }
      int body = (pending[at + 2] & 0xFF) << 8 | pending[at + 3] & 0xFF;
      if (body == 0 || body > longest) {
        return -1;
      }
      return have < HEADER + body + 1 ? 0 : HEADER + body + 1;
    }

    private @Nullable StkFrame frame(int at, int length) {
      byte[] bytes = Arrays.copyOfRange(pending, at, at + length);
      if (xor(bytes, length - 1) != bytes[length - 1]) {
        damaged = true;
        return null;
      }
      return new StkFrame(bytes[1] & 0xFF, Arrays.copyOfRange(bytes, HEADER, length - 1));
    }
  }
}
