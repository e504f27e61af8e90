package org.vzrig.flasher.icsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.sim.FamilyImages;
import org.vzrig.flasher.sim.SimAscii;
import org.vzrig.flasher.sim.SimChip;
import org.vzrig.flasher.sim.SimTap;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.JsscLine;
import org.vzrig.hil.serial.Pty;

/** The ascii adapter through the serial port library and a pseudo-terminal of the host. */
@EnabledOnOs(OS.LINUX)
class AsciiPtyTest {
  private final AtomicBoolean done = new AtomicBoolean();

  private void serve(Pty pty, SimAscii adapter) {
    byte[] buffer = new byte[256];
    try {
      while (!done.get()) {
        int count = pty.read(buffer, 0, buffer.length, Duration.ofMillis(50));
        for (int i = 0; i < count; i++) {
          adapter.receive(buffer[i] & 0xFF, (bytes, delay) -> answer(pty, bytes));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(Pty pty, byte[] bytes) {
    try {
      for (int sent = 0; sent < bytes.length; ) {
        sent += pty.write(bytes, sent, bytes.length - sent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FlashJob job(Pty pty) throws IOException {
    return new FlashJob(
        new Targets(JsscLine::opener, (v, p, serial) -> null, HostClock.system())
            .opener(
                DeviceName.parse("ascii:" + pty.slaveName()),
                Targets.Settings.pic32prog(115_200, 115_200, "", 0, false)),
        FlashJob.Options.DEFAULT,
        new Deadline(HostClock.system(), Duration.ofMinutes(2)),
        event -> {});
  }

  @Test
  void erases() throws Exception {
    SimChip chip = new SimChip(FamilyImages.part(Family.MX1));
    SimAscii adapter = new SimAscii(new SimTap(chip));
    try (Pty pty = Pty.open()) {
      Thread server = Thread.ofPlatform().start(() -> serve(pty, adapter));
      job(pty).erase();
      assertEquals(-1, chip.flash[0], "erased");
      assertFalse(adapter.powered());
      done.set(true);
      server.join();
    }
  }
}
