package org.vzrig.flasher.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.vzrig.flasher.usb.HidChannel;

/**
 * A PICkit's firmware: it takes commands from reports and runs scripts on a chip's test access
 * port, as Microchip's source describes the pseudo operations.
 */
public final class SimPickit implements SimHid.Firmware {
  private static final int KEY = 0x0A12_C2B2; // MCHP, least significant bit first
  private static final int UPLOAD = 128;

  private final SimTap tap;
  private final boolean third;
  private final boolean boardPower;
  private final ArrayDeque<Byte> download = new ArrayDeque<>();
  private final ArrayDeque<Byte> upload = new ArrayDeque<>();
  private int key;
  private boolean timeout;
  private boolean vdd;
  private boolean vddGround = true;
  private boolean mclrGround;
  private boolean vpp;

  /** A PICkit 2 or 3 whose cable goes to {@code tap}. */
  public SimPickit(SimTap tap, boolean third, boolean boardPower) {
    this.tap = tap;
    this.third = third;
    this.boardPower = boardPower;
  }

  /** Whether the chip gets power. */
  public boolean powers() {
    return vdd;
  }

  @Override
  public void report(byte[] report, ArrayDeque<byte[]> out) {
    int at = 0;
    while (at < report.length && (report[at] & 0xFF) != 0xAD) {
      at = command(report, at, out);
    }
  }

  private int command(byte[] report, int at, ArrayDeque<byte[]> out) {
    int length = at + 1 < report.length ? report[at + 1] & 0xFF : 0;
    switch (report[at] & 0xFF) {
      case 0x76 -> out.add(padded(new byte[] {2, 32, 0}));
      case 0x41 -> {
        out.add(version3());
        return 64;
      }
      case 0xA0, 0xA1 -> {
        return at + (third ? 3 : 4);
      }
      case 0xA2 -> {
        int status = status();
        timeout = false;
        out.add(padded(new byte[] {(byte) status, (byte) (status >> 8)}));
      }
      case 0xA6 -> {
        script(Arrays.copyOfRange(report, at + 2, at + 2 + length));
        return at + 2 + length;
      }
      case 0xA7 -> download.clear();
      case 0xA8 -> {
        for (int i = 0; i < length; i++) {
          download.add(report[at + 2 + i]);
        }
        if (download.size() > 256) {
          throw new IllegalStateException("the download buffer overflows");
        }
        return at + 2 + length;
      }
      case 0xA9 -> upload.clear();
      case 0xAA -> {
        byte[] data = new byte[64];
        data[0] = (byte) Math.min(63, upload.size());
        for (int i = 1; i <= data[0]; i++) {
          data[i] = upload.remove();
        }
        out.add(data);
      }
      case 0xAC -> {
        byte[] data = new byte[64];
        for (int i = 0; i < 64 && !upload.isEmpty(); i++) {
          data[i] = upload.remove();
        }
        out.add(data);
      }
      default -> throw new IllegalStateException("command %02X at %d".formatted(report[at], at));
    }
    return at + 1;
  }

  private static byte[] padded(byte[] reply) {
    return Arrays.copyOf(reply, HidChannel.REPORT);
  }

  private byte[] version3() {
    byte[] reply = new byte[HidChannel.REPORT];
    System.arraycopy(new byte[] {'P', 'k', '3', 2, 0, 5}, 0, reply, 30, 6);
    return reply;
  }

  private int status() {
    return (vddGround && !boardPower ? 1 : 0)
        | (vdd ? 2 : 0)
        | (mclrGround ? 4 : 0)
        | (vpp ? 8 : 0)
        | (timeout ? 0x400 : 0);
  }

  private void script(byte[] script) {
    int loops = -1;
    for (int at = 0; at < script.length; ) {
      int code = script[at] & 0xFF;
      if (code == 0xE9) {
        loops = loops < 0 ? script[at + 2] & 0xFF : loops;
        if (loops-- > 0) {
          at -= script[at + 1];
          continue;
        }
        loops = -1;
      } else {
        execute(code, script, at + 1);
      }
      at += 1 + operands(code);
    }
  }

