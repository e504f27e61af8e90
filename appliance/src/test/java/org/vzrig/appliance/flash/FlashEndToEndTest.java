package org.vzrig.appliance.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzrig.appliance.Commands;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.run.LiveBoard;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Origin;

/**
 * From the command line to flash and back, over a pty: our programmer against the virtual board,
 * whose boot loader is MIPS code behind an emulated UART.
 */
@EnabledOnOs(OS.LINUX)
class FlashEndToEndTest {
  /** Sets UART4 up for 115200 baud and sends a K. */
  private static final int[] PROGRAM = {
    0x3C08BF82, // lui   t0, 0xbf82
    0x35082600, // ori   t0, t0, 0x2600      U4MODE
    0x24090035, // li    t1, 53
    0xAD090040, // sw    t1, 0x40(t0)        U4BRG
    0x34098000, // li    t1, 0x8000
    0xAD090000, // sw    t1, 0(t0)           ON
    0x24091400, // li    t1, 0x1400
    0xAD090010, // sw    t1, 0x10(t0)        URXEN, UTXEN
    0x2409004B, // li    t1, 'K'
    0xAD090020, // sw    t1, 0x20(t0)        U4TXREG
    0x1000FFFF, // b     .
    0x00000000, // nop
  };

  private static final int CODE = 0x1D00_1000;
  private static final int DATA_BYTES = 1000;

  @TempDir Path folder;
  private Image image = Image.of(CODE, new byte[4], new Origin("none", 0));
  private Path file = Path.of("none");

  /** How a command ended. */
  private record Ended(int exit, String out) {}

