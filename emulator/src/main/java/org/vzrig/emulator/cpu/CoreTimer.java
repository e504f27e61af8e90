package org.vzrig.emulator.cpu;

import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;

/**
 * Count and Compare of root and guest. Count advances every second cycle of SYSCLK (RDHWR CCRes =
 * 2); the guest's Count is root's plus GTOffset. A guest match sets guest Cause.TI but no interrupt
 * line leaves the core (pic32mz-ef.md section 23.5).
 */
final class CoreTimer {
  private final Cpu cpu;
  private final EventQueue events;
  private final Event rootMatch;
  private final Event guestMatch;
  private int offset;
  private boolean stopped;
  private int frozen;

  CoreTimer(Cpu cpu, EventQueue events) {
    this.cpu = cpu;
    this.events = events;
    rootMatch = events.event("Compare", this::rootMatched);
    guestMatch = events.event("Guest.Compare", this::guestMatched);
  }

  int rootCount() {
    return stopped ? frozen : ticks() + offset;
  }

  int guestCount() {
    return rootCount() + cpu.root.get(Cp0Reg.GTOFFSET);
  }

  private int ticks() {
    return (int) (cpu.cycles() >>> 1);
  }

  void reset() {
    offset = -ticks();
    stopped = false;
    changed();
  }

  /** MTC0 Count; a guest's Count is moved by its offset. */
  void count(boolean guest, int value) {
    if (guest) {
      cpu.root.set(Cp0Reg.GTOFFSET, value - rootCount());
    } else {
      frozen = value;
      offset = value - ticks();
      changed();
    }
  }

  /** Cause.DC of root stops both; a guest's is only kept as state. */
  void stopped(boolean guest, boolean stop) {
    if (!guest && stop != stopped) {
      int now = rootCount();
      stopped = stop;
      count(false, now);
    }
  }

  /** Compare, Count or GTOffset has changed. */
  void changed() {
    schedule(rootMatch, cpu.root.get(Cp0Reg.COMPARE) - rootCount());
    schedule(guestMatch, cpu.guest.get(Cp0Reg.COMPARE) - guestCount());
  }

  private void schedule(Event match, int distance) {
    if (stopped) {
      events.cancel(match);
      return;
    }
    long counts = distance == 0 ? 1L << 32 : distance & 0xFFFF_FFFFL;
    events.schedule(match, (cpu.cycles() >>> 1) + counts << 1);
  }

  private void rootMatched() {
    cpu.root.timerInterrupt();
    schedule(rootMatch, 0);
  }

  private void guestMatched() {
    cpu.guest.timerInterrupt();
    schedule(guestMatch, 0);
  }
}
