package org.vzrig.emulator.periph;

import org.vzrig.boards.Irq;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/** Timers 1 to 9. */
public final class Timers {
  /** Number of timers. */
  public static final int COUNT = 9;

  private final Timer[] timers = new Timer[COUNT];

  /** All timers, from the highest down so that even ones find the timer above them. */
  public Timers(VirtualClock clock, EventQueue events, Clocks clocks, Evic evic) {
    for (int n = COUNT; n >= 1; n--) {
      Timer upper = n % 2 == 0 ? timers[n] : null;
      timers[n - 1] = new Timer(n, clock, events, clocks, evic.line(Irq.timer(n)), upper);
    }
  }

  /** Timer {@code n}. */
  public Timer timer(int n) {
    return timers[n - 1];
  }
}
