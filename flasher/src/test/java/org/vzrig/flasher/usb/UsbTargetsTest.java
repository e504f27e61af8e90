package org.vzrig.flasher.usb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.sim.SimAn1388;
import org.vzrig.flasher.sim.SimHid;
import org.vzrig.flasher.sim.VirtualTime;

class UsbTargetsTest {
  private static final UsbTargets.Options OPTIONS =
      new UsbTargets.Options(true, Optional.empty(), false, 0);

  private static final int START = 0x1D00_0000;

  private final VirtualTime time = new VirtualTime();
  private final byte[] flash = new byte[64 << 10];

  private FlashJob job(SimHid device, String name, boolean verify) throws FlashException {
    UsbTargets targets =
        new UsbTargets((vendor, product, serial) -> device, BulkChannel.Finder.NONE);
    DeviceName parsed = DeviceName.parse(name);
    return new FlashJob(
        (deadline, events) -> targets.open(parsed, deadline, events, OPTIONS),
        new FlashJob.Options(Optional.empty(), false, false, verify, false, true, 0),
        new Deadline(time, Duration.ofSeconds(100)),
        event -> {});
  }

  private static Image image() {
    byte[] data = new byte[3000];
    new Random(2).nextBytes(data);
    return Image.of(START + 0x1000, data, new Origin("image", 0));
  }

  private void assertHolds() {
    byte[] wanted = new byte[flash.length];
    Arrays.fill(wanted, (byte) 0xFF);
    image().read(START, wanted);
    assertArrayEquals(wanted, flash);
  }

  private static int little(byte[] bytes, int at) {
    return org.vzrig.flasher.Programmer.word(bytes, at);
  }

  private static byte[] report(String hex) {
    return Arrays.copyOf(HexFormat.of().parseHex(hex), HidChannel.REPORT);
  }

  /** The older loader, from the reference's section 9. */
  private void hidBoot(byte[] report, ArrayDeque<byte[]> out) {
    switch (report[0]) {
      case 2 -> out.add(report("0238030100" + "00009D" + "00000100"));
      case 4 -> Arrays.fill(flash, (byte) 0xFF);
      case 5 -> {
        int at = little(report, 1) - START;
        System.arraycopy(report, 64 - report[5], flash, at, report[5]);
      }
      case 7 -> {
        byte[] reply = report.clone();
        System.arraycopy(flash, little(report, 1) - START, reply, 64 - report[5], report[5]);
        out.add(reply);
      }
      default -> {}
    }
  }

  @Test
  void olderLoader() throws Exception {
    SimHid device = new SimHid(time, this::hidBoot);
    job(device, "hidboot:04d8:003c", true).program(image());
    assertHolds();
    assertTrue(device.closed());
    HexFormat hex = HexFormat.of().withUpperCase();
    assertEquals("02", hex.formatHex(device.sent.getFirst(), 0, 1));
    assertEquals("03", hex.formatHex(device.sent.get(1), 0, 1));
    assertEquals("04", hex.formatHex(device.sent.get(2), 0, 1));
    assertEquals("05" + "0010001D" + "38" + "0000", hex.formatHex(device.sent.get(4), 0, 8));
    assertEquals("08", hex.formatHex(device.sent.getLast(), 0, 1));
  }

  @Test
  void olderLoaderReads() throws Exception {
    new Random(9).nextBytes(flash);
    byte[] read = job(new SimHid(time, this::hidBoot), "hidboot", true).read(START + 5, 1500);
    assertArrayEquals(Arrays.copyOfRange(flash, 5, 1505), read);
  }

  /** mikroE's loader, from the reference's section 10. */
  private final class Uhb {
    private int writing;
    private int left;

    void report(byte[] report, ArrayDeque<byte[]> out) {
      if (left > 0) {
        System.arraycopy(report, 0, flash, writing, 64);
        writing += 64;
        left -= 64;
        if (left == 0) {
          out.add(UsbTargetsTest.report("0F0B"));
        }
        return;
      }
      int at = little(report, 2) - START;
      switch (report[1]) {
        case 2 -> out.add(info());
        case 3 -> out.add(UsbTargetsTest.report("0F03"));
        case 11 -> {
          writing = at;
          left = report[6] & 0xFF | (report[7] & 0xFF) << 8;
        }
        case 21 -> {
          Arrays.fill(flash, at, at + 4096, (byte) 0xFF);
          out.add(UsbTargetsTest.report("0F15"));
        }
        default -> {}
      }
    }

