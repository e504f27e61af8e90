package org.vzrig.flasher.stk500;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.sim.VirtualBoard;

/** Our boot loader in the emulated WiFire, programmed through its UART and its flash controller. */
class VirtualBoardTest {
  private static final Origin ORIGIN = new Origin("image", 0);

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

  private final VirtualBoard board = new VirtualBoard();
  private final List<FlashEvent> events = new ArrayList<>();

  private FlashJob job(boolean changed) throws FlashException {
    StkOptions stk =
        new StkOptions(115_200, 115_200, ResetSequence.parse("none"), Duration.ofSeconds(3), 3, 4);
    return new FlashJob(
        (deadline, listener) -> StkTarget.open(board, stk, deadline, listener),
        new FlashJob.Options(Optional.empty(), changed, false, true, false, true, 1),
        new Deadline(board, Duration.ofSeconds(100)),
        events::add);
  }

  private static Image image(int extra, long seed) throws Exception {
    ByteBuffer code = ByteBuffer.allocate(4 * PROGRAM.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(PROGRAM).forEach(code::putInt);
    byte[] bytes = new byte[code.capacity()];
    code.get(0, bytes);
    byte[] data = new byte[extra];
    new Random(seed).nextBytes(data);
    return new ImageBuilder()
        .add(0x9D00_1000, bytes, ORIGIN)
        .add(0x9D00_2000, data, ORIGIN)
        .build();
  }

  @Test
  void programsVerifiesAndStartsTheProgram() throws Exception {
    Image image = image(1500, 1);
    job(false).program(image);
    FlashEvent.Opened opened =
        events.stream()
            .filter(FlashEvent.Opened.class::isInstance)
            .map(FlashEvent.Opened.class::cast)
            .findFirst()
            .get();
    assertEquals("MZ2048EFG100", opened.part().name());
    board.sleepMillis(20);
    assertEquals("K", board.console());
    byte[] wanted = new byte[0x2000];
    Arrays.fill(wanted, (byte) 0xFF);
    image.read(0x1D00_1000, wanted);
    assertArrayEquals(wanted, job(false).read(0x1D00_1000, 0x2000));
  }

  @Test
  void anEmptyBoardWaitsAndAProgrammedOneStartsAfterTwoSeconds() throws Exception {
    board.sleepMillis(2_500);
    job(false).program(image(4, 2));
    board.open(115_200).close();
    board.sleepMillis(1_900);
    assertEquals("", board.console());
    board.sleepMillis(200);
    assertEquals("K", board.console());
  }

  @Test
  void onlyChangedPagesAreWritten() throws Exception {
    job(false).program(image(4, 3));
    byte[] other = {1, 2, 3, 4};
    Image far = new ImageBuilder().add(image(4, 3)).add(0x9D10_0000, other, ORIGIN).build();
    events.clear();
    job(true).program(far);
    List<Integer> written =
        events.stream()
            .filter(FlashEvent.Began.class::isInstance)
            .map(FlashEvent.Began.class::cast)
            .filter(b -> b.phase() == FlashEvent.Phase.PROGRAM_FLASH)
            .map(FlashEvent.Began::bytes)
            .toList();
    assertEquals(List.of(1024), written, "the first page was right already");
    board.sleepMillis(20);
    assertEquals("K", board.console(), "the untouched page was kept");
  }

  /**
   * At 115200 baud the line is what limits: a page of 256 bytes costs 272 bytes and 8 back to
   * write, 10 and 265 back to compare. The rest is the flash controller, the loader and our own
   * turn-round.
   */
  @Test
  void reaches95PercentOfWhatTheLineAllows() throws Exception {
    byte[] data = new byte[8192];
    new Random(4).nextBytes(data);
    job(false).program(Image.of(0x1D00_2000, data, ORIGIN));
    long millis =
        events.stream()
            .filter(FlashEvent.Ended.class::isInstance)
            .map(FlashEvent.Ended.class::cast)
            .filter(e -> e.phase() != FlashEvent.Phase.ERASE)
            .mapToLong(FlashEvent.Ended::millis)
            .sum();
    double line = data.length / 256 * (272 + 8 + 10 + 265) * 10_000.0 / 115_200;
    assertTrue(line / millis >= 0.95, "%.1f %% of the line".formatted(100 * line / millis));
    System.out.printf(
        "STK500v2 at 115200 baud: %.1f %% of what the line allows%n", 100 * line / millis);
  }

  @Test
  void bootFlashIsNotForTheLoader() {
    Image image = Image.of(0x1FC0_0000, new byte[16], ORIGIN);
    assertTrue(
        String.valueOf(assertThrows(Exception.class, () -> job(false).program(image)).getMessage())
            .contains("boot flash holds the boot loader"));
  }
}
