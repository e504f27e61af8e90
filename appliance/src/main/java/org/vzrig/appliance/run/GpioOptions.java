package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.hil.gpio.LineSpec;
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
        "mock: tell on standard error what the GPIO lines do that are wired by NAME=LINE; without"
            + " any, all LEDs of the board. NAME is an LED, a button or a pin (LD1, BTN1, RB11);"
            + " LINE is gpiochip0/17 or gpiochip:LABEL/17, then ,low (active low), ,in (a pin that"
            + " the line drives), ,debounce=MS. Repeatable. Lines of this computer are not driven."
      })
  List<String> texts = new ArrayList<>();

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
    List<Wiring> wirings = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String text : texts) {
      try {
        if (!text.equals(MOCK)) {
          wirings.add(Wiring.parse(board, text));
        }
      } catch (IllegalArgumentException e) {
        wrong.add("--gpio %s: %s".formatted(text, e.getMessage()));
      }
    }
    checkOnce(wirings, wrong);
    if (given() && !texts.contains(MOCK)) {
      wrong.add("--gpio: expected --gpio mock too: lines of this computer are not driven");
    }
    if (!wrong.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, wrong);
    }
    return given() && wirings.isEmpty() ? leds(board) : wirings;
  }

  private static void checkOnce(List<Wiring> wirings, List<String> wrong) {
    Set<String> seen = new HashSet<>();
    for (Wiring wiring : wirings) {
      if (!seen.add(wiring.pin().toString())) {
        wrong.add("--gpio: expected %s to be wired once".formatted(wiring.name()));
      }
      if (!seen.add(wiring.line().place())) {
        wrong.add("--gpio: expected %s to be used once".formatted(wiring.line().place()));
      }
    }
  }

  private static List<Wiring> leds(Board board) {
    List<Wiring> wirings = new ArrayList<>();
    for (int i = 0; i < board.leds().size(); i++) {
      wirings.add(Wiring.of(board.leds().get(i), LineSpec.of(MOCK, i)));
    }
    return wirings;
  }

  /** Before the start: wires {@code session}, and tells on {@code err} what the lines do. */
  void attach(RunSession session, Board board, PrintStream err) throws CommandFailure, IOException {
    if (given()) {
      MemoryLines lines =
          new MemoryLines(
              (wiring, high) ->
                  err.printf(
                      "vzrig: gpio %s: %s is %s%n",
                      wiring.line().place(), wiring.name(), high ? "high" : "low"));
      bridge = session.wire(lines, wirings(board));
    }
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
