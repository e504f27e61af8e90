package org.vzrig.flasher.icsp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.sim.Fault;
import org.vzrig.flasher.sim.SimAscii;
import org.vzrig.flasher.sim.SimChip;
import org.vzrig.flasher.sim.SimLine;
import org.vzrig.flasher.sim.SimTap;
import org.vzrig.flasher.sim.VirtualTime;

/** Whole jobs through the ascii adapter, the chip's TAP and its core, all simulated bit by bit. */
class IcspTargetTest {
  private static final Origin ORIGIN = new Origin("image", 0);
  private static final int[] EXECUTIVE = new Random(12).ints(Family.MZ.executiveWords()).toArray();

  private final VirtualTime time = new VirtualTime();
  private final SimChip chip = new SimChip(0x6720_E053, EXECUTIVE);
  private final SimAscii adapter = new SimAscii(new SimTap(chip));
  private final List<FlashEvent> events = new ArrayList<>();

  private FlashJob job(SimLine line, Optional<Path> executive, boolean changed)
      throws FlashException {
    Targets.Settings settings =
        new Targets.Settings(
            3, 3, ResetSequence.parse("none"), Duration.ofSeconds(1), 1, executive, "", 0, false);
    return new FlashJob(
        new Targets(port -> line, (v, p, serial) -> null, time)
            .opener(DeviceName.parse("ascii:/dev/sim"), settings),
        new FlashJob.Options(Optional.empty(), changed, false, true, false, true, 1),
        new Deadline(time, Duration.ofMinutes(20)),
        events::add);
  }

  private SimLine line() {
    return new SimLine(time, adapter, Fault.NONE, false);
  }

  private static Image image() throws ImageException {
    byte[] data = new byte[5000];
    new Random(3).nextBytes(data);
    ImageBuilder builder = new ImageBuilder().add(0x9D00_0000, data, ORIGIN);
    builder.add(0xBFC0_0000, new byte[] {1, 2, 3, 4}, ORIGIN);
    Boards.WIFIRE
        .devcfg()
        .words()
        .forEach(
            (address, word) ->
                builder.add(
                    address,
                    new byte[] {
                      word.byteValue(), (byte) (word >> 8), (byte) (word >> 16), (byte) (word >> 24)
                    },
                    ORIGIN));
    return builder.build();
  }

  private void assertHolds(Image image) {
    byte[] flash = new byte[chip.flash.length];
    Arrays.fill(flash, (byte) 0xFF);
    image.read(0x1D00_0000, flash);
    assertArrayEquals(flash, chip.flash);
    byte[] boot = new byte[chip.boot.length];
    Arrays.fill(boot, (byte) 0xFF);
    image.read(0x1FC0_0000, boot);
    boot[0xFF6F] &= 0x7F;
    assertArrayEquals(boot, chip.boot);
  }

  @Test
  void programsWithoutTheExecutive() throws Exception {
    SimLine line = line();
    job(line, Optional.empty(), false).program(image());
    assertHolds(image());
    assertFalse(line.inUse());
    assertFalse(adapter.powered());
  }

  @Test
  void programsThroughTheExecutive(@TempDir Path directory) throws Exception {
    byte[] code = new byte[4 * EXECUTIVE.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = (byte) (EXECUTIVE[i / 4] >>> 8 * (i % 4));
    }
    Path file = directory.resolve("pe.hex");
    Files.writeString(file, ImageWriter.hex(Image.of(0x900, code, ORIGIN), Addresses::kseg1));
    job(line(), Optional.of(file), false).program(image());
    assertHolds(image());
    byte[] wanted = new byte[300];
    image().read(0x1D00_0100, wanted);
    assertArrayEquals(wanted, job(line(), Optional.of(file), false).read(0x1D00_0100, 300));
  }

  @Test
  void anExecutiveOfAnotherSizeIsRefused(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("pe.hex");
    Files.writeString(
        file, ImageWriter.hex(Image.of(0x900, new byte[40], ORIGIN), Addresses::kseg1));
    FlashException e =
        assertThrows(
            FlashException.class, () -> job(line(), Optional.of(file), false).read(0x1D00_0000, 4));
    assertTrue(e.text().contains("expected 1052 words for the mz family, found 10"), e.text());
  }

  @Test
  void readsFlashAndConfiguration() throws Exception {
    chip.boot[0xFFC0] = 0x42;
    assertEquals(0x42, job(line(), Optional.empty(), false).read(0x1FC0_FFC0, 16)[0]);
  }

  @Test
  void onlyChangedPagesAreErasedAndWritten() throws Exception {
    job(line(), Optional.empty(), false).program(image());
    chip.flash[0x10_0000] = 0x12;
    chip.flash[3] ^= 0x40;
    job(line(), Optional.empty(), true).program(image());
    assertEquals(0x12, chip.flash[0x10_0000], "a page that the image does not use is kept");
    chip.flash[0x10_0000] = -1;
    assertHolds(image());
  }

  @Test
  void aProtectedPartCanOnlyBeErased() throws Exception {
    chip.protect();
    FlashException e =
        assertThrows(
            FlashException.class, () -> job(line(), Optional.empty(), false).program(image()));
    assertEquals(Reason.UNSUPPORTED, e.reason());
    assertEquals(0x77, chip.flash[0]);
    job(line(), Optional.empty(), false).erase();
    assertEquals(-1, chip.flash[0]);
    job(line(), Optional.empty(), false).program(image());
    assertHolds(image());
  }

  @Test
  void anImageWithBootCodeButNoConfigurationIsRefused() throws Exception {
    Image image = Image.of(0x1FC0_0000, new byte[] {1, 2, 3, 4}, ORIGIN);
    ImageException e =
        assertThrows(
            ImageException.class, () -> job(line(), Optional.empty(), false).program(image));
    assertTrue(String.valueOf(e.getMessage()).contains("no configuration words"));
    assertEquals(0x77, chip.flash[0], "nothing was erased");
  }

  @Test
  void noPartIsToldFromNoAdapter() {
    SimLine silent = new SimLine(time, (value, reply) -> {}, Fault.NONE, false);
    FlashException e =
        assertThrows(FlashException.class, () -> job(silent, Optional.empty(), false).probe());
    assertTrue(e.text().startsWith("no ascii ICSP adapter answers"), e.text());
    SimLine bare = new SimLine(time, new SimAscii(new SimTap(new SimChip(0))), Fault.NONE, false);
    FlashException f =
        assertThrows(FlashException.class, () -> job(bare, Optional.empty(), false).probe());
    assertTrue(f.text().startsWith("no part answers"), f.text());
  }

  /** A lost or damaged character anywhere ends in a right flash or in an error. */
  @Test
  void faultsNeverPassForSuccess() throws Exception {
    Random random = new Random(8);
    int good = 0;
    for (int i = 0; i < 30; i++) {
      Fault.Kind[] kinds = {
        Fault.Kind.LOSE_REQUEST_BYTE,
        Fault.Kind.CORRUPT_REQUEST_BYTE,
        Fault.Kind.LOSE_REPLY_BYTE,
        Fault.Kind.CORRUPT_REPLY_BYTE,
        Fault.Kind.SILENCE,
        Fault.Kind.CLOSE_PORT
      };
      Fault fault = new Fault(kinds[i % kinds.length], random.nextInt(60_000));
      try {
        job(new SimLine(time, adapter, fault, false), Optional.empty(), false).program(image());
        assertHolds(image());
        good++;
      } catch (FlashException | IllegalStateException e) {
        // an error is right, too; the simulated core stops at instructions it does not know
      }
    }
    assertTrue(good > 5, "only " + good);
  }
}
