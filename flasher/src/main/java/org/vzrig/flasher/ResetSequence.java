package org.vzrig.flasher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLine;

/**
 * How a board is reset over its serial port: steps such as "dtr=0", "rts=1", "wait=50"
 * (milliseconds) and "touch=1200" (open at that speed and close again, as USB boards expect).
 */
public final class ResetSequence {
  private static final int AFTER_TOUCH_MILLIS = 1000;
  private static final int AFTER_PTY_TOUCH_MILLIS = 300;
  private static final int TOUCH_BAUD = 1200;

  private record Step(String action, int value) {
    /** Whether it sets an output. */
    boolean sets() {
      return action.equals("dtr") || action.equals("rts");
    }
  }

  private final String text;
  private final List<Step> steps;

  private ResetSequence(String text, List<Step> steps) {
    this.text = text;
    this.steps = steps;
  }

  /**
   * Parses dtr, rts, none, 1200 or steps separated by commas.
   *
   * @throws FlashException if it is none of these
   */
  public static ResetSequence parse(String text) throws FlashException {
    String steps =
        switch (text.toLowerCase(Locale.ROOT)) {
          // boards of the chipKIT family reset when DTR goes from released to asserted
          case "dtr" -> "dtr=0,wait=50,dtr=1,wait=200";
          case "rts" -> "rts=0,wait=50,rts=1,wait=200";
          case "none", "" -> "";
          // opening a port asserts DTR, which resets such boards; asserting it again does nothing
          case "open" -> "dtr=1";
          case "1200" -> "touch=1200";
          default -> text;
        };
    List<Step> parsed = new ArrayList<>();
    for (String step : steps.isEmpty() ? new String[0] : steps.split(",", -1)) {
      parsed.add(step(step.strip(), text));
    }
    return new ResetSequence(text, parsed);
  }

  private static Step step(String step, String text) throws FlashException {
    if (!step.matches("(dtr|rts)=[01]|wait=\\d{1,5}|touch=\\d{2,7}")) {
      throw new FlashException(
          FlashException.Reason.USAGE,
          ("--reset %s: expected dtr, rts, none, 1200 or steps like dtr=0,wait=50,dtr=1; found"
                  + " \"%s\"")
              .formatted(text, step));
    }
    int equals = step.indexOf('=');
    return new Step(step.substring(0, equals), Integer.parseInt(step.substring(equals + 1)));
  }

  /**
   * Opens the line at {@code baud} and resets the board. A line that has none of the outputs that
   * the steps set, such as a pty, is touched at 1200 baud instead, which virtual boards understand.
   *
   * @return the open line
   */
  public SerialLine open(SerialLine.Opener opener, int baud, HostClock clock) throws IOException {
    touch(opener, clock);
    SerialLine line = opener.open(baud);
    try {
      if (pulled(line, clock)) {
        return line;
      }
      line.discard(); // a pty keeps what nobody has read; after the touch the board may have begun
    } catch (IOException e) {
      line.close();
      throw e;
    }
    line.close();
    opener.open(TOUCH_BAUD).close();
    clock.sleepMillis(AFTER_PTY_TOUCH_MILLIS);
    return opener.open(baud);
  }

  /** Goes through the steps; false when there were outputs to set and the line has none of them. */
  private boolean pulled(SerialLine line, HostClock clock) throws IOException {
    boolean dtr = true;
    boolean rts = true;
    boolean any = false;
    boolean worked = false;
    int left = (int) steps.stream().filter(Step::sets).count();
    for (Step step : steps) {
      if (step.sets() && --left == 0 && any) {
        line.discard(); // what the board still sent before its reset
      }
      switch (step.action) {
        case "dtr" -> dtr = step.value == 1;
        case "rts" -> rts = step.value == 1;
        case "wait" -> clock.sleepMillis(any && !worked ? 0 : step.value);
        default -> {}
      }
      if (step.sets()) {
        any = true;
        worked |= line.control(dtr, rts);
      }
    }
    return worked || !any;
  }

  /** The same, with every failure as one of the port. */
  public SerialLine openPort(SerialLine.Opener opener, int baud, HostClock clock)
      throws FlashException {
    try {
      return open(opener, baud, clock);
    } catch (FlashException e) {
      throw e;
    } catch (IOException e) {
      throw new FlashException(FlashException.Reason.PORT, String.valueOf(e.getMessage()), e);
    }
  }

  private void touch(SerialLine.Opener opener, HostClock clock) throws IOException {
    for (Step step : steps) {
      if (step.action.equals("touch")) {
        opener.open(step.value).close();
        clock.sleepMillis(AFTER_TOUCH_MILLIS);
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
