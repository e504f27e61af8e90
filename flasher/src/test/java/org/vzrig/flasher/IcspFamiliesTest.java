package org.vzrig.flasher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.flasher.mpsse.MpsseAdapter;
import org.vzrig.flasher.pic32prog.ConfigurationDump;
import org.vzrig.flasher.sim.FamilyImages;
import org.vzrig.flasher.sim.Fault;
import org.vzrig.flasher.sim.SimAscii;
import org.vzrig.flasher.sim.SimChip;
import org.vzrig.flasher.sim.SimHid;
import org.vzrig.flasher.sim.SimLine;
import org.vzrig.flasher.sim.SimMpsse;
import org.vzrig.flasher.sim.SimPickit;
import org.vzrig.flasher.sim.SimTap;
import org.vzrig.flasher.sim.VirtualTime;

/** The whole flow through every ICSP adapter on a simulated chip of every family. */
class IcspFamiliesTest {
  private final VirtualTime time = new VirtualTime();
  private final List<FlashEvent> events = new ArrayList<>();

  static Stream<Arguments> everything() {
    return Stream.of("ascii:/dev/sim", "pickit2", "pickit3", "mpsse jtag", "mpsse icsp")
        .flatMap(
            adapter ->
                Arrays.stream(Family.values())
                    .filter(f -> f != Family.BOOTLOADER)
                    .flatMap(
                        family ->
                            Stream.of(
                                Arguments.of(adapter, family, true),
                                Arguments.of(adapter, family, false))));
  }

  private Targets targets(SimTap tap) {
    SimLine line = new SimLine(time, new SimAscii(tap), Fault.NONE, false);
    return new Targets(
        port -> line,
        (vendor, product, serial) ->
            product == 0x0033 || product == 0x900A
                ? new SimHid(time, new SimPickit(tap, product == 0x900A, false))
                : null,
        (vendor, product, text, serial) ->
            new SimMpsse(
                time,
                MpsseAdapter.ALL.stream()
                    .filter(a -> a.product() == product && a.productString().equals(text))
                    .findFirst()
                    .orElseThrow(),
                tap),
        time);
  }

  private FlashJob job(String adapter, SimTap tap, Optional<Path> executive, boolean changed)
      throws FlashException {
    String[] words = adapter.split(" ", -1);
    Targets.Settings settings =
        new Targets.Settings(
            115_200,
            115_200,
            ResetSequence.parse("none"),
            Duration.ofSeconds(1),
            1,
            executive,
            words.length > 1 ? words[1] : "",
            0,
            false);
    FlashJob.TargetOpener opener = targets(tap).opener(DeviceName.parse(words[0]), settings);
    return new FlashJob(
        (deadline, listener) -> {
          Target target = opener.open(deadline, listener);
          return target;
        },
        new FlashJob.Options(Optional.empty(), changed, false, true, false, true, 0),
        new Deadline(time, Duration.ofMinutes(20)),
        events::add);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void erasesProgramsVerifiesAndReads(
      String adapter, Family family, boolean fast, @TempDir Path directory) throws Exception {
    SimChip chip = new SimChip(FamilyImages.part(family), FamilyImages.executive(family));
    SimTap tap = new SimTap(chip);
    Optional<Path> executive = fast ? Optional.of(executive(family, directory)) : Optional.empty();
    assertEquals(family, job(adapter, tap, executive, false).probe().family());
    job(adapter, tap, executive, false).program(FamilyImages.of(family));
    assertHolds(chip);
    job(adapter, tap, executive, false).verify(FamilyImages.of(family));
    job(adapter, tap, executive, false).probe();
    assertConfiguration(family);
    byte[] wanted = Arrays.copyOfRange(chip.flash, 0x10, 0x10 + 777);
    assertArrayEquals(wanted, job(adapter, tap, executive, false).read(0x1D00_0010, 777));
    chip.flash[100] ^= 0x20;
    chip.flash[chip.flash.length - 1] = 0x12;
    job(adapter, tap, executive, true).program(FamilyImages.of(family));
    assertEquals(0x12, chip.flash[chip.flash.length - 1], "a page of no concern is kept");
    chip.flash[chip.flash.length - 1] = -1;
    assertHolds(chip);
  }

  /** The last probe has told the words of the image. */
  private void assertConfiguration(Family family) {
    FlashEvent.Configured told = (FlashEvent.Configured) events.getLast();
    String name =
        switch (family) {
          case MK -> "BF2DEVCFG0";
          case MM_GPL, MM_GPM -> "AFICD";
          default -> "DEVCFG3";
        };
    int expected =
        switch (family) {
          case MX1, MX3 -> 0x0FFF_FFFF;
          case MZ -> 0x86FF_FFFF;
          case MK -> 0xFFFF_F7D7;
          default -> 0xFFFF_FFFB;
        };
    assertTrue(told.words().entrySet().contains(Map.entry(name, expected)), name);
    assertTrue(ConfigurationDump.of(family, told.words()).contains(name), name);
  }

  private static Path executive(Family family, Path directory) throws IOException {
    Path file = directory.resolve("pe.hex");
    Files.writeString(file, ImageWriter.hex(FamilyImages.executiveImage(family), Addresses::kseg1));
    return file;
  }

  private static void assertHolds(SimChip chip) throws Exception {
    assertArrayEquals(FamilyImages.flash(chip.family(), chip.flash.length), chip.flash);
    assertArrayEquals(FamilyImages.boot(chip.family(), 0x1FC0_0000, chip.boot.length), chip.boot);
    assertArrayEquals(
        FamilyImages.boot(chip.family(), 0x1FC2_0000, chip.upperBoot.length), chip.upperBoot);
  }
}
