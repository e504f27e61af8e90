package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * A timer (data sheet sections 13 and 14). The count is worked out from the clock when somebody
 * looks; only the match of TMR and PR is an event.
 *
 * <p>An even timer with T32 counts 32 bits and raises the request of the odd timer above it.
 */
public final class Timer implements Peripheral {
  private static final int TCS = 1 << 1;
  private static final int T32 = 1 << 3;
  private static final int ON = 1 << 15;
  private static final int[] TYPE_A_PRESCALE = {1, 8, 64, 256};
  private static final int[] TYPE_B_PRESCALE = {1, 2, 4, 8, 16, 32, 64, 256};

  private final int number;
  private final RegisterBlock registers;
  private final Register con;
  private final Register period;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final InterruptLine line;
  private final @Nullable Timer upper;
  private final Event match;
  private final List<Runnable> changes = new ArrayList<>();
  private final List<Runnable> matches = new ArrayList<>();
  private boolean isUpperHalf;

  // how the count advances now, worked out from the registers at their last change
  private boolean running;
  private long tick = 1;
  private long limit = 0xFFFF;
  private long mask = 0xFFFF;
  private long count;
  private long since;

  /**
   * Timer {@code n}, 1 to 9.
   *
   * @param upper for an even timer, the odd timer that T32 joins as the upper half
   */
  Timer(
      int n,
      VirtualClock clock,
      EventQueue events,
      Clocks clocks,
      InterruptLine line,
      @Nullable Timer upper) {
    number = n;
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.line = line;
    this.upper = upper;
    match = events.event("T" + n, this::matched);
    registers = new RegisterBlock(0x1F84_0000 + 0x200 * (n - 1), 0x200);
    int mask = n == 1 ? 0xB0B6 : upper == null ? 0xA0F2 : 0xA0FA;
    con = registers.at(0x00, "T" + n + "CON").rw(mask).onWrite((old, now) -> controlWritten());
    registers
        .at(0x10, "TMR" + n)
        .rw()
        .live(this::count)
        .onWrite((old, now) -> set(Integer.toUnsignedLong(now)));
    period = registers.at(0x20, "PR" + n).reset(0xFFFF).rw().onWrite((old, now) -> retime());
    clocks.onChange(this::retime);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
    if (upper != null) {
      upper.joined(false);
    }
    retime();
    set(0);
  }

  /** Adds who is told that the timer counts differently from now on. */
  void onChange(Runnable listener) {
    changes.add(listener);
  }

  /** Adds who is told of each match of TMR and PR. */
  void onMatch(Runnable listener) {
    matches.add(listener);
  }

  /** Whether the count advances. */
  boolean running() {
    return running;
  }

  /** SYSCLK cycles for one count. */
  long tick() {
    return tick;
  }

  /** PR as an unsigned number. */
  long period() {
    return limit;
  }

  /** TMR now. */
  int count() {
    return (int) countNow();
  }

  private long countNow() {
    if (!running) {
      return count;
    }
    long ticks = (clock.cycles() - since) / tick;
    long toMatch = distance(count);
    return ticks <= toMatch ? count + ticks & mask : (ticks - toMatch - 1) % (limit + 1);
  }

  /** Cycle at which the count next becomes {@code value}, or -1 when it does not. */
  long nextAt(int value) {
    long target = value & mask;
    if (!running || target > limit) {
      return -1;
    }
    long from = countNow();
    long ticks = target > from ? target - from : distance(from) + 1 + target;
    long ticksSoFar = (clock.cycles() - since) / tick;
    return since + (ticksSoFar + ticks) * tick;
  }

  /** Counts from {@code from} to the next match; a count beyond PR runs through zero. */
  private long distance(long from) {
    return limit >= from ? limit - from : mask + 1 - from + limit;
  }

  private boolean wide() {
    return upper != null && con.has(T32);
  }

  private void controlWritten() {
    if (upper != null) {
      upper.joined(wide());
    }
    retime();
  }

  private void joined(boolean join) {
    isUpperHalf = join;
    retime();
  }

  /** Goes on from the present count under the rules that registers and clocks give now. */
  private void retime() {
    long value = countNow();
    mask = wide() ? 0xFFFF_FFFFL : 0xFFFF;
    limit = period.value() & mask;
    tick = tickCycles();
    running = con.has(ON) && tick > 0 && limit > 0 && !isUpperHalf;
    set(value);
  }

  /** With TCS, timer 1 counts the secondary oscillator; the others' pins are not modelled. */
  private long tickCycles() {
    if (!con.has(TCS)) {
      return (long) clocks.divisor(3) * prescale();
    }
    return number == 1 ? Math.max(1, clocks.sysclkHz() * prescale() / Clocks.SLOW_HZ) : 0;
  }

  private int prescale() {
    return number == 1 ? TYPE_A_PRESCALE[con.field(4, 2)] : TYPE_B_PRESCALE[con.field(4, 3)];
  }

  private void set(long value) {
    count = value & mask;
    since = clock.cycles();
    if (running) {
      events.schedule(match, since + distance(count) * tick);
    } else {
      events.cancel(match);
    }
    for (Runnable change : changes) {
      change.run();
    }
  }

  private void matched() {
    events.schedule(match, match.deadline() + (limit + 1) * tick);
    Timer upperHalf = upper;
    (wide() && upperHalf != null ? upperHalf.line : line).raise();
    for (Runnable listener : matches) {
      listener.run();
    }
  }
}
