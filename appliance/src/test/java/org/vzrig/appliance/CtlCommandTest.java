package org.vzrig.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.daemon.Json;
import org.vzrig.appliance.daemon.RunningDaemon;
import picocli.CommandLine;

/** {@code vzrig ctl} as its users see it. */
class CtlCommandTest {
  @TempDir Path directory;

  private record Result(int exit, String out, String err) {}

  private static Result ctl(RunningDaemon rig, String... arguments) {
    List<String> all = new ArrayList<>(List.of("ctl", "--socket", rig.socket.toString()));
    all.addAll(List.of(arguments));
    return run(all);
  }

  private static Result run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = VzrigCommand.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(arguments.toArray(String[]::new));
    return new Result(exit, out.toString(), err.toString());
  }

  @Test
  void showsAndSwitchesTheRig() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory, "[serial]", "uart1 = ['tcp:0']")) {
      String status = ctl(rig, "status").out();
      assertTrue(status.contains("rig        bench (wifire)"), status);
      assertTrue(status.contains("state      running"), status);
      assertTrue(status.contains("guest 2    "), status);
      assertTrue(status.contains("route      uart1 tcp:"), status);
      assertTrue(status.contains("losses     none"), status);
      String json = ctl(rig, "status", "--json").out();
      assertEquals("wifire", Json.parse(json).path("board").asString());
      assertTrue(ctl(rig, "leds").out().matches("(LD[1-4] (on|off)\\s*){4}"));
      assertEquals(0, ctl(rig, "press", "btn1", "--for", "20ms").exit());
      assertEquals(0, ctl(rig, "pause").exit());
      assertTrue(ctl(rig, "status").out().contains("state      paused"));
      assertEquals(0, ctl(rig, "start").exit());
      assertEquals(0, ctl(rig, "reset").exit());
      assertEquals(0, ctl(rig, "type", "--guest", "1", "=").exit());
      assertEquals(0, ctl(rig, "snapshot", directory.resolve("x").toString()).exit());
      assertEquals(0, ctl(rig, "uart", "1", "remove", "tcp:0").exit());
      assertEquals(0, ctl(rig, "stop").exit());
      assertTrue(ctl(rig, "status").out().contains("state      off"));
    }
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      Result button = ctl(rig, "press", "BTN9");
      assertEquals(8, button.exit());
      assertEquals("vzrig: no button 'BTN9'; wifire has BTN1, BTN2\n", button.err());
      assertEquals(2, ctl(rig, "press").exit());
      assertEquals(2, ctl(rig, "press", "BTN1", "--for", "soon").exit());
      Result load = ctl(rig, "load", rig.file.toString());
      assertEquals(8, load.exit());
      assertTrue(load.err().contains("bench.toml:1: error"), load.err());
    }
    Result nobody = run(List.of("ctl", "--socket", directory.resolve("s").toString(), "status"));
    assertEquals(7, nobody.exit());
    assertTrue(nobody.err().contains("no such socket: no daemon runs"), nobody.err());
  }

  @Test
  void theConsoleGoesThroughPipes() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      Process console =
          VzrigProcess.builder("ctl", "--socket", rig.socket.toString(), "console", "1").start();
      try (OutputStream keys = console.getOutputStream();
          BufferedReader screen = console.inputReader(StandardCharsets.ISO_8859_1)) {
        keys.write('%');
        keys.flush();
        int shown = screen.read();
        while (shown != '%') {
          assertTrue(shown >= 0, "the console has ended");
          shown = screen.read();
        }
      } finally {
        console.destroyForcibly();
      }
    }
  }
}
