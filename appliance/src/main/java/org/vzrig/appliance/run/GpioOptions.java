package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.hil.gpio.GpioDriver;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.HostLines;
import org.vzrig.hil.gpio.MemoryLines;
import org.vzrig.hil.gpio.PinBridge;
import org.vzrig.hil.gpio.Wiring;
import picocli.CommandLine.Option;

/** Options that tie LEDs, buttons and pins of the board to GPIO lines. */
public final class GpioOptions {
  private static final String MOCK = "mock";

  @Option(
      names = "--gpio",
      order = -5,
      paramLabel = "WIRE",
      description = {
        "NAME=LINE: tie an LED, a button or a pin (LD1, BTN1, RB11) to a GPIO line of this"
            + " computer: gpiochip:LABEL/17 or gpiochip0/17, then ,low (active low), ,in (a pin"
            + " that the line drives), ,debounce=MS. Repeatable.",
        "mock: drive no lines, but tell on standard error what they would do; without any wires,"
            + " all LEDs of the board."
      })
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--gpio-driver",
      order = -5,
      paramLabel = "DRIVER",
      description = "How lines are reached: ${COMPLETION-CANDIDATES} (default: auto).")
  GpioDriver driver = GpioDriver.AUTO;

  private @Nullable PinBridge bridge;

  /** Whether anything is wired. */
  boolean given() {
    return !texts.isEmpty();
  }

  /**
   * The wires that were asked for on {@code board}.
   *
   * @throws CommandFailure with all that is wrong
   */
  List<Wiring> wirings(Board board) throws CommandFailure {
    List<String> wrong = new ArrayList<>();
    List<String> wires = texts.stream().filter(text -> !text.equals(MOCK)).toList();
    List<Wiring> wirings =
        new Wires().read(Wiring::parse, board, wires, what -> wrong.add("--gpio " + what));
    if (!wrong.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, wrong);
    }
    return given() && wires.isEmpty() ? Wires.leds(board, MOCK) : wirings;
  }

  /** Before the start: wires {@code session}, and tells on {@code err} what the lines do. */
  void attach(RunSession session, Board board, PrintStream err) throws CommandFailure, IOException {
    if (given()) {
      bridge =
          session.wire(texts.contains(MOCK) ? mock(err) : new HostLines(driver), wirings(board));
    }
  }

  private static GpioLines mock(PrintStream err) {
    return new MemoryLines(
        (wiring, high) ->
            err.printf(
                "vzrig: gpio %s: %s is %s%n",
                wiring.line().place(), wiring.name(), high ? "high" : "low"));
  }

  /** Tells on {@code err} what went over the lines. */
  void summary(PrintStream err) {
    if (bridge != null) {
      PinBridge.Counts counts = bridge.counts();
      err.printf(
          "vzrig: gpio: %d edges, %d merged, %d lost%n",
          counts.edges(), counts.merged(), counts.lost());
    }
  }
}
