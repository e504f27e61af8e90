package org.vzrig.flasher.an1388;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.sim.Fault;
import org.vzrig.flasher.sim.Fault.Kind;
import org.vzrig.flasher.sim.SimAn1388;
import org.vzrig.flasher.sim.SimLine;
import org.vzrig.flasher.sim.VirtualTime;

class An1388TargetTest {
  private final VirtualTime time = new VirtualTime();
  private final SimAn1388 loader = new SimAn1388();

  private FlashJob job(SimLine line) throws FlashException {
    Targets targets = new Targets(port -> line, (v, p, serial) -> null, time);
    return new FlashJob(
        targets.opener(
            DeviceName.parse("an1388:/dev/sim"),
            Targets.Settings.pic32prog(115_200, 115_200, "", 0, false)),
        FlashJob.Options.DEFAULT,
        new Deadline(time, Duration.ofSeconds(200)),
        event -> {});
  }

  private boolean holds(Image image) {
    byte[] wanted = new byte[loader.flash.length];
    Arrays.fill(wanted, (byte) 0xFF);
    image.read(0x1D00_0000, wanted);
    return Arrays.equals(wanted, loader.flash);
  }

  private static Image image(int address, int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return Image.of(address, data, new Origin("image", 0));
  }

  @Test
  void programsAcross64KiBAndStarts() throws Exception {
    Image image = image(0x1D00_FF00, 1024);
    job(new SimLine(time, loader, Fault.NONE, true)).program(image);
    assertTrue(holds(image));
    assertTrue(loader.started());
  }

  @Test
  void framesAreThoseOfTheReference() {
    HexFormat hex = HexFormat.of().withUpperCase();
    assertEquals("0110012110" + "1004", hex.formatHex(An1388Frame.encode(new byte[] {1})));
    assertArrayEquals(
        new byte[] {2, 0, 0, 4, 0x1D, 0, (byte) 0xDD},
        An1388Target.hexRecord(0, 4, new byte[] {0x1D, 0}));
  }

  @Test
  void crcOfTheStandardCheckString() {
    byte[] check = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertEquals(0x31C3, An1388Frame.crc(check, check.length));
  }

  @Test
  void aSilentPortIsNoTarget() throws Exception {
    SimLine line = new SimLine(time, (value, reply) -> {}, Fault.NONE, true);
    FlashException e = assertThrows(FlashException.class, () -> job(line).probe());
    assertEquals(Reason.NO_TARGET, e.reason());
    assertFalse(line.inUse());
  }

  /** One fault of each kind at every byte: the right flash, or a clean error. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"WRONG_SEQUENCE", "REFUSE"})
  void faultsAreRepairedOrReported(Kind kind) throws Exception {
    Image image = image(0x1D00_0000, 128);
    int repaired = 0;
    int tried = 0;
    for (int at = 0; at < 260; at++, tried++) {
      Arrays.fill(loader.flash, (byte) 0);
      loader.reset();
      SimLine line = new SimLine(time, loader, new Fault(kind, at), true);
      try {
        job(line).program(image);
        assertTrue(holds(image), kind + " at " + at);
        repaired++;
      } catch (FlashException e) {
        assertFalse(line.inUse());
      }
    }
    assertTrue(repaired >= tried - 10, kind + ": only " + repaired);
  }
}
