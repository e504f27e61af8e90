package org.vzrig.hil.compare;

import java.util.List;
import org.vzrig.boards.Board;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;

/**
 * How to compare.
 *
 * @param tolerance how much the sides may differ in time
 * @param rules what may differ on consoles
 * @param board gives LEDs their names
 * @param pins further pins to compare
 * @param listener is told of everything that was compared, in the last pass
 */
public record Settings(
    Tolerance tolerance, Rules rules, Board board, List<Pin> pins, Row.Listener listener) {
  /** Keeps its own list. */
  public Settings {
    pins = List.copyOf(pins);
  }

  /** Without a listener. */
  public static Settings of(Board board) {
    return new Settings(Tolerance.DEFAULT, Rules.NONE, board, List.of(), row -> {});
  }

  Settings listening(Row.Listener other) {
    return new Settings(tolerance, rules, board, pins, other);
  }

  /** The LED at {@code pin}, or null. */
  @org.jspecify.annotations.Nullable
  Led led(int pin) {
    return board.leds().stream().filter(l -> l.pin().index() == pin).findFirst().orElse(null);
  }
}
