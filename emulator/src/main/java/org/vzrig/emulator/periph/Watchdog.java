package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The watchdog timer (data sheet section 15): 2^RUNDIV milliseconds of the low-power oscillator,
 * cleared by a 16-bit store of the key.
 */
public final class Watchdog implements Peripheral {
  private static final int WDTWINEN = 1;
  private static final int ON = 1 << 15;
  private static final int KEY = 0x5743;
  private static final int KEY_LANES = 0xFFFF_0000;
  private static final int LARGEST_SHIFT = 0x14;
  private static final long MILLI = 1_000_000;

  /** Length of the open window at the end of the period, in eighths, by FWDTWINSZ. */
  private static final int[] WINDOW_EIGHTHS = {6, 4, 3, 2};

  private final RegisterBlock registers = new RegisterBlock(0x1F80_0800, 0x100);
  private final Register wdtcon;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final ConfigWords words;
  private final Resets resets;
  private final Event expiry;
  private long deadlineNanos;

  /** A watchdog that the configuration words set up. */
  public Watchdog(
      VirtualClock clock, EventQueue events, Clocks clocks, ConfigWords words, Resets resets) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.words = words;
    this.resets = resets;
    expiry = events.event("WDT", this::expired);
    wdtcon =
        registers.at(0x00, "WDTCON").rw(KEY_LANES | ON | WDTWINEN).onWrite(this::controlWritten);
    clocks.onChange(this::reschedule);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(expiry);
    registers.reset();
    int devcfg1 = words.devcfg(1);
    wdtcon.value(shift() << 8);
    wdtcon.put(ON, (devcfg1 & 1 << 23) != 0);
    wdtcon.put(WDTWINEN, (devcfg1 & 1 << 22) == 0);
    if (wdtcon.has(ON)) {
      restart();
    }
  }

  private int shift() {
    return Math.min(words.devcfg(1) >>> 16 & 0x1F, LARGEST_SHIFT);
  }

  private long periodNanos() {
    return MILLI << shift();
  }

  private void controlWritten(int old, int now) {
    if ((words.devcfg(1) & 1 << 23) != 0) {
      wdtcon.set(ON);
    }
    boolean cleared = wdtcon.lanes() == KEY_LANES && now >>> 16 == KEY;
    wdtcon.clear(KEY_LANES);
    if (!wdtcon.has(ON)) {
      events.cancel(expiry);
    } else if ((old & ON) == 0) {
      restart();
    } else if (cleared) {
      clearTimer();
    }
  }

  /** Too early in window mode is as bad as too late. */
  private void clearTimer() {
    int eighths = WINDOW_EIGHTHS[words.devcfg(1) >>> 24 & 3];
    long left = deadlineNanos - clocks.nanos(clock.cycles());
    if (wdtcon.has(WDTWINEN) && left > periodNanos() / 8 * eighths) {
      expired();
    } else {
      restart();
    }
  }

  private void restart() {
    deadlineNanos = clocks.nanos(clock.cycles()) + periodNanos();
    schedule();
  }

  private void reschedule() {
    if (expiry.pending()) {
      schedule();
    }
  }

  private void schedule() {
    long now = clock.cycles();
    events.schedule(expiry, now + clocks.cyclesFor(deadlineNanos - clocks.nanos(now)));
  }

  private void expired() {
    events.cancel(expiry);
    resets.watchdogExpired(false);
  }
}
