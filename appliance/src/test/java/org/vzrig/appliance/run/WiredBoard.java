package org.vzrig.appliance.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Led;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.bridge.SerialBridge;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.LineSpec;
import org.vzrig.hil.gpio.MemoryLines;
import org.vzrig.hil.gpio.Wiring;

/**
 * A virtual WiFire with the demo of two guests, in real time. It is switched on when somebody looks
 * for the first time at what its lines did, as a board that is held in reset until then. Its LED
 * number n drives line n of a chip in memory; line 10 presses its BTN1.
 */
public final class WiredBoard implements AutoCloseable {
  /** The line to its button. */
  public static final String BUTTON = "gpiochip:bench/10";

  private final CountDownLatch recorded = new CountDownLatch(1);
  private final MemoryLines lines;
  private final RunSession session;
  private final Target target;
  private final Thread thread;

  /** Decides what of the edges of LEDs arrives at their lines. */
  @FunctionalInterface
  public interface Wire {
    /** LED {@code led} changes to {@code level}, as its edge number {@code count}, from 0. */
    void edge(String led, int count, boolean level, Line line);
  }

  /** What becomes of an edge. */
  @FunctionalInterface
  public interface Line {
    /** The line changes to {@code level}, {@code late} milliseconds after the LED did. */
    void put(boolean level, int late);
  }

  /** Switches it on, with a pty at {@code link}. */
  public WiredBoard(Path link, Wire wire) throws Exception {
    Board board = Boards.WIFIRE;
    SerialBridge bridge = new SerialBridge();
    bridge.uart(4).attach(RouteSpec.parse("pty:" + link));
    Path demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config");
    target = Targets.of(demo, new FirmwareOptions(), board);
    lines =
        new MemoryLines(
            (wiring, high) -> {
              if (wiring.line().place().equals(BUTTON)) {
                press(high);
              }
            });
    for (int i = 0; i < board.leds().size(); i++) {
      show(board.leds().get(i), i, wire);
    }
    RunOptions options =
        new RunOptions(RunOptions.Pace.REALTIME, null, null, List.of(), null, null, null);
    session =
        new RunSession(
            target, options, new PlainScreen(new ByteArrayOutputStream(), 4), new Lines(bridge, 4));
    thread = Thread.ofPlatform().name("board").start(this::run);
  }

  private void show(Led led, int number, Wire wire) {
    int[] count = {0};
    target
        .pins()
        .onChange(
            (cycle, pin, level) -> {
              if (pin.equals(led.pin())) {
                long now = System.nanoTime();
                wire.edge(
                    led.name(),
                    count[0]++,
                    level,
                    (to, late) ->
                        lines.put("gpiochip:bench/" + number, to, now + late * 1_000_000L));
              }
            });
  }

  private void press(boolean pressed) {
    target
        .board()
        .button("BTN1")
        .ifPresent(
            button ->
                session
                    .machineThread()
                    .post(() -> target.pins().drive(button.pin(), pressed != button.activeLow())));
  }

  /** Where its lines end. */
  public GpioLines lines() {
    return new GpioLines() {
      @Override
      public Output output(Wiring wiring, boolean high) {
        return lines.output(wiring, high);
      }

      @Override
      public Input input(Wiring wiring) {
        return lines.input(wiring);
      }

      @Override
      public Input watch(LineSpec line) {
        return new Watched(lines.watch(line));
      }
    };
  }

  private final class Watched implements GpioLines.Input {
    private final GpioLines.Input line;

    Watched(GpioLines.Input line) {
      this.line = line;
    }

    @Override
    public boolean read() throws IOException {
      return line.read();
    }

    @Override
    public int edges(GpioLines.EdgeSink sink) throws IOException {
      recorded.countDown();
      return line.edges(sink);
    }

    @Override
    public void close() {
      line.close();
    }
  }

  private void run() {
    try {
      recorded.await();
      session.run();
    } catch (CommandFailure | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    recorded.countDown();
    session.leave();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
