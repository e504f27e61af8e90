package org.vzrig.flasher.sim;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * A chipKIT boot loader as the reference describes it: no reply to a damaged packet, pages erased
 * just in time, reads that lie about other pages, and a buffer that overruns.
 */
public final class SimLoader implements SimTarget {
  private static final int BASE = 0x9D00_0000;
  private static final int PAGE = 16 * 1024;
  private static final long ERASE_NANOS = 20_000_000;
  private static final long WORD_NANOS = 2_000;

  /** Program flash. */
  public final byte[] flash = new byte[2 << 20];

  /** Body of every packet whose checksum was right, for tests that look at the bytes. */
  public final java.util.List<byte[]> commands = new java.util.ArrayList<>();

  private final byte[] packet = new byte[66_000];
  private final byte[] parameters = new byte[256];
  private final Set<Integer> erased = new HashSet<>();
  private int have;
  private int base = BASE;
  private int load = BASE;
  private boolean first = true;
  private boolean crashed;
  private boolean started;
  private int deviceId;
  private boolean setsBaud;

  /** A loader on an erased part that does not know its id. */
  public SimLoader() {
    Arrays.fill(flash, (byte) 0xFF);
  }

  /** Makes it tell this DEVID. */
  public SimLoader knowing(int id) {
    deviceId = id;
    return this;
  }

  /** Makes it take SET_BAUD. */
  public SimLoader withSetBaud() {
    setsBaud = true;
    return this;
  }

  /** Whether the application was started. */
  public boolean started() {
    return started;
  }

  @Override
  public void reset() {
    have = 0;
    base = BASE;
    load = BASE;
    first = true;
    crashed = false;
    started = false;
    erased.clear();
    Arrays.fill(parameters, (byte) 0);
  }

  @Override
  public void receive(int value, Reply reply) {
    if (crashed || started) {
      return;
    }
    packet[have++] = (byte) value;
    if (packet[0] != 0x1B || have == 5 && packet[4] != 0x0E) {
      have = 0;
    }
    if (have < 5) {
      return;
    }
    int length = (packet[2] & 0xFF) << 8 | packet[3] & 0xFF;
    // the buffer has 1024 bytes and no bound: what follows it is overwritten
    crashed = have - 5 > 1024;
    if (length == 0 || have < length + 6) {
      return;
    }
    have = 0;
    if (xor(packet, length + 5) == packet[length + 5]) {
      byte[] body = Arrays.copyOfRange(packet, 5, 5 + length);
      commands.add(body);
      answer(packet[1], body, reply);
    }
  }

  private static byte xor(byte[] bytes, int length) {
    byte sum = 0;
    for (int i = 0; i < length; i++) {
      sum ^= bytes[i];
    }
    return sum;
  }

  private void answer(byte sequence, byte[] body, Reply reply) {
    int untouched = erased.size();
    byte[] answer = execute(body);
    byte[] frame = new byte[answer.length + 6];
    frame[0] = 0x1B;
    frame[1] = sequence;
    frame[2] = (byte) (answer.length >>> 8);
    frame[3] = (byte) answer.length;
    frame[4] = 0x0E;
    System.arraycopy(answer, 0, frame, 5, answer.length);
    frame[frame.length - 1] = xor(frame, frame.length - 1);
    reply.send(
        frame, (erased.size() - untouched) * ERASE_NANOS + (body[0] == 0x13 ? 64 * WORD_NANOS : 0));
  }

  private byte[] execute(byte[] body) {
    return switch (body[0]) {
      case 0x01 -> new byte[] {1, 0, 8, 'S', 'T', 'K', '5', '0', '0', '_', '2'};
      case 0x02 -> {
        parameters[body[1] & 0xFF] = body[2];
        yield new byte[] {2, 0};
      }
      case 0x03 -> new byte[] {3, 0, parameter(body[1] & 0xFF)};
      case 0x06 -> {
        load = (word(body, 1) << 1) + base;
        yield new byte[] {6, 0};
      }
      case 0x11 -> {
        for (int page = 0; page < flash.length; page += PAGE) {
          erase(page);
        }
        started = true;
        yield new byte[] {0x11, 0};
      }
      case 0x13 -> {
        program(body);
        yield new byte[] {0x13, 0};
      }
      case 0x14 -> read((body[1] & 0xFF) << 8 | body[2] & 0xFF);
      case 0x48 ->
          setsBaud
              ? new byte[] {0x48, 0, body[1], body[2], body[3], body[4]}
              : new byte[] {0x48, 0};
      default -> new byte[] {body[0], 0};
    };
  }

  private byte parameter(int number) {
    boolean id = deviceId != 0 && number >= 0x44 && number <= 0x47;
    return id ? (byte) (deviceId >>> 8 * (number - 0x44)) : parameters[number];
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  private void program(byte[] body) {
    int length = (body[1] & 0xFF) << 8 | body[2] & 0xFF;
    if (first && length >= 0x100 && (load & 0x1FF) == 0) {
      int image = Integer.reverseBytes(word(body, 10 + 0xF8));
      if (image != -1) {
        load += (image & 0xFFFF_0000) - base;
        base = image & 0xFFFF_0000;
      }
    }
    first = false;
    for (int i = 0; i < length && 10 + i < body.length; i++) {
      int at = load + i - BASE;
      if (at >= 0 && at < flash.length) {
        erase(at);
        flash[at] &= body[10 + i];
      }
    }
    load += length;
  }

  private void erase(int at) {
    int page = at & -PAGE;
    if (erased.add(page)) {
      Arrays.fill(flash, page, page + PAGE, (byte) 0xFF);
    }
  }

  private byte[] read(int length) {
    byte[] reply = new byte[length + 3];
    reply[0] = 0x14;
    for (int i = 0; i < length; i++, load++) {
      int at = load - BASE;
      boolean seen = at >= 0 && at < flash.length && erased.contains(at & -PAGE);
      reply[2 + i] = seen ? flash[at] : (byte) 0xFF;
    }
    return reply;
  }
}