  private static int operands(int code) {
    return switch (code) {
      case 0xB8, 0xB9 -> 4;
      case 0xBC, 0xE9 -> 2;
      case 0xBA, 0xBB, 0xE7, 0xE8, 0xEA, 0xF2, 0xF3 -> 1;
      default -> 0;
    };
  }

  private void execute(int code, byte[] script, int at) {
    switch (code) {
      case 0xB5 -> peResponse();
      case 0xB6 -> instruction(popWord());
      case 0xB7 -> fastData(popWord());
      case 0xB9 -> uploadWord((int) data(32, literal(script, at)), 4);
      case 0xBA -> uploadWord((int) data(8, script[at] & 0xFF), 1);
      case 0xBB -> shift(0b0011, 4, 5, script[at]);
      case 0xBC -> {
        for (int i = 0; i < script[at]; i++) {
          clock(0, script[at + 1] >> i & 1);
        }
      }
      case 0xE7, 0xE8, 0xEA, 0xF3, 0xF4, 0xF5, 0xF8, 0xF9 -> {}
      case 0xF2 -> key = key >>> 8 | script[at] << 24;
      default -> power(code);
    }
  }

  private void power(int code) {
    switch (code) {
      case 0xF6 -> mclrGround = false;
      case 0xF7 -> mclrGround = true;
      case 0xFA -> vpp = false;
      case 0xFB -> vpp = true;
      case 0xFC -> vddGround = false;
      case 0xFD -> vddGround = true;
      case 0xFE -> {
        vdd = false;
        key = 0;
        tap.leave();
      }
      case 0xFF -> vdd = true;
      default -> throw new IllegalStateException("script %02X".formatted(code));
    }
  }

  private static int literal(byte[] script, int at) {
    return org.vzrig.flasher.Programmer.word(script, at);
  }

  private int popWord() {
    int word = 0;
    for (int i = 0; i < 4; i++) {
      if (download.isEmpty()) {
        throw new IllegalStateException("the download buffer is empty");
      }
      word |= (download.remove() & 0xFF) << 8 * i;
    }
    return word;
  }

  private int clock(int tdi, int tms) {
    boolean connected = (vdd || boardPower) && key == KEY && !mclrGround;
    return connected ? tap.clock(tdi, tms) : 0;
  }

  /** Header, bits with TMS on the last, footer; the first bit comes out with the header's last. */
  private long shift(int header, int headerBits, int bits, long value) {
    int first = 0;
    for (int i = 0; i < headerBits; i++) {
      first = clock(0, header >> i & 1);
    }
    long out = first;
    for (int i = 0; i < bits; i++) {
      long bit = clock((int) (value >> i & 1), i == bits - 1 ? 1 : 0);
      out |= i < bits - 1 ? bit << i + 1 : 0;
    }
    clock(0, 1);
    clock(0, 0);
    return out;
  }

  private long data(int bits, long value) {
    return shift(0b001, 3, bits, value);
  }

  private void uploadWord(int word, int bytes) {
    for (int i = 0; i < bytes; i++) {
      if (upload.size() < UPLOAD) {
        upload.add((byte) (word >>> 8 * i));
      }
    }
  }

  private boolean waitForAccess() {
    shift(0b0011, 4, 5, 0x0A);
    for (int i = 0; i < 50; i++) {
      if ((data(32, 0x0004_D000) & 1 << 18) != 0) {
        return true;
      }
    }
    timeout = true;
    return false;
  }

  private void instruction(int opcode) {
    if (waitForAccess()) {
      shift(0b0011, 4, 5, 0x09);
      data(32, Integer.toUnsignedLong(opcode));
      shift(0b0011, 4, 5, 0x0A);
      data(32, 0xC000);
    }
  }

  private void peResponse() {
    if (waitForAccess()) {
      shift(0b0011, 4, 5, 0x09);
      uploadWord((int) data(32, 0), 4);
      shift(0b0011, 4, 5, 0x0A);
      data(32, 0xC000);
    }
  }

  private void fastData(int word) {
    long out = shift(0b001, 3, 33, Integer.toUnsignedLong(word) << 1);
    timeout |= (out & 1) == 0;
  }
}
