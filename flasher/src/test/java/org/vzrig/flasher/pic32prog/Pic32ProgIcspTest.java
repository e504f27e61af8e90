package org.vzrig.flasher.pic32prog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.sim.FamilyImages;
import org.vzrig.flasher.sim.SimChip;
import org.vzrig.flasher.sim.SimHid;
import org.vzrig.flasher.sim.SimPickit;
import org.vzrig.flasher.sim.SimTap;
import org.vzrig.flasher.sim.VirtualTime;

/** pic32prog's command line on a PICkit. */
class Pic32ProgIcspTest {
  private final VirtualTime time = new VirtualTime();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final SimChip chip = new SimChip(0x6720_E053);

  private int run(String... arguments) {
    out.reset();
    Targets targets =
        new Targets(
            port -> {
              throw new IllegalStateException(port);
            },
            (vendor, product, serial) ->
                product == 0x0033
                    ? new SimHid(time, new SimPickit(new SimTap(chip), false, false))
                    : null,
            time);
    return new Pic32Prog(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            targets,
            time,
            deadline -> {})
        .run(arguments);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void probingPrintsTheConfiguration() throws Exception {
    byte[] boot = FamilyImages.boot(Family.MZ, 0x1FC0_0000, chip.boot.length);
    System.arraycopy(boot, 0, chip.boot, 0, boot.length);
    assertEquals(0, run());
    String text = printed();
    assertTrue(
        text.contains(
            """
                  Adapter: PICkit2 Version 2.32.0
                Processor: MZ2048EFG100 (id 6720E053)
             Flash memory: 2048 kbytes
              Boot memory: 80 kbytes
            Configuration:
                DEVCFG0 = fffff7d7
                                 3 Debugger disabled
            """),
        text);
    assertTrue(text.endsWith("USBID pin: controlled by port\n"), text);
  }

  @Test
  void programsReadsAndErases(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("mz.hex");
    Files.writeString(file, ImageWriter.hex(FamilyImages.of(Family.MZ), Addresses::kseg1));
    assertEquals(0, run("-d", "pickit2", file.toString()), err.toString(StandardCharsets.UTF_8));
    assertArrayEquals(FamilyImages.flash(Family.MZ, chip.flash.length), chip.flash);
    assertTrue(printed().contains(" Program boot: ..."), printed());
    assertTrue(printed().contains("  Verify boot: ..."), printed());
    assertEquals(0, run("-v", file.toString()));
    Path read = directory.resolve("out.bin");
    assertEquals(0, run("-r", read.toString(), "0x9d000000", "3000"));
    assertArrayEquals(Arrays.copyOf(chip.flash, 3000), Files.readAllBytes(read));
    assertEquals(0, run("-e"));
    assertTrue(printed().contains("        Erase: done\n"), printed());
    assertEquals(-1, chip.flash[0]);
    assertEquals(1, run("-v", file.toString()));
    assertEquals(1, run("-i", "jtag", "-d", "pickit2", file.toString()));
  }

  private String complaint(Path file, String content) throws Exception {
    err.reset();
    Files.writeString(file, content);
    assertEquals(1, run("-d", "pickit2", file.toString()));
    return err.toString(StandardCharsets.UTF_8);
  }

  /** pic32prog's words come first, then where it is and what was expected. */
  @Test
  void complaintsBeginInPic32progsWords(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("x");
    assertTrue(complaint(file, "S1\n").startsWith(file + ": bad SREC record: S1\n"));
    assertTrue(complaint(file, "\n:0000\n").startsWith(file + ": bad HEX record: :0000\n"));
    assertTrue(complaint(file, "hello\n").startsWith(file + ": bad file format\n"));
    String boot = complaint(file, ":020000041FC01B\n:0400000001020304F2\n:00000001FF\n");
    assertTrue(
        boot.startsWith("DEVCFG values are missing -- check your HEX file!\n")
            && boot.contains("1FC0FFCC: the image has boot flash contents but no configuration"),
        boot);
    err.reset();
    assertEquals(1, run("-d", "pickit2", directory.resolve("none").toString()));
    assertTrue(
        err.toString(StandardCharsets.UTF_8)
            .startsWith(directory.resolve("none") + ": No such file or directory\n"));
    assertEquals(0x77, chip.flash[0], "nothing was erased");
  }

  @Test
  void anUnknownPartIsToldByItsId() {
    SimChip other = new SimChip(0x1234_5053);
    Targets targets =
        new Targets(
            port -> {
              throw new IllegalStateException(port);
            },
            (vendor, product, serial) ->
                new SimHid(time, new SimPickit(new SimTap(other), false, false)),
            time);
    int exit =
        new Pic32Prog(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                targets,
                time,
                deadline -> {})
            .run();
    assertEquals(1, exit);
    assertTrue(
        err.toString(StandardCharsets.UTF_8).startsWith("Unknown CPUID=12345053.\n"),
        err.toString(StandardCharsets.UTF_8));
  }
}
