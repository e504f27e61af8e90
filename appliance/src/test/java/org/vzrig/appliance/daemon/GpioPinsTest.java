package org.vzrig.appliance.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Button;
import org.vzrig.hil.gpio.MemoryLines;
import tools.jackson.databind.JsonNode;

/** Wires of a daemon, on lines in memory. */
class GpioPinsTest {
  private static final Button BUTTON = Boards.WIFIRE.button("BTN1").orElseThrow();

  @TempDir Path directory;
  private final BlockingQueue<String> driven = new LinkedBlockingQueue<>();
  private final MemoryLines lines =
      new MemoryLines((wiring, high) -> driven.add(wiring.name() + (high ? "+" : "-")));

  private RunningDaemon rig(String wires) throws CommandFailure, IOException {
    return new RunningDaemon(gpio -> lines, directory, "[gpio]", "lines = [" + wires + "]");
  }

  private static boolean level(RunningDaemon rig) throws Exception {
    PoweredMachine machine = rig.daemon().host().running();
    return machine.call(() -> machine.target().pins().level(BUTTON.pin())).get();
  }

  @Test
  void ledsDriveLinesUntilTheMachineIsOff() throws Exception {
    try (RunningDaemon rig = rig("'LD1=gpiochip0/17,low'")) {
      assertEquals("LD1+", driven.take(), "dark at first");
      assertEquals("LD1-", driven.take(), "guest 1 toggles it each second");
      JsonNode gpio = rig.ask("status").path("gpio");
      assertEquals("gpiochip0/17", gpio.path("lines").path(0).path("line").asString());
      assertTrue(gpio.path("lines").path(0).path("active").asBoolean());
      assertEquals(1, gpio.path("edges").asInt());
      assertEquals(0, gpio.path("merged").asInt());
      rig.ask("stop");
      assertEquals("LD1+", driven.take(), "safe");
      assertFalse(lines.used("gpiochip0/17"));
      assertFalse(
          rig.ask("status").path("gpio").path("lines").path(0).has("active"), "nothing is driven");
    }
  }

  @Test
  void linesPressButtons() throws Exception {
    try (RunningDaemon rig = rig("'BTN1=gpiochip0/4,debounce=0'")) {
      assertEquals(BUTTON.activeLow(), level(rig));
      lines.put("gpiochip0/4", true);
      while (level(rig) == BUTTON.activeLow()) {
        LockSupport.parkNanos(1_000_000);
      }
      assertTrue(rig.ask("status").path("gpio").path("lines").path(0).path("active").asBoolean());
    }
  }

  @Test
  void otherWiresAreTakenWhenTheSettingsAreReadAgain() throws Exception {
    try (RunningDaemon rig = rig("'LD1=gpiochip0/17'")) {
      Files.writeString(rig.file, Files.readString(rig.file).replace("/17", "/18"));
      rig.ask("reload");
      assertFalse(lines.used("gpiochip0/17"));
      assertTrue(lines.used("gpiochip0/18"));
    }
  }

  @Test
  void saysWhichLinesCannotBeHad() {
    IOException refused =
        assertThrows(
            IOException.class,
            () ->
                new RunningDaemon(
                    directory,
                    "[gpio]",
                    "lines = ['LD1=gpiochip:no such lab/1', 'LD2=gpiochip:x/2']"));
    List<String> told = String.valueOf(refused.getMessage()).lines().toList();
    assertEquals(2, told.size(), () -> told.toString());
    assertTrue(told.getFirst().startsWith("LD1=gpiochip:no such lab/1: "), () -> told.toString());
  }
}
