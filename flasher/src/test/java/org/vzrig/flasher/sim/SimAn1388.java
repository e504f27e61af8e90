package org.vzrig.flasher.sim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A boot loader of application note 1388 on a serial line, written from the reference alone. */
public final class SimAn1388 implements SimTarget {
  private static final long ERASE_NANOS = 3_000_000_000L;

  /** Program flash. */
  public final byte[] flash = new byte[512 << 10];

  /** Payload of every frame whose CRC was right. */
  public final List<byte[]> commands = new ArrayList<>();

  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
  private boolean inFrame;
  private boolean escaped;
  private int upper;
  private boolean started;

  /** A loader on a part full of something else. */
  public SimAn1388() {
    Arrays.fill(flash, (byte) 0x33);
  }

  /** Whether the application was started. */
  public boolean started() {
    return started;
  }

  @Override
  public void reset() {
    inFrame = false;
    escaped = false;
    started = false;
  }

  @Override
  public void receive(int value, Reply reply) {
    if (started) {
      return;
    }
    if (escaped) {
      escaped = false;
      frame.write(value);
    } else if (value == 0x10 && inFrame) {
      escaped = true;
    } else if (value == 0x01) {
      inFrame = true;
      frame.reset();
    } else if (value == 0x04 && inFrame) {
      inFrame = false;
      whole(frame.toByteArray(), reply);
    } else if (inFrame) {
      frame.write(value);
    }
  }

  private void whole(byte[] bytes, Reply reply) {
    int end = bytes.length - 2;
    if (end < 1 || crc(bytes, 0, end) != ((bytes[end + 1] & 0xFF) << 8 | bytes[end] & 0xFF)) {
      return;
    }
    byte[] payload = Arrays.copyOf(bytes, end);
    commands.add(payload);
    byte[] answer = execute(payload);
    if (answer.length > 0) {
      reply.send(framed(answer), payload[0] == 2 ? ERASE_NANOS : 100_000);
    }
  }

  private static int crc(byte[] bytes, int from, int length) {
    int crc = 0;
    for (int i = 0; i < length * 8; i++) {
      int bit = bytes[from + i / 8] >> 7 - i % 8 & 1;
      boolean carry = (crc >> 15 & 1) != bit;
      crc = crc << 1 & 0xFFFF ^ (carry ? 0x1021 : 0);
    }
    return crc;
  }

  private static byte[] framed(byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] all = Arrays.copyOf(payload, payload.length + 2);
    int crc = crc(payload, 0, payload.length);
    all[payload.length] = (byte) crc;
    all[payload.length + 1] = (byte) (crc >> 8);
    out.write(1);
    for (byte b : all) {
      if (b == 1 || b == 4 || b == 0x10) {
        out.write(0x10);
      }
      out.write(b);
    }
    out.write(4);
    return out.toByteArray();
  }

  private static int little(byte[] bytes, int at) {
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | (bytes[at + 3] & 0xFF) << 24;
  }

  private byte[] execute(byte[] command) {
    return switch (command[0]) {
      case 1 -> new byte[] {1, 1, 7};
      case 2 -> {
        Arrays.fill(flash, (byte) 0xFF);
        yield new byte[] {2};
      }
      case 3 -> {
        record(Arrays.copyOfRange(command, 1, command.length));
        yield new byte[] {3};
      }
      case 4 -> {
        int from = little(command, 1) - 0x9D00_0000;
        int crc = crc(flash, from, little(command, 5));
        yield new byte[] {4, (byte) crc, (byte) (crc >> 8)};
      }
      default -> {
        started = command[0] == 5;
        yield new byte[0];
      }
    };
  }

  private void record(byte[] record) {
    if (record[3] == 4) {
      upper = (record[4] & 0xFF) << 24 | (record[5] & 0xFF) << 16;
    } else {
      int at = (upper | (record[1] & 0xFF) << 8 | record[2] & 0xFF) - 0x1D00_0000;
      for (int i = 0; i < (record[0] & 0xFF); i++) {
        flash[at + i] &= record[4 + i];
      }
    }
  }
}
