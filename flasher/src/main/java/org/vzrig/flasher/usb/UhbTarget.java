package org.vzrig.flasher.usb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.vzrig.flasher.Area;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Operation;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.Target;

/**
 * mikroElektronika's USB boot loader. It cannot read back; every block is erased before it is first
 * written.
 */
public final class UhbTarget implements Target {
  private static final byte START = 0x0F;
  private static final int INFO = 2;
  private static final int BOOT = 3;
  private static final int REBOOT = 4;
  private static final int WRITE = 11;
  private static final int ERASE = 21;
  private static final int BLOCK = 1024;
  private static final int INFO_BYTES = 56;
  private static final int PIC32 = 20;
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final HidChannel device;
  private final Deadline deadline;
  private final byte[] info;
  private final Set<Integer> erased = new TreeSet<>();

  private UhbTarget(HidChannel device, Deadline deadline, byte[] info) {
    this.device = device;
    this.deadline = deadline;
    this.info = info;
  }

  /** Asks the loader who it is and keeps it; closes {@code device} if it does not answer. */
  public static UhbTarget open(HidChannel device, Deadline deadline) throws IOException {
    try {
      device.write(command(INFO, 0, 0));
      byte[] info = device.read(deadline.limit(TIMEOUT));
      if (info.length < HidChannel.REPORT || info[0] != INFO_BYTES || info[2] != PIC32) {
        throw new FlashException(
            info.length == 0 ? Reason.NO_TARGET : Reason.PROTOCOL,
            "INFO: expected 56 bytes about a PIC32, found "
                + (info.length == 0 ? "no answer" : "another answer"));
      }
      UhbTarget target = new UhbTarget(device, deadline, info);
      target.confirmed("BOOT", BOOT, command(BOOT, 0, 0));
      return target;
    } catch (IOException e) {
      device.close();
      throw e;
    }
  }

  private static byte[] command(int command, int address, int count) {
    byte[] report = new byte[HidChannel.REPORT];
    report[0] = START;
    report[1] = (byte) command;
    for (int i = 0; i < 4; i++) {
      report[2 + i] = (byte) (address >>> 8 * i);
    }
    report[6] = (byte) count;
    report[7] = (byte) (count >>> 8);
    return report;
  }

  private int word(int at) {
    return org.vzrig.flasher.Programmer.word(info, at);
  }

  private int half(int at) {
    return info[at] & 0xFF | (info[at + 1] & 0xFF) << 8;
  }

  private int eraseBlock() {
    return Math.max(half(14), BLOCK);
  }

  private int bootStart() {
    return word(28) & 0x1FFF_FFFF;
  }

  @Override
  public String description() {
    int end = 33;
    while (end < HidChannel.REPORT && info[end] != 0) {
      end++;
    }
    String name = new String(info, 33, end - 33, StandardCharsets.ISO_8859_1);
    return "UHB Bootloader '%s', Version %x.%02x"
        .formatted(name.replaceAll("[^ -~]", "?"), info[23], info[22]);
  }

  @Override
  public Set<Operation> operations() {
    return EnumSet.of(Operation.PROBE, Operation.PROGRAM);
  }

  @Override
  public int deviceId() {
    return Parts.BOOTLOADER_ID | 0xD000_0000;
  }

  @Override
  public List<Area> areas() {
    return List.of(new Area(Part.FLASH, Part.FLASH | (bootStart() & 0xFF_FFFF) - 1));
  }

  @Override
  public int blockBytes(Part part) {
    return BLOCK;
  }

  @Override
  public boolean writesBoot() {
    return false;
  }

  /** Blocks are erased one by one before they are written. */
  @Override
  public void erase() {
    erased.clear();
  }

  @Override
  public void program(int address, byte[] block) throws IOException {
    deadline.check("programming");
    int first = address & -eraseBlock();
    if (erased.add(first)) {
      confirmed("ERASE", ERASE, command(ERASE, first, 1));
    }
    device.write(command(WRITE, address, block.length));
    for (int at = 0; at < block.length; at += HidChannel.REPORT) {
      device.write(Arrays.copyOfRange(block, at, at + HidChannel.REPORT));
    }
    confirm("WRITE at %08X".formatted(address), WRITE);
  }

  private void confirmed(String name, int command, byte[] report) throws IOException {
    device.write(report);
    confirm(name, command);
  }

  private void confirm(String name, int command) throws IOException {
    byte[] reply = device.read(deadline.limit(TIMEOUT));
    if (reply.length < 2 || reply[0] != START || reply[1] != command) {
      throw new FlashException(
          Reason.PROTOCOL,
          "%s: expected 0F %02X, found %s"
              .formatted(name, command, reply.length == 0 ? "no answer" : "another answer"));
    }
  }

  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    throw unsupported();
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    throw unsupported();
  }

  private static FlashException unsupported() {
    return new FlashException(Reason.UNSUPPORTED, "this boot loader cannot read flash back");
  }

  @Override
  public void finish(boolean start) throws IOException {
    if (start) {
      device.write(command(REBOOT, 0, 0));
    }
  }

  @Override
  public void close() {
    device.close();
  }
}
