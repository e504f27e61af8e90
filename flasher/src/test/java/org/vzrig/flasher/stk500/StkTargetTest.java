package org.vzrig.flasher.stk500;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.sim.Fault;
import org.vzrig.flasher.sim.Fault.Kind;
import org.vzrig.flasher.sim.SimLine;
import org.vzrig.flasher.sim.SimLoader;
import org.vzrig.flasher.sim.VirtualTime;

class StkTargetTest {
  private final VirtualTime time = new VirtualTime();
  private final SimLoader loader = new SimLoader();
  private final List<FlashEvent> events = new ArrayList<>();

  private static StkOptions options(int fastBaud) throws FlashException {
    return new StkOptions(
        115_200, fastBaud, ResetSequence.parse("dtr"), Duration.ofSeconds(3), 50, 4);
  }

  private FlashJob job(SimLine line, FlashJob.Options options, int seconds) throws FlashException {
    StkOptions stk = options(115_200);
    return new FlashJob(
        (deadline, listener) -> StkTarget.open(line, stk, deadline, listener),
        options,
        new Deadline(time, Duration.ofSeconds(seconds)),
        events::add);
  }

  private static Image image(int address, int length, long seed) {
    byte[] data = new byte[length];
    new Random(seed).nextBytes(data);
    Arrays.fill(data, 0xF8, 0x100, (byte) 0xFF);
    return Image.of(address, data, new Origin("image", 0));
  }

  private boolean holds(Image image) {
    byte[] wanted = new byte[2 << 20];
    Arrays.fill(wanted, (byte) 0xFF);
    image.read(0x1D00_0000, wanted);
    return Arrays.equals(wanted, loader.flash);
  }

  @Test
  void programsVerifiesAndStarts() throws Exception {
    Arrays.fill(loader.flash, (byte) 0x11);
    SimLine line = new SimLine(time, loader, Fault.NONE, true);
    Image image = image(0x1D00_0000, 40_000, 1);
    job(line, FlashJob.Options.DEFAULT, 60).program(image);
    assertTrue(holds(image));
    assertTrue(loader.started());
    assertFalse(line.inUse());
    assertEquals(1, line.opened());
  }

  /** The bytes of the reference's table, in the order of a session. */
  @Test
  void sendsTheCommandsOfTheTable() throws Exception {
    byte[] page = new byte[256];
    Arrays.fill(page, (byte) 0xA5);
    Image image = Image.of(0x1D00_1100, page, new Origin("image", 0));
    job(new SimLine(time, loader, Fault.NONE, true), FlashJob.Options.DEFAULT, 60).program(image);
    HexFormat hex = HexFormat.of().withUpperCase();
    List<String> sent = loader.commands.stream().map(hex::formatHex).toList();
    assertEquals(
        List.of(
            "01",
            "10C86419200053" + "03AC530000",
            "02440B",
            "0245B0",
            "0246AF",
            "0247DE",
            "0344",
            "0345",
            "0346",
            "0347",
            "0356",
            "10C8641920005303AC530000",
            "0600000880",
            "130100" + "00".repeat(7) + "A5".repeat(256),
            "0600000880",
            "14010020",
            "110101"),
        sent);
  }

  @Test
  void framesAreThoseOfAvr068() {
    assertArrayEquals(
        new byte[] {0x1B, 1, 0, 1, 0x0E, 1, 0x14}, new StkFrame(1, new byte[] {1}).encode());
  }

  @Test
  void aLoaderThatKnowsItsPartIsBelieved() throws Exception {
    loader.knowing(0x4720_E053);
    SimLine line = new SimLine(time, loader, Fault.NONE, true);
    assertEquals("MZ2048EFG100", job(line, FlashJob.Options.DEFAULT, 10).probe().name());
    assertFalse(loader.started(), "leaving without having written would empty the board");
  }

  @Test
  void aLoaderThatDoesNotIsABootloader() throws Exception {
    SimLine line = new SimLine(time, loader, Fault.NONE, true);
    assertEquals(Parts.BOOTLOADER_ID, job(line, FlashJob.Options.DEFAULT, 10).probe().id());
  }

