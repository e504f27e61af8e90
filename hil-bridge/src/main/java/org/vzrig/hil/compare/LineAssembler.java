package org.vzrig.hil.compare;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Makes lines of bytes. Carriage returns, NUL and terminal escape sequences are left out, blanks at
 * the end and lines that are blank too; other control characters and bytes above 7E appear as
 * {@code \xNN}. A line ends with its line feed, or after {@link #LONGEST} characters.
 */
final class LineAssembler {
  static final int LONGEST = 4096;

  private static final int ESCAPE = 0x1B;

  private final Rules rules;
  private final Consumer<Line> lines;
  private final StringBuilder text = new StringBuilder();
  private long[] times = new long[256];
  private State state = State.TEXT;

  private enum State {
    TEXT,
    ESCAPE,
    SEQUENCE
  }

  LineAssembler(Rules rules, Consumer<Line> lines) {
    this.rules = rules;
    this.lines = lines;
  }

  /** Takes the next byte. */
  void add(long nanos, int value) {
    switch (state) {
      case ESCAPE -> state = value == '[' ? State.SEQUENCE : State.TEXT;
      case SEQUENCE -> state = value >= '@' && value <= '~' ? State.TEXT : State.SEQUENCE;
      case TEXT -> text(nanos, value);
    }
  }

  private void text(long nanos, int value) {
    if (value >= ' ' && value < 0x7F) {
      put(nanos, (char) value);
    } else if (value == '\n') {
      end(false);
    } else if (value == ESCAPE) {
      state = State.ESCAPE;
    } else if (value == '\t') {
      put(nanos, ' ');
    } else if (value != '\r' && value != 0) {
      for (char c : "\\x%02X".formatted(value).toCharArray()) {
        put(nanos, c);
      }
    }
  }

  private void put(long nanos, char value) {
    if (text.length() == LONGEST) {
      end(false);
    }
    if (text.length() == times.length) {
      times = Arrays.copyOf(times, times.length * 2);
    }
    times[text.length()] = nanos;
    text.append(value);
  }

  /** The line ends here; {@code partial} when that is only because the recording does. */
  void end(boolean partial) {
    int length = text.length();
    while (!partial && length > 0 && text.charAt(length - 1) == ' ') {
      length--;
    }
    if (length > 0) {
      String shown = text.substring(0, length);
      String normal = rules.normal(shown);
      if (!normal.isEmpty()) {
        lines.accept(new Line(shown, normal, Arrays.copyOf(times, length), partial));
      }
    }
    text.setLength(0);
  }

  /** When the line that has no end yet began; {@link Long#MAX_VALUE} when there is none. */
  long openSince() {
    return text.isEmpty() ? Long.MAX_VALUE : times[0];
  }
}
