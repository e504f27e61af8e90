package org.vzrig.appliance.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.vzrig.appliance.term.StatusLine;
import org.vzrig.appliance.term.Terminal;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.CycleTime;

/**
 * The console on a terminal, with a line below it that shows the board's LEDs, virtual time and how
 * fast it passes. Used by the console agent's thread.
 */
final class TerminalScreen implements Screen {
  private static final long REDRAW_NANOS = 40_000_000;
  private static final long TICK_NANOS = 1_000_000_000;

  private final Terminal terminal;
  private final StatusLine line;
  private final int console;
  private final List<Lamp> lamps = new ArrayList<>();
  private final CycleTime time;
  private LongSupplier cycles = () -> 0;
  private final byte[] buffer = new byte[4096];
  private int buffered;
  private boolean changed = true;
  private long drawnAt = Long.MIN_VALUE / 2;
  private long ratioNanos = System.nanoTime();
  private long ratioCycles;
  private double ratio = 1;

  private static final class Lamp {
    private final Led led;
    private boolean lit;

    Lamp(Led led, boolean level) {
      this.led = led;
      lit = level != led.activeLow();
    }
  }

  /** Shows {@code target} and what its UART {@code shown} sends on {@code terminal}. */
  TerminalScreen(Terminal terminal, Target target, int shown) {
    this.terminal = terminal;
    line = new StatusLine(terminal);
    console = shown;
    time = new CycleTime(target.hz());
    for (Led led : target.board().leds()) {
      lamps.add(new Lamp(led, target.pins().level(led.pin())));
    }
  }

  /** Before the start: where virtual time is read from. */
  void clock(LongSupplier virtualCycles) {
    cycles = virtualCycles;
  }

  @Override
  public void sent(long cycle, int uart, int value) throws IOException {
    if (uart == console) {
      if (buffered == buffer.length) {
        flush();
      }
      buffer[buffered++] = (byte) value;
    }
  }

  @Override
  public void pin(long cycle, Pin pin, boolean level) {
    for (Lamp lamp : lamps) {
      if (lamp.led.pin().equals(pin)) {
        lamp.lit = level != lamp.led.activeLow();
        changed = true;
      }
    }
  }

  @Override
  public void flush() throws IOException {
    terminal.write(buffer, buffered);
    buffered = 0;
  }

  @Override
  public long idle() throws IOException {
    long now = System.nanoTime();
    long next = drawnAt + (changed ? REDRAW_NANOS : TICK_NANOS);
    if (now < next) {
      return next - now;
    }
    measure(now);
    draw();
    changed = false;
    drawnAt = now;
    return TICK_NANOS;
  }

  @Override
  public void close(long cycle) throws IOException {
    flush();
    line.remove();
  }

  private void measure(long now) {
    if (now - ratioNanos >= TICK_NANOS / 2) {
      long cycle = cycles.getAsLong();
      ratio = (double) time.nanos(cycle - ratioCycles) / (now - ratioNanos);
      ratioNanos = now;
      ratioCycles = cycle;
    }
  }

  private void draw() throws IOException {
    StringBuilder text = new StringBuilder();
    int width = 0;
    for (Lamp lamp : lamps) {
      String name = " " + lamp.led.name() + " ";
      text.append("\033[m").append(name).append(lamp.lit ? lit(lamp.led.colour()) : "\033[2m○");
      width += name.length() + 1;
    }
    long seconds = Duration.ofNanos(time.nanos(cycles.getAsLong())).toSeconds();
    String rest =
        "   %d:%02d:%02d  x%.2f   Ctrl-] leaves"
            .formatted(seconds / 3600, seconds / 60 % 60, seconds % 60, ratio);
    line.show(text + "\033[m" + rest, width + rest.length());
  }

  private static String lit(String colour) {
    int code =
        switch (colour) {
          case "red" -> 31;
          case "green" -> 32;
          case "blue" -> 34;
          case "white" -> 37;
          default -> 33;
        };
    return "\033[1;" + code + "m●";
  }
}
