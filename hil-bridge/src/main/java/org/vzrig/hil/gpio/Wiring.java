package org.vzrig.hil.gpio;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;

/**
 * A pin of the board and the GPIO line it is wired to. A line is active while its LED is lit, its
 * button pressed, or its pin high.
 *
 * @param name the LED, button or pin as the user named it
 * @param pin the chip's pin
 * @param pinActiveLow whether that is active while it is low
 * @param input whether the line drives the pin, and not the pin the line
 * @param line the line
 */
public record Wiring(String name, Pin pin, boolean pinActiveLow, boolean input, LineSpec line) {
  /**
   * Parses {@code NAME=LINE} for {@code board}; {@code LINE} is a {@link LineSpec}.
   *
   * @throws IllegalArgumentException with all that is wrong, divided by semicolons
   */
  public static Wiring parse(Board board, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("expected NAME=LINE, found '%s'".formatted(text));
    }
    String name = text.substring(0, equals);
    LineSpec line = LineSpec.parse(text.substring(equals + 1));
    Optional<Led> led = board.led(name);
    if (led.isPresent() && line.input()) {
      throw new IllegalArgumentException(
          "expected no ,in: the LED %s is an output".formatted(name));
    }
    return led.map(light -> of(light, line))
        .or(() -> board.button(name).map(button -> of(button, line)))
        .orElseGet(() -> new Wiring(name, pin(board, name), false, line.input(), line));
  }

  /**
   * The same for a line that sees an LED or pin of a real board.
   *
   * @throws IllegalArgumentException with all that is wrong, divided by semicolons
   */
  public static Wiring parseSeen(Board board, String text) {
    Wiring wiring = parse(board, text);
    if (board.button(wiring.name).isPresent()) {
      throw new IllegalArgumentException(
          "expected an LED or a pin, found the button %s".formatted(wiring.name));
    }
    return new Wiring(wiring.name, wiring.pin, wiring.pinActiveLow, true, wiring.line);
  }

  /**
   * The same for a line that presses a button of a real board.
   *
   * @throws IllegalArgumentException with all that is wrong, divided by semicolons
   */
  public static Wiring parsePressed(Board board, String text) {
    Wiring wiring = parse(board, text);
    if (board.button(wiring.name).isEmpty()) {
      throw new IllegalArgumentException(
          "expected a button of the %s (%s), found '%s'"
              .formatted(
                  board.name(),
                  board.buttons().stream().map(Button::name).collect(Collectors.joining(", ")),
                  wiring.name));
    }
    return new Wiring(wiring.name, wiring.pin, wiring.pinActiveLow, false, wiring.line);
  }

  /** {@code led} shown on {@code line}. */
  public static Wiring of(Led led, LineSpec line) {
    return new Wiring(led.name(), led.pin(), led.activeLow(), false, line);
  }

  /** {@code button} pressed by {@code line}. */
  public static Wiring of(Button button, LineSpec line) {
    return new Wiring(button.name(), button.pin(), button.activeLow(), true, line);
  }

  /** The line's level while the pin has {@code level}, and the pin's while the line has it. */
  public boolean across(boolean level) {
    return level != pinActiveLow != line.activeLow();
  }

  /** The line's level while what it is wired to is active, or not. */
  public boolean active(boolean active) {
    return active != line.activeLow();
  }

  /** The line's level while nothing is active: where it is left. */
  public boolean safe() {
    return line.activeLow();
  }

  private static Pin pin(Board board, String name) {
    try {
      Pin pin = Pin.of(name);
      if (board.chip().has(pin)) {
        return pin;
      }
    } catch (IllegalArgumentException e) {
      // told below, with what there is
    }
    String names =
        Stream.concat(
                board.leds().stream().map(Led::name), board.buttons().stream().map(Button::name))
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "expected an LED or button of the %s (%s) or a pin such as RB11, found '%s'"
            .formatted(board.name(), names, name));
  }
}
