package org.vzrig.flasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.mpsse.LibUsbFinder;
import org.vzrig.flasher.mpsse.MpsseAdapter;
import org.vzrig.flasher.sim.FamilyImages;
import org.vzrig.flasher.sim.SimChip;
import org.vzrig.flasher.sim.SimHid;
import org.vzrig.flasher.sim.SimMpsse;
import org.vzrig.flasher.sim.SimPickit;
import org.vzrig.flasher.sim.SimTap;
import org.vzrig.flasher.sim.VirtualTime;
import org.vzrig.flasher.usb.HidChannel;

/** What goes wrong between USB adapters and parts, and what is said about it. */
class IcspErrorsTest {
  private final VirtualTime time = new VirtualTime();
  private @Nullable SimHid hid;
  private @Nullable SimMpsse bulk;

  private FlashJob job(String device, String wire, Deadline deadline) throws FlashException {
    Targets targets = new Targets(port -> null, (v, p, s) -> hid, (v, p, text, s) -> bulk, time);
    return new FlashJob(
        targets.opener(
            DeviceName.parse(device), Targets.Settings.pic32prog(115_200, 115_200, wire, 0, false)),
        new FlashJob.Options(java.util.Optional.empty(), false, false, true, false, true, 0),
        deadline,
        event -> {});
  }

  private FlashException probing(String device, String wire) {
    return assertThrows(
        FlashException.class,
        () -> job(device, wire, new Deadline(time, Duration.ofSeconds(60))).probe());
  }

  private static SimTap chip(int id) {
    return new SimTap(new SimChip(id));
  }

  @Test
  void aPickitWithoutAPart() {
    SimPickit firmware = new SimPickit(chip(0), false, false);
    hid = new SimHid(time, firmware);
    FlashException e = probing("pickit2", "");
    assertEquals(Reason.NO_TARGET, e.reason());
    assertTrue(e.text().contains("no part answers through PICkit2 Version 2.32.0"), e.text());
    assertTrue(hid.closed());
  }

  @Test
  void aBoardWithItsOwnPowerIsNotPowered() throws Exception {
    SimPickit firmware = new SimPickit(chip(0x6720_E053), true, true);
    hid = new SimHid(time, firmware);
    job("pickit3", "", new Deadline(time, Duration.ofSeconds(60))).probe();
    assertFalse(firmware.powers());
    assertTrue(
        hid.sent.stream().noneMatch(r -> r[0] == (byte) 0xA6 && r[2] == (byte) 0xFC), "VDD on");
  }

  @Test
  void aPickit3WithMplabFirmwareIsTold() {
    hid = new SimHid(time, (report, out) -> out.add(new byte[HidChannel.REPORT]));
    FlashException e = probing("pickit3", "");
    assertEquals(Reason.UNSUPPORTED, e.reason());
    assertTrue(e.text().contains("Scripting Tool"), e.text());
    assertTrue(hid.closed());
  }

  @Test
  void aSilentPickitIsReleased() {
    hid = new SimHid(time, (report, out) -> {});
    assertEquals(Reason.NO_TARGET, probing("pickit2", "").reason());
    assertTrue(hid.closed());
  }

  @Test
  void aShortedTargetIsTold() {
    byte[] status = new byte[HidChannel.REPORT];
    status[0] = 0x15; // VDD error
    hid =
        new SimHid(
            time,
            (report, out) -> {
              if (report[0] == (byte) 0xA9) {
                out.add(status);
              }
            });
    FlashException e = probing("pickit2", "");
    assertTrue(e.text().contains("expected status 0005, found 0015"), e.text());
  }

  @Test
  void aPickitHasNoJtag() {
    assertEquals(Reason.USAGE, probing("pickit2", "jtag").reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jtag", "icsp"})
  void anFtdiAdapterWithoutAPart(String wire) {
    bulk = new SimMpsse(time, MpsseAdapter.ALL.getFirst(), chip(0));
    FlashException e = probing("mpsse", wire);
    assertEquals(Reason.NO_TARGET, e.reason());
    assertTrue(e.text().contains("Olimex ARM-USB-Tiny"), e.text());
    assertTrue(bulk.closed());
  }

  @Test
  void anUnknownFtdiAdapterIsRefusedWithTheKnownOnes() {
    FlashException e = probing("mpsse:1234:5678", "");
    assertEquals(Reason.USAGE, e.reason());
    assertTrue(e.text().contains("15BA:002A (Olimex ARM-USB-Tiny-H)"), e.text());
    assertEquals(Reason.NO_TARGET, probing("mpsse:15ba:002a:X", "").reason());
  }

  /**
   * A part whose JTAG pins belong to the program starts in debug mode only after the key on TMS.
   */
  @Test
  void anMxIsRecovered() throws Exception {
    int id = FamilyImages.part(Family.MX1);
    SimChip chip = new SimChip(id).withJtagPinsInUse();
    bulk = new SimMpsse(time, MpsseAdapter.ALL.getFirst(), new SimTap(chip));
    byte[] read =
        job("mpsse", "jtag", new Deadline(time, Duration.ofSeconds(60))).read(0x1D00_0000, 8);
    assertEquals(0x77, read[7]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pickit2", "pickit3", "mpsse"})
  void aProtectedPartIsOnlyErased(String device) throws Exception {
    SimChip chip = new SimChip(0x6720_E053).protect();
    hid = new SimHid(time, new SimPickit(new SimTap(chip), device.equals("pickit3"), false));
    bulk = new SimMpsse(time, MpsseAdapter.ALL.getFirst(), new SimTap(chip));
    FlashException e =
        assertThrows(
            FlashException.class,
            () -> job(device, "", new Deadline(time, Duration.ofSeconds(60))).read(0x1D00_0000, 4));
    assertEquals(Reason.UNSUPPORTED, e.reason());
    hid = new SimHid(time, new SimPickit(new SimTap(chip), device.equals("pickit3"), false));
    job(device, "", new Deadline(time, Duration.ofSeconds(60))).erase();
    assertEquals(-1, chip.flash[0]);
  }

  @Test
  void whenInterruptedThePartIsLetGo() throws Exception {
    SimPickit firmware = new SimPickit(chip(0x6720_E053), false, false);
    hid = new SimHid(time, firmware);
    Deadline deadline = new Deadline(time, Duration.ofSeconds(60));
    Targets targets = new Targets(port -> null, (v, p, s) -> hid, BulkChannel.Finder.NONE, time);
    FlashJob job =
        new FlashJob(
            targets.opener(
                DeviceName.parse("pickit2"),
                Targets.Settings.pic32prog(115_200, 115_200, "", 0, false)),
            FlashJob.Options.DEFAULT,
            deadline,
            event -> {
              if (event instanceof FlashEvent.Began b && b.phase() == FlashEvent.Phase.READ) {
                deadline.cancel();
              }
            });
    FlashException e = assertThrows(FlashException.class, () -> job.read(0x1D00_0000, 5000));
    assertEquals(Reason.INTERRUPTED, e.reason());
    assertFalse(firmware.powers());
    assertTrue(hid.closed());
  }

  /** The real library, which surely has no such device. */
  @Test
  void libusbFindsNothing() throws Exception {
    try {
      assertFalse(new LibUsbFinder().open(0x1D6B, 0x7FFF, "", "") != null, "an impossible device");
    } catch (FlashException e) {
      assertTrue(e.text().contains("apt install libusb-1.0-0"), e.text());
      assertFalse("true".equals(System.getenv("CI")), e.text());
      Assumptions.abort(e.text());
    }
  }
}