  @BeforeEach
  void makeImage() throws Exception {
    ByteBuffer code = ByteBuffer.allocate(4 * PROGRAM.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(PROGRAM).forEach(code::putInt);
    byte[] data = new byte[DATA_BYTES];
    new Random(8).nextBytes(data);
    Origin origin = new Origin("test", 0);
    image =
        new ImageBuilder().add(CODE, code.array(), origin).add(CODE + 0x1000, data, origin).build();
    file = folder.resolve("image.srec");
    Files.writeString(file, ImageWriter.srec(image, address -> address), StandardCharsets.US_ASCII);
  }

  private static Ended flash(String... arguments) {
    StringWriter out = new StringWriter();
    int exit = Commands.execute(new PrintWriter(out), arguments);
    assertFalse(out.toString().contains("\tat "), out.toString());
    return new Ended(exit, out.toString());
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what + " did not happen");
      LockSupport.parkNanos(5_000_000);
    }
  }

  /**
   * What is repaired ends with 0; what is not, with a code of the table; never with wrong flash.
   */
  @ParameterizedTest
  @CsvSource({
    "NONE,               0,    0",
    "CORRUPT_REPLY_BYTE, 0x01, 0",
    "LOSE_REQUEST_BYTE,  0x06, 0",
    "LOSE_REQUEST_BYTE,  0x13, 0",
    "CORRUPT_REQUEST_BYTE, 0x13, 0",
    "DUPLICATE_REPLY,    0x13, 0",
    "REFUSE,             0x13, 0",
    "LOSE_REPLY_BYTE,    0x14, 0",
    "CORRUPT_REPLY_BYTE, 0x14, 0",
    "LATE_REPLY,         0x14, 0",
    "WRONG_SEQUENCE,     0x14, 0",
    "SILENCE,            0x14, 0",
    "CLOSE_PORT,         0x01, 24",
    "CLOSE_PORT,         0x13, 24",
    "CLOSE_PORT,         0x14, 24",
    "CLOSE_PORT,         0x11, 24",
    "DEAD,               0,    26",
  })
  void troubleOnTheLineIsRepairedOrReported(Trouble trouble, String command, int exit)
      throws Exception {
    String seconds = trouble == Trouble.DEAD ? "2" : "60";
    try (LiveBoard board = new LiveBoard();
        FaultyLine line = new FaultyLine(board, trouble, Integer.decode(command))) {
      Ended ended = flash("flash", "-d", line.port(), "--deadline", seconds, file.toString());
      boolean gone = exit == 24 && ended.exit == 20; // seen when it was opened once more
      assertTrue(ended.exit == exit || gone, ended.exit + ": " + ended.out);
      assertEquals(trouble != Trouble.NONE && trouble != Trouble.DEAD, line.struck(), ended.out);
      if (ended.exit == 0) {
        assertTrue(board.holds(image), ended.out);
        until("the program's K", () -> board.console().endsWith("K"));
      } else {
        assertFalse(ended.out.contains("done:"), ended.out);
      }
    }
  }

  /** A day with the board: two processes, as in the README. */
  @Test
  void aBoardIsProgrammedReadComparedAndSwitchedOffAndOn() throws Exception {
    Path link = folder.resolve("board");
    Path flash = folder.resolve("board.flash");
    Process run = start(link, flash);
    try {
      Ended plan = flash("flash", "-d", link.toString(), "--dry-run", file.toString());
      assertEquals(0, plan.exit, plan.out);
      assertTrue(plan.out.contains("write   1D001000"), plan.out);
      assertFalse(plan.out.contains("program flash:"), plan.out);
      Ended first = flash("flash", "-d", link.toString(), file.toString());
      assertEquals(0, first.exit, first.out);
      assertTrue(first.out.indexOf("write   1D001000") < first.out.indexOf("erase:"), first.out);
      Ended same = flash("flash", "-d", link.toString(), "--changed", file.toString());
      assertEquals(0, same.exit, same.out);
      assertFalse(same.out.contains("program flash:"), same.out);
      Ended verify = flash("flash", "-d", link.toString(), "--verify-only", file.toString());
      assertEquals(0, verify.exit, verify.out);
      readsBack(link);
      differs(link);
      asPic32Prog(link);
    } finally {
      run.toHandle().destroy(); // SIGTERM
      assertTrue(run.waitFor(60, TimeUnit.SECONDS));
    }
    assertFalse(Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS));
    VzrigProcess.Result again =
        VzrigProcess.run(
            "run", "--flash", flash.toString(), "--pace=fast", "--expect=K", "--for=3s");
    assertEquals(0, again.exit(), again.err());
  }

  private static Process start(Path link, Path flash) {
    Process run = VzrigProcess.start("run", "--uart4", "pty:" + link, "--flash", flash.toString());
    until("a link to the pty", () -> Files.exists(link) || !run.isAlive());
    assertTrue(run.isAlive(), () -> VzrigProcess.finish(run).err());
    return run;
  }

  private void readsBack(Path link) throws Exception {
    Path out = folder.resolve("read.bin");
    Ended read =
        flash(
            "flash",
            "-d",
            link.toString(),
            "--read",
            out.toString(),
            "--at",
            "9D001000",
            "--length",
            "5120");
    assertEquals(0, read.exit, read.out);
    byte[] wanted = new byte[5120];
    Arrays.fill(wanted, (byte) 0xFF);
    image.read(CODE, wanted);
    assertArrayEquals(wanted, Files.readAllBytes(out));
  }

  /** Another image: the report names address, expected and found. */
  private void differs(Path link) throws Exception {
    Path other = folder.resolve("other.srec");
    Image one = Image.of(CODE, new byte[] {1, 2, 3, 4}, new Origin("other", 0));
    Files.writeString(other, ImageWriter.srec(one, address -> address), StandardCharsets.US_ASCII);
    Ended ended = flash("flash", "-d", link.toString(), "--verify-only", other.toString());
    assertEquals(25, ended.exit, ended.out);
    assertTrue(ended.out.contains("1D001000"), ended.out);
    assertTrue(ended.out.contains("04030201") && ended.out.contains("3C08BF82"), ended.out);
  }

  private void asPic32Prog(Path link) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(out, true, StandardCharsets.US_ASCII);
    int exit = Pic32ProgMain.run(to, to, "-d", link.toString(), file.toString());
    String text = out.toString(StandardCharsets.US_ASCII);
    assertEquals(0, exit, text);
    assertTrue(text.contains("    Processor: MZ2048EFG100"), text);
    assertTrue(text.contains(" Verify flash: ") && text.contains(" Program rate: "), text);
  }
}
