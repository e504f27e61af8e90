package org.vzrig.appliance.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.Commands;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Boards;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.LineSpec;
import org.vzrig.hil.gpio.MemoryLines;
import org.vzrig.hil.gpio.Wiring;

/** What is left of a rig that was killed. */
class PinsSafeTest {
  private static final Wiring HIGH = Wiring.parse(Boards.WIFIRE, "LD1=gpiochip0/1,low");
  private static final Wiring LOW = Wiring.parse(Boards.WIFIRE, "LD2=gpiochip0/2");

  @TempDir Path directory;

  @Test
  void putsEachLineAtItsInactiveLevelAndLetsGo() throws Exception {
    List<String> driven = new ArrayList<>();
    MemoryLines lines = new MemoryLines((wire, high) -> driven.add(wire.name() + " " + high));
    StringWriter out = new StringWriter();
    PinsSafeCommand.makeSafe(List.of(HIGH, LOW), lines, new PrintWriter(out));
    assertEquals(List.of("LD1 true", "LD2 false"), driven);
    assertEquals("LD1=gpiochip0/1 is high\nLD2=gpiochip0/2 is low\n", out.toString());
    assertFalse(lines.used("gpiochip0/1"));
  }

  @Test
  void goesOnAfterALineThatCannotBeHad() {
    List<String> driven = new ArrayList<>();
    MemoryLines memory = new MemoryLines((wire, high) -> driven.add(wire.name()));
    GpioLines lines =
        new GpioLines() {
          @Override
          public Output output(Wiring wiring, boolean high) throws IOException {
            if (wiring.equals(HIGH)) {
              throw new IOException("in use by 'gpio-leds'");
            }
            return memory.output(wiring, high);
          }

          @Override
          public Input input(Wiring wiring) throws IOException {
            return memory.input(wiring);
          }

          @Override
          public Input watch(LineSpec line) throws IOException {
            return memory.watch(line);
          }
        };
    CommandFailure failure =
        assertThrows(
            CommandFailure.class,
            () ->
                PinsSafeCommand.makeSafe(
                    List.of(HIGH, LOW), lines, new PrintWriter(new StringWriter())));
    assertEquals(ExitCode.HOST_IO, failure.exit());
    assertEquals(List.of("LD1=gpiochip0/1: in use by 'gpio-leds'"), failure.lines());
    assertEquals(List.of("LD2"), driven);
  }

  @Test
  void hasNothingToDoForARigWithoutLines() throws IOException {
    Path config = Files.writeString(directory.resolve("rig.toml"), "[gpio]\nmock = true\n");
    StringWriter out = new StringWriter();
    int exit =
        Commands.execute(new PrintWriter(out), "pins", "safe", "--config", config.toString());
    assertEquals(0, exit, out.toString());
    assertEquals("", out.toString());
  }
}
