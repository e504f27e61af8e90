package org.vzrig.flasher.stk500;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.sim.PtyBoard;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.JsscLine;

/** The same through the serial port library and a pseudo-terminal of the host. */
@EnabledOnOs(OS.LINUX)
class PtyBoardTest {
  private static FlashJob job(PtyBoard board, FlashEvent.Listener events) throws Exception {
    return new FlashJob(
        new Targets(JsscLine::opener, (v, p, serial) -> null, HostClock.system())
            .opener(
                DeviceName.parse(board.port()),
                Targets.Settings.pic32prog(115_200, 115_200, "", 0, false)),
        FlashJob.Options.DEFAULT,
        new Deadline(HostClock.system(), Duration.ofMinutes(2)),
        events);
  }

  @Test
  void programsVerifiesAndReadsBack() throws Exception {
    byte[] data = new byte[3000];
    new Random(6).nextBytes(data);
    data[0] = data[1] = data[2] = data[3] = (byte) 0xFF;
    Image image = Image.of(0x1D00_2000, data, new Origin("image", 0));
    List<FlashEvent> events = new ArrayList<>();
    try (PtyBoard board = new PtyBoard()) {
      assertEquals("MZ2048EFG100", job(board, events::add).probe().name());
    }
    try (PtyBoard board = new PtyBoard()) {
      job(board, events::add).program(image);
    }
    try (PtyBoard board = new PtyBoard()) {
      byte[] erased = new byte[16];
      java.util.Arrays.fill(erased, (byte) 0xFF);
      assertArrayEquals(erased, job(board, events::add).read(0x1D00_0000, 16));
    }
  }
}