    private byte[] info() {
      byte[] info =
          UsbTargetsTest.report(
              "38011400"
                  + "08000000"
                  + "00000800"
                  + "03000010"
                  + "04000004"
                  + "05001203"
                  + "06000000"
                  + "0000049D"
                  + "07");
      System.arraycopy(new byte[] {'m', 'i', 'k', 'r', 'o'}, 0, info, 33, 5);
      return info;
    }
  }

  @Test
  void mikroElektronikasLoader() throws Exception {
    SimHid device = new SimHid(time, new Uhb()::report);
    Arrays.fill(flash, (byte) 0xFF);
    job(device, "uhb:1234:0001", false).program(image());
    assertHolds();
    HexFormat hex = HexFormat.of().withUpperCase();
    assertEquals("0F02", hex.formatHex(device.sent.get(0), 0, 2), "INFO");
    assertEquals("0F03", hex.formatHex(device.sent.get(1), 0, 2), "BOOT");
    assertEquals("0F15" + "0010001D" + "0100", hex.formatHex(device.sent.get(2), 0, 8), "ERASE");
    assertEquals("0F0B" + "0010001D" + "0004", hex.formatHex(device.sent.get(3), 0, 8), "WRITE");
    assertEquals("0F04", hex.formatHex(device.sent.getLast(), 0, 2), "REBOOT");
    FlashException e =
        assertThrows(
            FlashException.class,
            () -> job(new SimHid(time, new Uhb()::report), "uhb", true).program(image()));
    assertEquals(Reason.UNSUPPORTED, e.reason(), "it cannot be verified, which must be said");
  }

  @Test
  void an1388InReports() throws Exception {
    SimAn1388 loader = new SimAn1388();
    SimHid device =
        new SimHid(
            time,
            (report, out) -> {
              for (byte b : report) {
                loader.receive(b & 0xFF, (bytes, delay) -> out.add(Arrays.copyOf(bytes, 64)));
              }
            });
    byte[] data = new byte[2048];
    Arrays.fill(data, (byte) 0x04); // every byte is stuffed: no 32-byte record fits a report
    Image image = Image.of(START, data, new Origin("image", 0));
    job(device, "an1388:04d8:003c", true).program(image);
    assertArrayEquals(data, Arrays.copyOf(loader.flash, 2048));
    assertTrue(loader.started());
    assertEquals(
        "0110012110100404", HexFormat.of().formatHex(device.sent.getFirst(), 0, 8), "READ_VERSION");
    assertEquals("0404", HexFormat.of().formatHex(device.sent.getFirst(), 62, 64), "filled by 04");
  }

  /** PICkits, FTDI adapters, then boot loaders; AN1388 before the older one with the same id. */
  @Test
  void devicesAreLookedForInOrder() {
    List<String> asked = new ArrayList<>();
    UsbTargets targets =
        new UsbTargets(
            (vendor, product, serial) -> {
              asked.add("%04X:%04X".formatted(vendor, product));
              return null;
            },
            (vendor, product, text, serial) -> {
              asked.add("%04X:%04X %s".formatted(vendor, product, text).strip());
              return null;
            });
    assertThrows(
        FlashException.class,
        () ->
            targets.open(
                DeviceName.ANY, new Deadline(time, Duration.ofSeconds(1)), e -> {}, OPTIONS));
    assertEquals(
        List.of(
            "04D8:0033",
            "04D8:900A",
            "04D8:8108",
            "04D8:8107",
            "15BA:0004",
            "15BA:002A",
            "15BA:002B",
            "15BA:0036",
            "0403:6010 Flyswatter",
            "0403:6010 Neofoxx JTAG/SWD adapter",
            "0403:6010",
            "04D8:003C",
            "04D8:003C",
            "04D8:FA8D",
            "15BA:0032",
            "1234:0001"),
        asked);
  }

  @Test
  void nothingConnected() {
    UsbTargets targets = new UsbTargets((vendor, product, serial) -> null, BulkChannel.Finder.NONE);
    FlashException e =
        assertThrows(
            FlashException.class,
            () ->
                targets.open(
                    DeviceName.ANY,
                    new Deadline(time, Duration.ofSeconds(1)),
                    event -> {},
                    OPTIONS));
    assertEquals(Reason.NO_TARGET, e.reason());
  }

  @Test
  void aSilentDeviceIsReleased() throws Exception {
    for (String name : new String[] {"hidboot:1:2", "uhb:1:2", "an1388:1:2"}) {
      SimHid device = new SimHid(time, (report, out) -> {});
      FlashException e = assertThrows(FlashException.class, () -> job(device, name, true).probe());
      assertEquals(Reason.NO_TARGET, e.reason(), name);
      assertTrue(device.closed(), name);
    }
  }
}
