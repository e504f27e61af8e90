package org.vzrig.appliance.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.hil.serial.Pty;

/** How whole processes end when nothing answers, and that they let the port go. */
class FlashProcessTest {
  @TempDir Path folder;

  @Test
  void aMissingPortIsToldWithItsCode() {
    Result run = VzrigProcess.run("flash", "-d", "/dev/ttyNowhere");
    assertEquals(ExitCode.PORT.code(), run.exit(), run.err());
    assertTrue(
        run.err().contains("/dev/ttyNowhere: no such device (is the board plugged in?)"),
        run.err());
  }

  @Test
  void aSilentPortEndsAtTheDeadlineWithAHint() throws IOException {
    try (Pty pty = Pty.open()) {
      Result run =
          VzrigProcess.run(
              "flash", "--json", "-d", pty.slaveName(), "--deadline", "2", "--reset=none");
      assertEquals(ExitCode.DEADLINE.code(), run.exit(), run.err());
      assertTrue(run.err().contains("press reset?"), run.err());
      run.out().lines().forEach(l -> assertTrue(l.matches("\\{\"event\":.*}"), l));
    }
  }

  /** The port is held until the end, and by nobody afterwards. */
  @Test
  void controlCReleasesThePort() throws Exception {
    try (Pty pty = Pty.open()) {
      Process first = VzrigProcess.start("flash", "-d", pty.slaveName(), "--reset=none");
      awaitRequest(pty);
      Result second = VzrigProcess.run("flash", "-d", pty.slaveName());
      assertEquals(ExitCode.PORT.code(), second.exit(), second.err());
      assertTrue(second.err().contains("in use by"), second.err());
      new ProcessBuilder("kill", "-INT", Long.toString(first.pid())).start().waitFor();
      Result ended = VzrigProcess.finish(first);
      assertEquals(ExitCode.INTERRUPTED.code(), ended.exit(), ended.err());
      assertTrue(ended.err().contains("interrupted"), ended.err());
      Path lock = Path.of("/var/lock/LCK.." + Path.of(pty.slaveName()).getFileName());
      assertFalse(Files.exists(lock), "left: " + lock);
    }
  }

  /** Reading ends early when the port is opened, too. */
  private static void awaitRequest(Pty pty) throws IOException {
    byte[] request = new byte[1];
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (pty.read(request, 0, 1, Duration.ofSeconds(1)) == 0) {
      assertTrue(System.nanoTime() < end, "no SIGN_ON");
    }
    assertEquals(0x1B, request[0]);
  }

  @Test
  void aBadImageIsToldBeforeThePortIsTouched() throws IOException {
    Path image = folder.resolve("bad.hex");
    Files.writeString(image, ":0000000\n", StandardCharsets.US_ASCII);
    Result run = VzrigProcess.run("flash", "-d", "/dev/ttyNowhere", image.toString());
    assertEquals(ExitCode.BAD_IMAGE.code(), run.exit(), run.err());
    assertTrue(run.err().contains(image + ":1"), run.err());
    Result pic32prog = VzrigProcess.run("pic32prog", "-d", "/dev/ttyNowhere", image.toString());
    assertEquals(1, pic32prog.exit(), pic32prog.err());
  }
}
