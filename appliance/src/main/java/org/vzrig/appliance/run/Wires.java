package org.vzrig.appliance.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.vzrig.boards.Board;
import org.vzrig.hil.gpio.LineSpec;
import org.vzrig.hil.gpio.Wiring;

/** Wires between a board and GPIO lines, as users write them. */
public final class Wires {
  private final Set<String> used = new HashSet<>();

  /** How one wire is written. */
  @FunctionalInterface
  public interface Form {
    /**
     * The wire that {@code text} means on {@code board}.
     *
     * @throws IllegalArgumentException with all that is wrong
     */
    Wiring parse(Board board, String text);
  }

  /** Reads {@code texts}; {@code wrong} is told of each that is none, or uses something again. */
  public List<Wiring> read(Form form, Board board, List<String> texts, Consumer<String> wrong) {
    List<Wiring> wirings = new ArrayList<>();
    Set<String> pins = new HashSet<>();
    for (String text : texts) {
      try {
        Wiring wiring = form.parse(board, text);
        wirings.add(wiring);
        if (!pins.add(wiring.pin().toString())) {
          wrong.accept("expected %s to be wired once".formatted(wiring.name()));
        }
        if (!used.add(wiring.line().place())) {
          wrong.accept("expected %s to be used once".formatted(wiring.line().place()));
        }
      } catch (IllegalArgumentException e) {
        wrong.accept(text + ": " + e.getMessage());
      }
    }
    return wirings;
  }

  /** All LEDs of {@code board} on lines of a chip called {@code chip}, which need not exist. */
  public static List<Wiring> leds(Board board, String chip) {
    List<Wiring> wirings = new ArrayList<>();
    for (int i = 0; i < board.leds().size(); i++) {
      wirings.add(Wiring.of(board.leds().get(i), LineSpec.of(chip, i)));
    }
    return wirings;
  }
}
