package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The deadman timer (data sheet section 16): counts instructions (SYSCLK cycles here) and wants two
 * steps written, in order and inside its window, before the count is reached.
 */
public final class DeadmanTimer implements Peripheral {
  private static final int ON = 1 << 15;
  private static final int STEP1 = 0x4000;
  private static final int STEP2 = 0x08;
  private static final int WINOPN = 1;
  private static final int DMTEVENT = 1 << 5;
  private static final int BAD2 = 1 << 6;
  private static final int BAD1 = 1 << 7;

  private final RegisterBlock registers = new RegisterBlock(0x1F80_0A00, 0x100);
  private final Register dmtcon;
  private final Register preclear;
  private final Register clear;
  private final VirtualClock clock;
  private final EventQueue events;
  private final ConfigWords words;
  private final Resets resets;
  private final Event expiry;
  private long since;
  private boolean primed;
  private int failures;

  /** A deadman timer that the configuration words set up. */
  public DeadmanTimer(VirtualClock clock, EventQueue events, ConfigWords words, Resets resets) {
    this.clock = clock;
    this.events = events;
    this.words = words;
    this.resets = resets;
    expiry = events.event("DMT", this::failed);
    dmtcon = registers.at(0x00, "DMTCON").rw(ON).onWrite((old, now) -> controlWritten(old));
    preclear = registers.at(0x10, "DMTPRECLR").rw(0xFF00).onWrite((old, now) -> firstStep(now));
    clear = registers.at(0x20, "DMTCLR").rw(0xFF).onWrite((old, now) -> secondStep(now));
    registers.at(0x30, "DMTSTAT").live(this::statusNow);
    registers.at(0x40, "DMTCNT").live(() -> (int) count());
    registers.at(0x60, "DMTPSCNT").live(() -> (int) limit());
    registers.at(0x70, "DMTPSINTV").live(() -> (int) windowStart());
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(expiry);
    registers.reset();
    primed = false;
    failures = 0;
    if (fixedOn()) {
      dmtcon.set(ON);
      restart();
    }
  }

  private boolean fixedOn() {
    return words.devcfg(1) >>> 31 != 0;
  }

  /** DMTCNT of the configuration: 2^(n+8), at most 2^31. */
  private long limit() {
    return 1L << Math.min((words.devcfg(1) >>> 26 & 0x1F) + 8, 31);
  }

  /** The window opens when this many counts have passed: 1 - 1/2^DMTINTV of the whole. */
  private long windowStart() {
    return limit() - (limit() >>> (words.devcfg(1) >>> 3 & 7));
  }

  private long count() {
    return dmtcon.has(ON) ? clock.cycles() - since : 0;
  }

  private int statusNow() {
    boolean windowOpen = dmtcon.has(ON) && count() >= windowStart();
    return failures | (windowOpen ? WINOPN : 0);
  }

  private void controlWritten(int old) {
    if (fixedOn()) {
      dmtcon.set(ON);
    }
    if (!dmtcon.has(ON)) {
      events.cancel(expiry);
    } else if ((old & ON) == 0) {
      restart();
    }
  }

  private void restart() {
    since = clock.cycles();
    failures = 0;
    primed = false;
    preclear.value(0);
    clear.value(0);
    events.schedule(expiry, since + limit());
  }

  private void firstStep(int now) {
    if (now == STEP1) {
      primed = true;
    } else {
      bad(BAD1);
    }
  }

  private void secondStep(int now) {
    if (now != STEP2) {
      bad(BAD2);
    } else if (!primed || (statusNow() & WINOPN) == 0) {
      bad(primed ? BAD2 : BAD1);
    } else {
      restart();
    }
  }

  private void bad(int which) {
    if (dmtcon.has(ON)) {
      failures |= which;
      failed();
    }
  }

  private void failed() {
    events.cancel(expiry);
    failures |= DMTEVENT;
    resets.watchdogExpired(true);
  }
}
