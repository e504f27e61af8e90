package org.vzrig.hil.capture;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vzrig.boards.Board;
import org.vzrig.boards.Pin;

/**
 * Writes a capture as text, a line for each record:
 *
 * <pre>
 * 0      1.000262500 U4 &gt; # # #
 * 0      1.000300000 RG6 high LD1
 * 1      1.200000000 note RESET MCLR
 * </pre>
 *
 * <p>Columns: side, seconds, what.
 */
public final class CaptureText {
  private final Writer out;
  private final Board board;

  /** Writes to {@code out}; LEDs and buttons have the names of {@code board}. */
  public CaptureText(Writer out, Board board) {
    this.out = out;
    this.board = board;
  }

  /** Writes all of {@code source}. */
  public void write(CaptureSource source) throws IOException {
    CaptureEvent event = new CaptureEvent();
    while (source.read(event)) {
      out.write("%d %s %s%n".formatted(event.side(), Times.seconds(event.nanos()), what(event)));
      if (event.kind() == CaptureEvent.Kind.HEADER) {
        for (Map.Entry<String, String> field : event.header().fields().entrySet()) {
          out.write("#   " + field.getKey() + " = " + field.getValue() + "\n");
        }
      }
    }
    if (!source.damage().isEmpty()) {
      out.write("# " + source.damage() + "\n");
    }
  }

  private String what(CaptureEvent event) {
    return switch (event.kind()) {
      case HEADER -> "begin " + event.header().side();
      case SENT -> "U" + event.uart() + " > " + text(event);
      case RECEIVED -> "U" + event.uart() + " < " + text(event);
      case BREAK -> "U" + event.uart() + " break";
      case PIN -> pin(event);
      case NOTE -> "note " + event.note() + " " + event.text();
      case END -> "end";
    };
  }

  private static String text(CaptureEvent event) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < event.count(); i++) {
      text.append(Times.escaped(event.value(i)));
    }
    return text.toString();
  }

  private String pin(CaptureEvent event) {
    Pin pin = Pin.at(event.pin());
    List<String> words = new ArrayList<>();
    words.add(pin + (event.level() ? " high" : " low"));
    board.leds().stream()
        .filter(led -> led.pin().equals(pin))
        .forEach(
            led -> words.add(led.name() + (event.level() != led.activeLow() ? " on" : " off")));
    board.buttons().stream()
        .filter(button -> button.pin().equals(pin))
        .forEach(
            button ->
                words.add(
                    button.name()
                        + (event.level() != button.activeLow() ? " pressed" : " released")));
    return String.join(" ", words);
  }
}
