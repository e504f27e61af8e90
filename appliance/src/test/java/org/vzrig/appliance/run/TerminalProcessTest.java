package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.hil.serial.Pty;

/** {@code vzrig run} on a pseudo-terminal: raw keys in, console and LED line out. */
class TerminalProcessTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final StringBuilder screen = new StringBuilder();

  @Test
  void sendsKeysToTheBoardAndLeavesOnCtrlBracket() throws Exception {
    try (Pty pty = Pty.open()) {
      resize(pty, 24, 100);
      File terminal = new File(pty.slaveName());
      Process process =
          VzrigProcess.builder("run").redirectInput(terminal).redirectOutput(terminal).start();
      awaitText(pty, process, "#");
      type(pty, "\u0003\u00051@");
      awaitText(pty, process, "@");
      type(pty, "\u0005" + "01s");
      awaitText(pty, process, "Thread1: stopped");
      assertTrue(screen.toString().contains(" LD1 "), "the LEDs are shown");
      assertTrue(screen.toString().contains("Ctrl-] leaves"));
      type(pty, "\u001d");
      awaitText(pty, process, "\033[r");
      assertEquals(0, VzrigProcess.finish(process).exit());
    }
  }

  private static void resize(Pty pty, int rows, int columns) throws Exception {
    Process stty =
        new ProcessBuilder("stty", "rows", "" + rows, "cols", "" + columns)
            .redirectInput(new File(pty.slaveName()))
            .start();
    assertEquals(0, stty.waitFor());
  }

  private static void type(Pty pty, String keys) throws IOException {
    byte[] bytes = keys.getBytes(StandardCharsets.ISO_8859_1);
    pty.write(bytes, 0, bytes.length);
  }

  private void awaitText(Pty pty, Process process, String text) throws IOException {
    byte[] buffer = new byte[4096];
    long end = System.nanoTime() + PATIENCE.toNanos();
    int from = screen.length();
    while (screen.indexOf(text, from) < 0) {
      assertTrue(System.nanoTime() < end && process.isAlive(), () -> "no " + text + ": " + screen);
      int count = pty.read(buffer, 0, buffer.length, Duration.ofMillis(100));
      screen.append(new String(buffer, 0, Math.max(count, 0), StandardCharsets.UTF_8));
    }
  }
}
