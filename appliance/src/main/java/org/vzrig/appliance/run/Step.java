package org.vzrig.appliance.run;

import java.time.Duration;

/**
 * One thing that happens on the console of a scripted run, in the order of the command line. Texts
 * hold one character, 0 to 255, for each byte.
 */
public sealed interface Step {
  /** Waits until the console has printed {@code text}. */
  record Expect(String text) implements Step {}

  /** Types {@code text} when the steps before it are done. */
  record Send(String text) implements Step {}

  /** Types {@code text} at {@code at} after the start, whatever else happens. */
  record SendAt(Duration at, String text) implements Step {}

  /** The run has failed when the console prints {@code text}, at any time. */
  record Fail(String text) implements Step {}

  /**
   * Reads what follows {@code --input}: {@code TEXT} or {@code @2s:TEXT}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static Step input(String argument) {
    if (!argument.startsWith("@")) {
      return new Send(Texts.parse(argument));
    }
    int colon = argument.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "expected @TIME:TEXT such as @2s:hello (a text that starts with @ is \\@...), found '"
              + argument
              + "'");
    }
    Duration at = Spans.parse(argument.substring(1, colon));
    return new SendAt(at, Texts.parse(argument.substring(colon + 1)));
  }
}
