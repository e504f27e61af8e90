package org.vzrig.flasher.pic32prog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.sim.Fault;
import org.vzrig.flasher.sim.SimLine;
import org.vzrig.flasher.sim.SimLoader;
import org.vzrig.flasher.sim.SimTarget;
import org.vzrig.flasher.sim.VirtualTime;

class Pic32ProgTest {
  private static final String BANNER =
      "Programmer for Microchip PIC32 microcontrollers, Version 2.0.259\n";

  private final VirtualTime time = new VirtualTime();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private SimTarget target = new SimLoader().knowing(0x4720_E053);

  private int run(String... arguments) {
    out.reset();
    err.reset();
    SimLine line = new SimLine(time, target, Fault.NONE, true);
    Targets targets = new Targets(port -> line, (v, p, serial) -> null, time);
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

  private String complained() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static String file(Path directory, int length) throws Exception {
    byte[] data = new byte[length];
    Arrays.fill(data, (byte) 0x5A);
    Arrays.fill(data, 0xF8, 0x100, (byte) 0xFF);
    Path file = directory.resolve("test.hex");
    Image image = Image.of(0x1D00_0000, data, new Origin("x", 0));
    Files.writeString(file, ImageWriter.hex(image, Addresses::kseg0));
    return file.toString();
  }

  @Test
  void programsInPic32progsWords(@TempDir Path directory) throws Exception {
    assertEquals(0, run("-d", "/dev/ttyUSB0", file(directory, 3000)));
    String text = printed();
    String rate = text.substring(text.indexOf(" Program rate"));
    assertTrue(rate.matches(" Program rate: \\d+ bytes per second\n"), rate);
    assertEquals(
        BANNER
            + "    Copyright: vzrig, Apache License 2.0\n"
            + "      Adapter: STK500v2 Bootloader\n"
            + " Program area: 1d000000-1d1fffff\n"
            + "    Processor: MZ2048EFG100\n"
            + " Flash memory: 2048 kbytes\n"
            + "  Boot memory: 80 kbytes\n"
            + "         Data: 3000 bytes\n"
            + "        Erase: done\n"
            + "Program flash: ...\b\b\b#### done\n"
            + " Verify flash: ...\b\b\b### done\n"
            + rate,
        text);
  }

  @Test
  void probesAndDoesNotEmptyTheBoard() {
    assertEquals(0, run("-d/dev/ttyUSB0"));
    assertTrue(printed().contains("    Processor: MZ2048EFG100 (id 4720E053)\n"), printed());
    assertFalse(((SimLoader) target).started());
  }

  @Test
  void asksForAnotherSpeed(@TempDir Path directory) throws Exception {
    target = new SimLoader().withSetBaud();
    assertEquals(0, run("-d", "x", "-b115200", "-B", "1000000", "-S", file(directory, 600)));
    assertTrue(printed().contains("    Baud rate: 1000000 bps\n"));
    assertTrue(printed().contains("    Processor: Bootloader\n"));
    assertFalse(printed().contains("Verify flash"));
  }

  @Test
  void failuresExitNonZero(@TempDir Path directory) throws Exception {
    assertEquals(1, run("-d", "x", directory.resolve("none.hex").toString()));
    assertTrue(complained().contains("none.hex: no such file"), complained());
    assertEquals(1, run("-b", "12345"));
    assertTrue(complained().contains("Unknown baud 12345"));
    assertEquals(1, run("-Z"));
    assertEquals(1, run("-i", "spi"));
    assertEquals(1, run("a", "b"));
    assertEquals(1, run("-r", "a", "b"));
    assertEquals(1, run("-d", "x", "-r", directory + "/r.bin", "0x9d000000", "1024"));
    assertFalse(Files.exists(directory.resolve("r.bin")));
    assertEquals(1, run("-v", "-d", "x", file(directory, 600)));
    assertTrue(printed().contains("\nerror at address 1D000000: file=5A5A5A5A, mem=FFFFFFFF\n"));
    target = (value, reply) -> {};
    assertEquals(255, run("-d", "x"));
    assertTrue(complained().contains("\nNo target found.\n"), complained());
  }

  @Test
  void helpAndVersionSucceed() {
    for (String option : List.of("-h", "--help", "-C", "-W", "--warr")) {
      assertEquals(0, run(option), option);
    }
    assertEquals(0, run("-V"));
    assertEquals(BANNER, printed());
  }

  @Test
  void numbersAreReadAsInC() {
    assertEquals(0x9D00_0000L, CommandLine.number("0x9d000000"));
    assertEquals(8, CommandLine.number("010"));
    assertEquals(1024, CommandLine.number("1024k"));
    assertEquals(0, CommandLine.number("x"));
  }
}
