package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.tinylog.Logger;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.hil.agent.Agent;
import org.vzrig.hil.agent.AgentThread;
import org.vzrig.hil.gpio.ButtonLines;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.LineWatch;
import org.vzrig.hil.gpio.PinBridge;
import org.vzrig.hil.gpio.Wiring;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lines to a real board: what its LEDs and pins do is told, its buttons are pressed. */
final class RealPins implements Agent {
  private static final long LOOK_NANOS = 1_000_000;

  private final LineWatch watch;
  private final ButtonLines buttons;
  private final Sink sink;
  private final ConcurrentLinkedQueue<Later> later = new ConcurrentLinkedQueue<>();
  private final AgentThread thread;
  private boolean failed;

  private record Later(long nanos, Runnable what) {}

  /** Told of edges and presses; on the thread of the lines, or the presser's. */
  interface Sink {
    /** The pin of {@code wiring} got {@code level} at {@code nanos} of {@link System#nanoTime}. */
    void pin(Wiring wiring, long nanos, boolean level);
  }

  private RealPins(LineWatch watch, ButtonLines buttons, Sink sink) {
    this.watch = watch;
    this.buttons = buttons;
    this.sink = sink;
    thread = new AgentThread(this);
  }

  /**
   * Takes the lines of {@code settings}, where there are any.
   *
   * @throws IOException with those that cannot be had
   */
  static Optional<RealPins> open(Settings.Real settings, Supplier<GpioLines> lines, Sink sink)
      throws IOException {
    if (settings.pins().isEmpty() && settings.buttons().isEmpty()) {
      return Optional.empty();
    }
    List<String> wrong = new ArrayList<>();
    LineWatch watch = null;
    ButtonLines buttons = null;
    try {
      watch = new LineWatch(lines.get(), settings.pins());
    } catch (IOException e) {
      wrong.add(String.valueOf(e.getMessage()));
    }
    try {
      buttons = new ButtonLines(lines.get(), settings.buttons());
    } catch (IOException e) {
      wrong.add(String.valueOf(e.getMessage()));
    }
    if (watch == null || buttons == null) {
      if (watch != null) {
        watch.close();
      }
      if (buttons != null) {
        buttons.close();
      }
      throw new IOException(String.join("\n", wrong));
    }
    return Optional.of(new RealPins(watch, buttons, sink));
  }

  /** The lines of its LEDs and pins. */
  LineWatch watch() {
    return watch;
  }

  /** Whether a line goes to {@code button}. */
  boolean has(String button) {
    return buttons.has(button);
  }

  /** Presses {@code button} or lets go of it. */
  void press(String button, boolean down) throws IOException {
    buttons.press(button, down);
  }

  /** Does {@code what} when {@code nanos} are over. */
  void after(long nanos, Runnable what) {
    later.add(new Later(System.nanoTime() + nanos, what));
  }

  @Override
  public String name() {
    return "real-pins";
  }

  @Override
  public boolean ready() {
    return false;
  }

  @Override
  public int step() {
    doDue();
    try {
      return watch.look(sink::pin);
    } catch (IOException e) {
      if (!failed) {
        failed = true;
        Logger.tag("real").warn("the real board's lines are not seen: {}", e.getMessage());
      }
      return 0;
    }
  }

  private void doDue() {
    long now = System.nanoTime();
    for (Later each : later) {
      if (each.nanos - now <= 0 && later.remove(each)) {
        each.what.run();
      }
    }
  }

  @Override
  public long idleNanos() {
    return LOOK_NANOS;
  }

  /** What {@code vzrig ctl status} tells. */
  void tell(ObjectNode real) {
    ArrayNode list = real.putArray("pins");
    for (PinBridge.State state : watch.states()) {
      list.addObject()
          .put("name", state.name())
          .put("line", state.place())
          .put("active", state.active());
    }
    real.put("edgesLost", watch.lost());
  }

  /** Ends its thread, which lets go of the lines. */
  void end() {
    thread.close();
  }

  @Override
  public void close() {
    watch.close();
    buttons.close();
  }
}
