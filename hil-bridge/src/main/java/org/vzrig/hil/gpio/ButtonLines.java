package org.vzrig.hil.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines that press buttons of a real board. Any thread may use it. */
public final class ButtonLines implements AutoCloseable {
  private final GpioLines lines;
  private final Map<String, Pressed> buttons = new LinkedHashMap<>();

  private record Pressed(Wiring wiring, GpioLines.Output line) {}

  /**
   * Takes the lines of {@code wirings} from {@code lines}, which is closed with this; no button is
   * pressed.
   *
   * @throws IOException with all lines that cannot be had; none is kept then
   */
  public ButtonLines(GpioLines lines, List<Wiring> wirings) throws IOException {
    this.lines = lines;
    List<String> wrong = new ArrayList<>();
    for (Wiring wiring : wirings) {
      try {
        buttons.put(
            key(wiring.name()), new Pressed(wiring, lines.output(wiring, wiring.active(false))));
      } catch (IOException e) {
        wrong.add(wiring.name() + "=" + wiring.line().place() + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      close();
      throw new IOException(String.join("\n", wrong));
    }
  }

  private static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** Whether there is a line to button {@code name}. */
  public boolean has(String name) {
    return buttons.containsKey(key(name));
  }

  /**
   * Presses button {@code name}, or lets go of it.
   *
   * @throws IOException when the host does not let it, or there is no such line
   */
  public synchronized void press(String name, boolean pressed) throws IOException {
    Pressed button = buttons.get(key(name));
    if (button == null) {
      throw new IOException("no line goes to the button " + name);
    }
    button.line.write(button.wiring.active(pressed));
  }

  /** Lets go of all buttons and lines. */
  @Override
  public synchronized void close() {
    for (Pressed button : buttons.values()) {
      try {
        button.line.write(button.wiring.safe());
      } catch (IOException e) {
        // the line is gone, and with it what it could press
      }
      button.line.close();
    }
    buttons.clear();
    lines.close();
  }
}
