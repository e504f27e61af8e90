package org.vzrig.flasher.an1388;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.Area;
import org.vzrig.flasher.ByteChannel;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Operation;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.Target;

/**
 * A boot loader of Microchip's application note 1388. Its replies carry no number, so after
 * anything went wrong a version request, whose reply is like no other, brings both sides back into
 * step.
 */
public final class An1388Target implements Target {
  /** Program flash that the loader is taken to manage; it does not tell. */
  static final int AREA_BYTES = 512 << 10;

  private static final byte READ_VERSION = 1;
  private static final byte ERASE = 2;
  private static final byte PROGRAM = 3;
  private static final byte READ_CRC = 4;
  private static final byte JUMP_APP = 5;
  private static final int BLOCK = 1024;
  private static final int RECORD = 32;
  private static final int RETRIES = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration ERASE_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofMillis(100);

  private final ByteChannel channel;
  private final Deadline deadline;
  private final FlashEvent.Listener events;
  private final An1388Frame.Decoder decoder = new An1388Frame.Decoder();
  private final byte[] buffer = new byte[256];
  private String description = "";
  private int upper = -1;

  private An1388Target(ByteChannel channel, Deadline deadline, FlashEvent.Listener events) {
    this.channel = channel;
    this.deadline = deadline;
    this.events = events;
  }

  /**
   * Asks the loader behind {@code channel} for its version; closes the channel if none answers.
   *
   * @param title "AN1388" or "AN1388 UART"
   * @param attempts how often to ask
   */
  public static An1388Target open(
      ByteChannel channel,
      String title,
      int attempts,
      Deadline deadline,
      FlashEvent.Listener events)
      throws IOException {
    An1388Target target = new An1388Target(channel, deadline, events);
    try {
      for (int i = 0; i < attempts; i++) {
        byte[] version = target.attempt(new byte[] {READ_VERSION}, TIMEOUT);
        if (version != null && version.length == 3) {
          target.description =
              "%s Bootloader Version %d.%d".formatted(title, version[1], version[2]);
          return target;
        }
      }
      throw new FlashException(Reason.NO_TARGET, "no AN1388 boot loader answers (press reset?)");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public Set<Operation> operations() {
    return EnumSet.of(Operation.PROBE, Operation.ERASE, Operation.PROGRAM, Operation.VERIFY);
  }

  @Override
  public int deviceId() {
    return Parts.BOOTLOADER_ID | 0xD000_0000;
  }

  @Override
  public List<Area> areas() {
    return List.of(new Area(Part.FLASH, Part.FLASH + AREA_BYTES - 1));
  }

  @Override
  public int blockBytes(Part part) {
    return BLOCK;
  }

  @Override
  public boolean writesBoot() {
    return false;
  }

  @Override
  public void erase() throws IOException {
    command("ERASE", new byte[] {ERASE}, 1, ERASE_TIMEOUT);
  }

  @Override
  public void program(int address, byte[] block) throws IOException {
    for (int at = 0; at < block.length; at += RECORD) {
      byte[] data = Arrays.copyOfRange(block, at, at + RECORD);
      if (!blank(data)) {
        data(address + at, data);
      }
    }
  }

  /** A record whose stuffed frame is too long for a USB report goes as two. */
  private void data(int address, byte[] data) throws IOException {
    select(address);
    byte[] request = request(hexRecord(address & 0xFFFF, 0, data));
    if (An1388Frame.encode(request).length > channel.capacity()) {
      int half = data.length / 2;
      data(address, Arrays.copyOf(data, half));
      data(address + half, Arrays.copyOfRange(data, half, data.length));
    } else {
      command("PROGRAM", request, 1, TIMEOUT);
    }
  }

  private static boolean blank(byte[] data) {
    for (byte b : data) {
      if (b != -1) {
        return false;
      }
    }
    return true;
  }

  private void select(int address) throws IOException {
    if (address >>> 16 != upper) {
      int wanted = address >>> 16;
      byte[] data = {(byte) (wanted >>> 8), (byte) wanted};
      command("PROGRAM", request(hexRecord(0, 4, data)), 1, TIMEOUT);
      upper = wanted;
    }
  }

  /** A record of Intel HEX in binary: length, offset, type, data, checksum. */
  static byte[] hexRecord(int offset, int type, byte[] data) {
    byte[] record = new byte[data.length + 5];
    record[0] = (byte) data.length;
    record[1] = (byte) (offset >>> 8);
    record[2] = (byte) offset;
    record[3] = (byte) type;
    System.arraycopy(data, 0, record, 4, data.length);
    byte sum = 0;
    for (byte b : record) {
      sum += b;
    }
    record[record.length - 1] = (byte) -sum;
    return record;
  }

  private static byte[] request(byte[] record) {
    byte[] request = new byte[record.length + 1];
    request[0] = PROGRAM;
    System.arraycopy(record, 0, request, 1, record.length);
    return request;
  }

  /** The loader can only tell a checksum, over virtual addresses. */
  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    byte[] request = new byte[9];
    request[0] = READ_CRC;
    little(request, 1, address | 0x8000_0000);
    little(request, 5, expected.length);
    byte[] reply = command("READ_CRC", request, 3, TIMEOUT);
    int found = reply[1] & 0xFF | (reply[2] & 0xFF) << 8;
    int wanted = An1388Frame.crc(expected, expected.length);
    List<Mismatch> mismatches = new ArrayList<>();
    if (found != wanted) {
      mismatches.add(new Mismatch(address, wanted, found, expected.length));
    }
    return mismatches;
  }

  private static void little(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    throw new FlashException(Reason.UNSUPPORTED, "AN1388 boot loaders cannot read flash back");
  }

  @Override
  public void finish(boolean start) throws IOException {
    if (start) {
      channel.send(An1388Frame.encode(new byte[] {JUMP_APP}));
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  private byte[] command(String name, byte[] request, int length, Duration timeout)
      throws IOException {
    for (int i = 0; i <= RETRIES; i++) {
      byte[] reply = attempt(request, timeout);
      if (reply != null && reply.length == length) {
        return reply;
      }
      events.on(new FlashEvent.Note(name + ": no proper answer; repeating"));
      resynchronise();
    }
    throw new FlashException(
        Reason.PROTOCOL,
        "%s: expected an answer of %d bytes, found none in %d attempts"
            .formatted(name, length, RETRIES + 1));
  }

  /** After this no reply to an earlier command can be mistaken for the next one's. */
  private void resynchronise() throws IOException {
    upper = -1;
    for (int i = 0; i <= RETRIES; i++) {
      while (channel.receive(buffer, deadline.limit(SILENCE)) > 0) {
        deadline.check("waiting for the line to fall silent");
      }
      byte[] version = attempt(new byte[] {READ_VERSION}, TIMEOUT);
      if (version != null && version.length == 3) {
        return;
      }
    }
  }

  private byte @Nullable [] attempt(byte[] request, Duration timeout) throws IOException {
    deadline.check("talking to the boot loader");
    decoder.clear();
    channel.send(An1388Frame.encode(request));
    long start = deadline.clock().nanos();
    Duration left = timeout;
    while (!left.isNegative() && !left.isZero()) {
      int count = channel.receive(buffer, deadline.limit(left));
      if (count == 0) {
        break;
      }
      for (int i = 0; i < count; i++) {
        byte[] reply = decoder.add(buffer[i]);
        if (reply != null && reply[0] == request[0]) {
          return reply;
        }
      }
      if (decoder.damaged()) {
        break;
      }
      left = timeout.minusNanos(deadline.clock().nanos() - start);
    }
    return null;
  }
}
