package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * Reset and NMI control: RCON, RSWRST, RNMICON, PWRCON (data sheet section 6).
 *
 * <p>A watchdog first raises an NMI; unless software clears its flag in RNMICON before NMICNT
 * SYSCLK cycles have passed, the reset follows.
 */
public final class Resets {
  private static final int SWRST = 1;
  private static final int NMICNT = 0xFFFF;
  private static final int CF = 1 << 17;
  private static final int GNMI = 1 << 19;
  private static final int SWNMI = 1 << 23;
  private static final int WDTO = 1 << 24;
  private static final int DMTO = 1 << 25;
  private static final int RCON_FLAGS = 0x0C00_02FF;

  private final Register rcon;
  private final Register rswrst;
  private final Register rnmicon;
  private final Register pwrcon;
  private final VirtualClock clock;
  private final EventQueue events;
  private final CoreControl core;
  private final Event expiry;

  /** Declares the registers in the clock unit's block. */
  public Resets(
      VirtualClock clock,
      EventQueue events,
      RegisterBlock block,
      SystemLock lock,
      CoreControl core) {
    this.clock = clock;
    this.events = events;
    this.core = core;
    expiry = events.event("NMICNT", this::expired);
    rcon = block.at(0x40, "RCON").clearOnly(RCON_FLAGS);
    rswrst = block.at(0x50, "RSWRST").rw(SWRST).guard(lock::open).onRead(this::readSoftwareReset);
    rnmicon =
        block
            .at(0x60, "RNMICON")
            .rw(NMICNT | GNMI | CF | SWNMI | WDTO | DMTO)
            .guard(lock::open)
            .onWrite(this::nmiWritten);
    pwrcon = block.at(0x70, "PWRCON").rw(1).guard(lock::open);
  }

  /**
   * Resets the registers; RCON keeps earlier causes, which software clears, except at power-on.
   *
   * @param flags RCON before the block was reset
   */
  public void reset(ResetCause cause, int flags) {
    events.cancel(expiry);
    rcon.value(cause == ResetCause.POWER_ON ? cause.rcon() : flags | cause.rcon());
    rswrst.reset();
    rnmicon.reset();
    pwrcon.reset();
  }

  /** RCON now. */
  public int rcon() {
    return rcon.value();
  }

  /** A watchdog ran out: NMI now, reset when NMICNT cycles pass without software's answer. */
  void watchdogExpired(boolean deadman) {
    rnmicon.set(deadman ? DMTO : WDTO);
    core.nmi();
    events.schedule(expiry, clock.cycles() + rnmicon.field(0, 16));
  }

  /** Raises the general NMI (INTCON's key). */
  public void generalNmi() {
    rnmicon.set(GNMI);
    core.nmi();
  }

  private void expired() {
    core.reset(rnmicon.has(DMTO) ? ResetCause.DEADMAN : ResetCause.WATCHDOG);
  }

  private int readSoftwareReset() {
    if (rswrst.has(SWRST)) {
      core.reset(ResetCause.SOFTWARE);
    }
    return rswrst.value();
  }

  private void nmiWritten(int old, int now) {
    if ((now & (WDTO | DMTO)) == 0) {
      events.cancel(expiry);
    }
    if ((now & ~old & (SWNMI | GNMI)) != 0) {
      core.nmi();
    }
  }
}
