package org.vzrig.appliance.run;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;
import org.vzrig.boards.Pin;

/** Something that a script does to the board. */
public sealed interface Action {
  /** Input that waits for nothing comes this long after the start: a board has booted then. */
  Duration BOOTED = Duration.ofMillis(100);

  /** Types {@code text}, a character 0 to 255 for each byte, on the console. */
  record Type(String text) implements Action {}

  /** Presses the button called {@code button} for {@code length}. */
  record Press(String button, Duration length) implements Action {}

  /** Drives {@code pin}, or lets it go. */
  record Drive(Pin pin, Level level) implements Action {}

  /** Puts {@code millivolts} on input AN{@code input}. */
  record Voltage(int input, int millivolts) implements Action {}

  /** What the outside does with a pin. */
  enum Level {
    /** Drives it low. */
    LOW,
    /** Drives it high. */
    HIGH,
    /** Lets it go. */
    FREE
  }

  /** When it happens where it waits for nothing: typing and pressing need a board that listens. */
  default Duration earliest() {
    return this instanceof Type || this instanceof Press ? BOOTED : Duration.ZERO;
  }

  /** Why it cannot be done on {@code board}; empty when it can. */
  default Optional<String> impossible(Board board) {
    return switch (this) {
      case Type type -> Optional.empty();
      case Press press when board.button(press.button).isEmpty() ->
          Optional.of(
              "--press: expected a button of the board %s (%s), found '%s'"
                  .formatted(
                      board.name(),
                      board.buttons().stream().map(Button::name).collect(Collectors.joining(", ")),
                      press.button));
      case Drive drive when !board.chip().has(drive.pin) ->
          Optional.of(
              "--pin: expected a pin of the %s, found '%s'"
                  .formatted(board.chip().name(), drive.pin));
      default -> Optional.empty();
    };
  }
}