  @Test
  void takesAHigherSpeedWhereTheLoaderHasIt() throws Exception {
    for (boolean has : new boolean[] {true, false}) {
      SimLoader fast = has ? new SimLoader().withSetBaud() : new SimLoader();
      SimLine line = new SimLine(time, fast, Fault.NONE, true);
      events.clear();
      StkTarget.open(
              line, options(1_000_000), new Deadline(time, Duration.ofSeconds(9)), events::add)
          .close();
      assertEquals(List.of(new FlashEvent.Speed(has ? 1_000_000 : 115_200)), events);
    }
  }

  @Test
  void anImageThatRedirectsTheLoaderIsRefusedOrSplit() throws Exception {
    byte[] data = new byte[1024];
    Arrays.fill(data, (byte) 0x42);
    Image image = Image.of(0x1D00_0000, data, new Origin("image", 0));
    SimLine line = new SimLine(time, loader, Fault.NONE, true);
    ImageException refused =
        assertThrows(
            ImageException.class, () -> job(line, FlashJob.Options.DEFAULT, 60).program(image));
    assertTrue(String.valueOf(refused.getMessage()).contains("would redirect"));
    FlashJob.Options force =
        new FlashJob.Options(Optional.empty(), false, true, true, false, true, 0);
    StkOptions split = options(115_200);
    new FlashJob(
            (deadline, listener) -> StkTarget.open(line, split, deadline, listener),
            force,
            new Deadline(time, Duration.ofSeconds(60)),
            events::add)
        .program(image);
    assertTrue(holds(image));
  }

  @Test
  void anImageThatBeginsElsewhereCannotRedirectTheLoader() throws Exception {
    byte[] data = new byte[600];
    Arrays.fill(data, (byte) 0x24);
    Image image = Image.of(0x1D00_1000, data, new Origin("image", 0));
    job(new SimLine(time, loader, Fault.NONE, true), FlashJob.Options.DEFAULT, 60).program(image);
    assertTrue(holds(image));
  }

  @Test
  void aSilentPortEndsAtTheDeadline() throws Exception {
    SimLine line = new SimLine(time, (value, reply) -> {}, Fault.NONE, true);
    FlashException e =
        assertThrows(FlashException.class, () -> job(line, FlashJob.Options.DEFAULT, 20).probe());
    assertEquals(Reason.TIMEOUT, e.reason());
    assertTrue(time.nanos() < 22_000_000_000L, "took " + time.nanos());
    assertFalse(line.inUse());
  }

  @Test
  void anotherDeviceIsNotTakenForALoader() throws Exception {
    SimLine line =
        new SimLine(
            time,
            (value, reply) -> {
              if (value == 0x0E) {
                reply.send(
                    new StkFrame(1, new byte[] {1, 0, 3, 'A', 'B', 'C'}).encode(), 2_000_000);
              }
            },
            Fault.NONE,
            true);
    FlashException e =
        assertThrows(FlashException.class, () -> job(line, FlashJob.Options.DEFAULT, 20).probe());
    assertEquals(Reason.NO_TARGET, e.reason());
  }

  @Test
  void verifyWithoutProgrammingSaysWhyItCannotWork() throws Exception {
    Image image = image(0x1D00_0000, 1024, 3);
    System.arraycopy(image.segments().getFirst().data(), 0, loader.flash, 0, 1024);
    SimLine line = new SimLine(time, loader, Fault.NONE, true);
    FlashException e =
        assertThrows(
            FlashException.class, () -> job(line, FlashJob.Options.DEFAULT, 60).verify(image));
    assertEquals(Reason.VERIFY, e.reason());
    assertTrue(e.text().contains("verifying without programming cannot work"), e.text());
  }

