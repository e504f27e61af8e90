package org.vzrig.flasher.usb;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.vzrig.flasher.Area;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Operation;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.Programmer;
import org.vzrig.flasher.Target;

/** Microchip's older USB boot loader. It answers queries and reads only; writes go unconfirmed. */
public final class HidBootTarget implements Target {
  private static final int QUERY = 2;
  private static final int UNLOCK = 3;
  private static final int ERASE = 4;
  private static final int PROGRAM = 5;
  private static final int COMPLETE = 6;
  private static final int GET_DATA = 7;
  private static final int RESET = 8;
  private static final int DATA = 56;
  private static final int BLOCK = 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final HidChannel device;
  private final Deadline deadline;
  private final int start;
  private final int size;
  private final boolean resets;

  private HidBootTarget(HidChannel device, Deadline deadline, int start, int size, boolean resets) {
    this.device = device;
    this.deadline = deadline;
    this.start = start;
    this.size = size;
    this.resets = resets;
  }

  /**
   * Asks the loader for its program area; closes {@code device} if it does not answer.
   *
   * @param resets whether the application is started in the end
   */
  public static HidBootTarget open(HidChannel device, Deadline deadline, boolean resets)
      throws IOException {
    try {
      byte[] reply = query(device, deadline);
      int start = Programmer.word(reply, 4) & 0x1FFF_FFFF;
      int size = Programmer.word(reply, 8) & 0x0FFF_FFFF;
      return new HidBootTarget(device, deadline, start, size, resets);
    } catch (IOException e) {
      device.close();
      throw e;
    }
  }

  private static byte[] query(HidChannel device, Deadline deadline) throws IOException {
    device.write(report(QUERY));
    byte[] reply = device.read(deadline.limit(TIMEOUT));
    boolean right =
        reply.length >= 12
            && reply[0] == QUERY
            && reply[1] == DATA
            && reply[2] == 3
            && reply[3] == 1;
    if (!right) {
      throw new FlashException(
          reply.length == 0 ? Reason.NO_TARGET : Reason.PROTOCOL,
          "QUERY: expected 02 38 03 01, found "
              + (reply.length == 0
                  ? "no answer"
                  : java.util.HexFormat.ofDelimiter(" ")
                      .withUpperCase()
                      .formatHex(reply, 0, Math.min(4, reply.length))));
    }
    return reply;
  }

  private static byte[] report(int command) {
    byte[] report = new byte[HidChannel.REPORT];
    report[0] = (byte) command;
    return report;
  }

  private static byte[] report(int command, int address, int length) {
    byte[] report = report(command);
    for (int i = 0; i < 4; i++) {
      report[1 + i] = (byte) (address >>> 8 * i);
    }
    report[5] = (byte) length;
    return report;
  }

  @Override
  public String description() {
    return "HID Bootloader";
  }

  @Override
  public Set<Operation> operations() {
    return EnumSet.of(
        Operation.PROBE, Operation.ERASE, Operation.PROGRAM, Operation.VERIFY, Operation.READ);
  }

  @Override
  public int deviceId() {
    return Parts.BOOTLOADER_ID | 0xD000_0000;
  }

  @Override
  public List<Area> areas() {
    return List.of(new Area(start, start + size - 1));
  }

  @Override
  public int blockBytes(Part part) {
    return BLOCK;
  }

  @Override
  public boolean writesBoot() {
    return false;
  }

  /** Erasing is not confirmed; a query is answered when it is over. */
  @Override
  public void erase() throws IOException {
    device.write(report(UNLOCK));
    device.write(report(ERASE));
    query(device, deadline);
  }

  /** Data stands at the end of the report. */
  @Override
  public void program(int address, byte[] block) throws IOException {
    deadline.check("programming");
    for (int at = 0; at < block.length; at += DATA) {
      byte[] data = Arrays.copyOfRange(block, at, Math.min(at + DATA, block.length));
      byte[] report = report(PROGRAM, address + at, data.length);
      System.arraycopy(data, 0, report, HidChannel.REPORT - data.length, data.length);
      device.write(report);
    }
    device.write(report(COMPLETE));
  }

  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    byte[] found = new byte[expected.length];
    read(address, found);
    return Programmer.difference(address, expected, found);
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    for (int at = 0; at < into.length; at += DATA) {
      deadline.check("reading");
      int length = Math.min(DATA, into.length - at);
      byte[] request = report(GET_DATA, address + at, length);
      device.write(request);
      byte[] reply = device.read(deadline.limit(TIMEOUT));
      if (reply.length < HidChannel.REPORT || !Arrays.equals(reply, 0, 6, request, 0, 6)) {
        throw new FlashException(
            Reason.PROTOCOL,
            "GET_DATA at %08X: expected its echo, found %s"
                .formatted(address + at, reply.length == 0 ? "no answer" : "another answer"));
      }
      System.arraycopy(reply, HidChannel.REPORT - length, into, at, length);
    }
  }

  @Override
  public void finish(boolean startApplication) throws IOException {
    if (resets) {
      device.write(report(RESET));
    }
  }

  @Override
  public void close() {
    device.close();
  }
}
