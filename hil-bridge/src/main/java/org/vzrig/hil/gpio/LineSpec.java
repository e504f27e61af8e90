package org.vzrig.hil.gpio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GPIO line of the host, and how it is used: {@code gpiochip:LABEL/17} or {@code gpiochip0/17},
 * then {@code ,low}, {@code ,in} and {@code ,debounce=MS} as wanted.
 *
 * @param chip name of the chip's device, such as {@code gpiochip0}, or {@code gpiochip:} and its
 *     label
 * @param offset number of the line in its chip, from 0
 * @param activeLow whether the line is active while it is low
 * @param input whether the line drives the board, where the name alone does not say it
 * @param debounce how long an input has to keep a level before that counts
 */
public record LineSpec(
    String chip, int offset, boolean activeLow, boolean input, Duration debounce) {
  /** Contacts of push buttons settle within this time. */
  public static final Duration DEBOUNCE = Duration.ofMillis(5);

  /** What a chip begins with that is named by its label. */
  static final String LABEL = "gpiochip:";

  private static final Pattern LINE = Pattern.compile("(gpiochip(?:\\d+|:[^/,]+))/(\\d{1,4})");
  private static final Pattern WAIT = Pattern.compile("debounce=(\\d{1,5})");

  /** A line of {@code chip} that is active high, and an output where the name does not say. */
  public static LineSpec of(String chip, int offset) {
    return new LineSpec(chip, offset, false, false, DEBOUNCE);
  }

  /**
   * Parses what {@link LineSpec} describes.
   *
   * @throws IllegalArgumentException with all that is wrong, divided by semicolons
   */
  public static LineSpec parse(String text) {
    List<String> parts = List.of(text.split(",", -1));
    List<String> wrong = new ArrayList<>();
    Matcher line = LINE.matcher(parts.getFirst());
    if (!line.matches()) {
      wrong.add(
          "expected a line such as gpiochip0/17 or gpiochip:LABEL/17, found '%s'"
              .formatted(parts.getFirst()));
    }
    boolean low = false;
    boolean in = false;
    Duration debounce = DEBOUNCE;
    for (String option : parts.subList(1, parts.size())) {
      Matcher wait = WAIT.matcher(option);
      if (wait.matches()) {
        debounce = Duration.ofMillis(Integer.parseInt(wait.group(1)));
      } else if (option.equals("low")) {
        low = true;
      } else if (option.equals("in")) {
        in = true;
      } else {
        wrong.add("expected low, in or debounce=MS after a comma, found '%s'".formatted(option));
      }
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
    return new LineSpec(line.group(1), Integer.parseInt(line.group(2)), low, in, debounce);
  }

  /** The line's chip and number, as {@link #parse} takes them. */
  public String place() {
    return chip + "/" + offset;
  }
}
