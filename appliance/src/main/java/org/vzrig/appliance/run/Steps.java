package org.vzrig.appliance.run;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.periph.Adc;

/**
 * Reads what follows {@code --input}, {@code --press}, {@code --pin} and {@code --adc}. All throw
 * {@link IllegalArgumentException} saying what is wrong.
 */
final class Steps {
  private static final Duration PRESS = Duration.ofMillis(200);
  private static final int MOST_MILLIVOLTS = 3300;
  private static final Pattern VOLTAGE =
      Pattern.compile("(?i)AN(\\d{1,2})=(\\d{1,6}(?:\\.\\d{1,6})?)(m?)V");

  private Steps() {}

  /** {@code TEXT} or {@code @2s:TEXT}. */
  static Step input(String argument) {
    if (!argument.startsWith("@")) {
      return new Step.Do(new Action.Type(Texts.parse(argument)));
    }
    int colon = argument.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "expected @TIME:TEXT such as @2s:hello (a text that starts with @ is \\@...), found '"
              + argument
              + "'");
    }
    Duration at = Spans.parse(argument.substring(1, colon));
    return new Step.DoAt(at, new Action.Type(Texts.parse(argument.substring(colon + 1))));
  }

  /** {@code BTN1}, {@code BTN1@2s} or {@code BTN1@2s:500ms}. */
  static Step press(String argument) {
    int colon = argument.indexOf(':');
    Duration length = colon < 0 ? PRESS : Spans.parse(argument.substring(colon + 1));
    String what = colon < 0 ? argument : argument.substring(0, colon);
    return timed(what, name -> new Action.Press(name, length));
  }

  /** {@code RB11=1} or {@code RB11=z@2s}. */
  static Step pin(String argument) {
    return timed(argument, Steps::drive);
  }

  /** {@code AN8=1.65V} or {@code AN8=1650mV@2s}. */
  static Step adc(String argument) {
    return timed(argument, Steps::voltage);
  }

  private static Step timed(String argument, java.util.function.Function<String, Action> parser) {
    int at = argument.lastIndexOf('@');
    if (at < 0) {
      return new Step.Do(parser.apply(argument));
    }
    Action action = parser.apply(argument.substring(0, at));
    return new Step.DoAt(Spans.parse(argument.substring(at + 1)), action);
  }

  private static Action drive(String text) {
    Matcher parts = Pattern.compile("(?i)(R[A-HJK]\\d{1,2})=([01z])").matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(1).substring(2)) >= Pin.PER_PORT) {
      throw new IllegalArgumentException(
          "expected a pin and 0, 1 or z (let go), such as RB11=1, found '" + text + "'");
    }
    Action.Level level =
        switch (parts.group(2)) {
          case "0" -> Action.Level.LOW;
          case "1" -> Action.Level.HIGH;
          default -> Action.Level.FREE;
        };
    return new Action.Drive(Pin.of(parts.group(1).toUpperCase(java.util.Locale.ROOT)), level);
  }

  private static Action voltage(String text) {
    Matcher parts = VOLTAGE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected an input and its voltage, such as AN8=1.65V or AN8=1650mV, found '"
              + text
              + "'");
    }
    int input = Integer.parseInt(parts.group(1));
    BigDecimal scale = BigDecimal.valueOf(parts.group(3).isEmpty() ? 1000 : 1);
    BigDecimal millivolts = new BigDecimal(parts.group(2)).multiply(scale);
    if (input >= Adc.INPUTS || millivolts.compareTo(BigDecimal.valueOf(MOST_MILLIVOLTS)) > 0) {
      throw new IllegalArgumentException(
          "expected AN0 to AN%d and 0 V to 3.3 V, found '%s'".formatted(Adc.INPUTS - 1, text));
    }
    return new Action.Voltage(input, millivolts.setScale(0, RoundingMode.HALF_UP).intValue());
  }
}
