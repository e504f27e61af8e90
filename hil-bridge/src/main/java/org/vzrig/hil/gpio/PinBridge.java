package org.vzrig.hil.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.tinylog.Logger;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.port.EventRing;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.hil.agent.Agent;

/**
 * Ties pins of a board to GPIO lines. Edges of outputs come in order while a pin makes no more than
 * 1 kHz of them; above that the last level wins and what was merged is counted. Inputs are looked
 * at every millisecond and debounced. When it ends, outputs are left at their safe level.
 */
public final class PinBridge implements Agent {
  private static final int EVENTS = 1 << 14;
  private static final long LOOK_NANOS = 1_000_000;
  private static final long REST_NANOS = 1_000_000_000;

  private final GpioLines lines;
  private final LongUnaryOperator nanos;
  private final Driver driver;
  private final LongSupplier clock;
  private final EventRing ring = new EventRing(EVENTS);
  private final Map<Pin, Out> outputs = new LinkedHashMap<>();
  private final List<In> inputs = new ArrayList<>();
  private long lostBefore;
  private final AtomicLong edges = new AtomicLong();
  private volatile long merged;
  private final AtomicLong failures = new AtomicLong();

  /** Drives pins of the board; called on the agent's thread. */
  @FunctionalInterface
  public interface Driver {
    /** {@code pin} is to be driven to {@code level}. */
    void drive(Pin pin, boolean level);
  }

  /**
   * What went over the lines.
   *
   * @param edges edges of outputs and inputs that were passed on
   * @param merged edges of outputs that came faster than 1 kHz
   * @param lost edges for which there was no room
   * @param failures how often the host refused to drive or to tell a line
   */
  public record Counts(long edges, long merged, long lost, long failures) {}

  /**
   * A bridge without wires.
   *
   * @param lines where GPIO lines come from
   * @param nanos turns cycles into virtual nanoseconds
   * @param driver drives pins of the board
   * @param clock the host's clock in nanoseconds
   */
  public PinBridge(GpioLines lines, LongUnaryOperator nanos, Driver driver, LongSupplier clock) {
    this.lines = lines;
    this.nanos = nanos;
    this.driver = driver;
    this.clock = clock;
  }

  /**
   * Before the start: takes the lines of {@code wirings} and ties them to {@code pins}.
   *
   * @throws IOException with all lines that cannot be had; none is kept then
   */
  public void attach(List<Wiring> wirings, PinPort pins) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Wiring wiring : wirings) {
      try {
        take(wiring, pins);
      } catch (IOException e) {
        wrong.add(wiring.name() + "=" + wiring.line().place() + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      close();
      throw new IOException(String.join("\n", wrong));
    }
    pins.onChange(this::changed);
  }

  private void take(Wiring wiring, PinPort pins) throws IOException {
    if (wiring.input()) {
      GpioLines.Input line = lines.input(wiring);
      boolean level = line.read();
      inputs.add(new In(wiring, line, new Debouncer(level, wiring.line().debounce().toNanos())));
      pins.drive(wiring.pin(), wiring.across(level));
    } else {
      boolean level = pins.level(wiring.pin());
      outputs.put(wiring.pin(), new Out(wiring, lines.output(wiring, wiring.across(level)), level));
    }
  }

  private void changed(long cycle, Pin pin, boolean level) {
    Out out = outputs.get(pin);
    if (out != null) {
      out.truth.setRelease(level);
      ring.offer(cycle, pin.index() << 1 | (level ? 1 : 0));
    }
  }

  /** The ring that it drains. */
  public EventRing ring() {
    return ring;
  }

  /**
   * One wire of now.
   *
   * @param name the LED, button or pin
   * @param place the line
   * @param input whether the line drives it
   * @param active whether it is active
   */
  public record State(String name, String place, boolean input, boolean active) {}

  /** Any thread: how all wires are. */
  public List<State> states() {
    return Stream.concat(
            outputs.values().stream().map(out -> state(out.wiring, out.high)),
            inputs.stream().map(in -> state(in.wiring, in.high)))
        .toList();
  }

  private static State state(Wiring wiring, boolean high) {
    return new State(wiring.name(), wiring.line().place(), wiring.input(), wiring.active(high));
  }

  /** Any thread: what went over the lines so far. */
  public Counts counts() {
    return new Counts(edges.get(), merged, ring.lost(), failures.get());
  }

  @Override
  public String name() {
    return "gpio";
  }

  @Override
  public boolean ready() {
    return ring.size() > 0;
  }

  @Override
  public int step() {
    long now = clock.getAsLong();
    int count = ring.drain((cycle, code) -> edge(cycle, code, now));
    if (count == 0) {
      resumeAfterLoss();
    }
    inputs.forEach(in -> in.look(now));
    outputs.values().forEach(out -> out.limit.rest(now));
    merged = outputs.values().stream().mapToLong(out -> out.limit.merged()).sum();
    return count;
  }

  private void edge(long cycle, int code, long now) {
    Out out = outputs.get(Pin.at(code >>> 1));
    if (out != null) {
      out.limit.edge(nanos.applyAsLong(cycle), (code & 1) != 0, now);
    }
  }

  private void resumeAfterLoss() {
    long lost = ring.lost();
    if (lost > lostBefore) {
      Logger.warn("gpio: {} edges lost, the host's lines are too slow", lost - lostBefore);
      lostBefore = lost;
      outputs.values().forEach(out -> out.limit.resume(out.truth.getAcquire()));
    }
  }

  @Override
  public long idleNanos() {
    boolean soon = !inputs.isEmpty() || outputs.values().stream().anyMatch(o -> o.limit.holds());
    return soon ? LOOK_NANOS : REST_NANOS;
  }

  /** Leaves outputs at their safe level and lets go of all lines. */
  @Override
  public void close() {
    outputs.values().forEach(Out::close);
    inputs.forEach(in -> in.line.close());
    lines.close();
  }

  private void failed(Wiring wiring, IOException e) {
    if (failures.getAndIncrement() == 0) {
      Logger.warn("gpio: {} at {}: {}", wiring.name(), wiring.line().place(), e.getMessage());
    }
  }

  /** An LED or pin that drives a line. */
  private final class Out {
    final AtomicBoolean truth;
    final EdgeLimit limit;
    private final Wiring wiring;
    private final GpioLines.Output line;
    private volatile boolean high;

    Out(Wiring wiring, GpioLines.Output line, boolean level) {
      this.wiring = wiring;
      this.line = line;
      truth = new AtomicBoolean(level);
      high = wiring.across(level);
      limit = new EdgeLimit(level, this::pass);
    }

    private void pass(boolean level) {
      edges.incrementAndGet();
      write(wiring.across(level));
    }

    private void write(boolean to) {
      high = to;
      try {
        line.write(to);
      } catch (IOException e) {
        failed(wiring, e);
      }
    }

    void close() {
      write(wiring.safe());
      line.close();
    }
  }

  /** A line that drives a button or pin. */
  private final class In {
    private final Wiring wiring;
    private final GpioLines.Input line;
    private final Debouncer debouncer;
    private volatile boolean high;

    In(Wiring wiring, GpioLines.Input line, Debouncer debouncer) {
      this.wiring = wiring;
      this.line = line;
      this.debouncer = debouncer;
      high = debouncer.level();
    }

    void look(long now) {
      try {
        if (debouncer.sample(line.read(), now)) {
          edges.incrementAndGet();
          high = debouncer.level();
          driver.drive(wiring.pin(), wiring.across(debouncer.level()));
        }
      } catch (IOException e) {
        failed(wiring, e);
      }
    }
  }
}