  @Test
  void cancellingReleasesThePort() throws Exception {
    SimLine line = new SimLine(time, loader, Fault.NONE, true);
    Deadline deadline = new Deadline(time, Duration.ofSeconds(60));
    StkOptions stk = options(115_200);
    FlashJob job =
        new FlashJob(
            (d, listener) -> StkTarget.open(line, stk, d, listener),
            FlashJob.Options.DEFAULT,
            deadline,
            event -> {
              if (event instanceof FlashEvent.Advanced) {
                deadline.cancel();
              }
            });
    FlashException e =
        assertThrows(FlashException.class, () -> job.program(image(0x1D00_0000, 9000, 4)));
    assertEquals(Reason.INTERRUPTED, e.reason());
    assertFalse(line.inUse());
    assertFalse(loader.started());
  }

  /**
   * One fault of each kind at every byte or reply of a job that writes two pages: it either ends
   * with the right flash, or with a clean error; never with success and wrong flash.
   */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void everyFaultAtEveryPlaceIsRepairedOrReported(Kind kind) throws Exception {
    Image image = image(0x1D00_0000, 512, 7);
    SimLine whole = new SimLine(time, loader, Fault.NONE, true);
    job(whole, FlashJob.Options.DEFAULT, 60).program(image);
    int places =
        switch (kind) {
          case LOSE_REPLY_BYTE, CORRUPT_REPLY_BYTE -> whole.replyBytes();
          case LOSE_REPLY, LATE_REPLY, DUPLICATE_REPLY, WRONG_SEQUENCE, REFUSE -> 22;
          default -> whole.requestBytes();
        };
    for (int at = 0; at < places; at++) {
      SimLine line = new SimLine(time, loader, new Fault(kind, at), true);
      loader.reset();
      Arrays.fill(loader.flash, (byte) 0);
      try {
        job(line, FlashJob.Options.DEFAULT, 120).program(image);
        assertTrue(holds(image), kind + " at " + at);
      } catch (FlashException e) {
        // only the very last command can remain in doubt
        assertEquals(Reason.NOT_STARTED, e.reason(), kind + " at " + at + ": " + e.text());
        assertTrue(at >= places - 9, kind + " at " + at);
      }
      assertFalse(line.inUse());
    }
  }

  /** The same on a line without reset: the job may give up, but is never wrong. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE"})
  void withoutResetNothingIsReportedGoodThatIsNot(Kind kind) throws Exception {
    Image image = image(0x1D00_0000, 512, 8);
    int repaired = 0;
    for (int at = 0; at < 700; at += 2) {
      SimLine line = new SimLine(time, loader, new Fault(kind, at), false);
      loader.reset();
      Arrays.fill(loader.flash, (byte) 0);
      try {
        job(line, FlashJob.Options.DEFAULT, 60).program(image);
        assertTrue(holds(image), kind + " at " + at);
        repaired++;
      } catch (FlashException e) {
        assertTrue(e.reason() != Reason.USAGE, e.text());
      }
      assertFalse(line.inUse());
    }
    assertTrue(repaired >= least(kind), kind + ": only " + repaired);
  }

  private static int least(Kind kind) {
    return switch (kind) {
      case SILENCE -> 0;
      case CORRUPT_REQUEST_BYTE -> 325; // a wrong length makes the loader's buffer overrun
      default -> 345;
    };
  }

  /** Many faults at once; still never success with wrong flash. */
  @Test
  void noiseNeverPassesForSuccess() throws IOException, ImageException {
    Random random = new Random(99);
    for (int round = 0; round < 60; round++) {
      Image image = image(0x1D00_0000, 700, round);
      loader.reset();
      SimLine line =
          new SimLine(
              time,
              (value, reply) ->
                  loader.receive(
                      random.nextInt(400) == 0 ? value ^ 1 << random.nextInt(8) : value,
                      (bytes, delay) -> {
                        if (random.nextInt(30) == 0) {
                          bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(256);
                        }
                        reply.send(bytes, delay);
                      }),
              Fault.NONE,
              false);
      try {
        job(line, FlashJob.Options.DEFAULT, 60).program(image);
        assertTrue(holds(image), "round " + round);
      } catch (FlashException e) {
        assertFalse(line.inUse());
      }
    }
  }
}
