package org.vzrig.flasher.mpsse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/**
 * FTDI's engine: commands are collected and go out together, with the bytes that they bring back
 * read afterwards. (FTDI AN_108, the reference's section 13.)
 */
final class MpsseEngine {
  static final int PINS_LOW = 0x80;
  static final int PINS_HIGH = 0x82;
  static final int LOOPBACK_OFF = 0x85;
  static final int DIVISOR = 0x86;
  static final int SEND_NOW = 0x87;
  static final int DIVIDE_BY_5_OFF = 0x8A;
  static final int THREE_PHASE_ON = 0x8C;
  static final int THREE_PHASE_OFF = 0x8D;
  static final int ADAPTIVE_OFF = 0x97;

  /** Least significant bit first, out on the falling edge: bytes, bits, TMS. */
  private static final int BYTES = 0x19;

  private static final int BITS = 0x1B;
  private static final int TMS = 0x4B;

  /** Added for reading on the rising edge. */
  private static final int READ = 0x20;

  /** Bytes collected before they are sent: less than the smaller chips' buffers of 384 back. */
  private static final int FULL = 2048;

  private static final Duration REPLY = Duration.ofSeconds(2);

  private final BulkChannel device;
  private final Deadline deadline;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int expected;

  MpsseEngine(BulkChannel device, Deadline deadline) {
    this.device = device;
    this.deadline = deadline;
  }

  /** Appends a command. */
  MpsseEngine add(int... bytes) throws IOException {
    if (out.size() + bytes.length > FULL) {
      flush();
    }
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /** Up to 7 TMS clocks, bit 0 first, with TDI held at {@code tdi}; read gives one byte. */
  void tms(int count, int bits, int tdi, boolean read) throws IOException {
    add(TMS | (read ? READ : 0), count - 1, tdi << 7 | bits);
    expected += read ? 1 : 0;
  }

  /** Data bits with TMS low; read gives a byte for each whole or partial byte. */
  void data(int count, long value, boolean read) throws IOException {
    int flag = read ? READ : 0;
    int bytes = count / 8;
    if (bytes > 0) {
      add(BYTES | flag, bytes - 1, bytes - 1 >> 8);
      for (int i = 0; i < bytes; i++) {
        add((int) (value >>> 8 * i) & 0xFF);
      }
    }
    if (count % 8 > 0) {
      bits(count % 8, (int) (value >>> 8 * bytes) & 0xFF, read);
    }
    expected += read ? bytes : 0;
  }

  /** Up to 8 bits on TDI; read gives one byte, the last bit at the top. */
  void bits(int count, int value, boolean read) throws IOException {
    add(BITS | (read ? READ : 0), count - 1, value);
    expected += read ? 1 : 0;
  }

  /** Both halves of the pins and their directions. */
  void pins(int value, int outputs) throws IOException {
    add(PINS_LOW, value & 0xFF, outputs & 0xFF, PINS_HIGH, value >> 8 & 0xFF, outputs >> 8 & 0xFF);
  }

  /** Sends what was collected. */
  void flush() throws IOException {
    deadline.check("talking to the FTDI adapter");
    if (out.size() > 0) {
      device.write(out.toByteArray());
      out.reset();
    }
  }

  /**
   * Sends what was collected and takes what it brings back.
   *
   * @throws FlashException if it does not come
   */
  byte[] exchange() throws IOException {
    add(SEND_NOW);
    int wanted = expected;
    expected = 0;
    flush();
    byte[] all = new byte[wanted];
    for (int have = 0; have < wanted; ) {
      byte[] some = device.read(deadline.limit(REPLY));
      if (some.length == 0 || have + some.length > wanted) {
        throw new FlashException(
            Reason.PROTOCOL,
            "the FTDI adapter is out of step: expected %d bytes, found %s"
                .formatted(wanted, some.length == 0 ? have : "more: " + (have + some.length)));
      }
      System.arraycopy(some, 0, all, have, some.length);
      have += some.length;
    }
    return Arrays.copyOf(all, wanted);
  }
}
