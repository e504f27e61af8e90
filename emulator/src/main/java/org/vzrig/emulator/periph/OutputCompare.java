package org.vzrig.emulator.periph;

import org.vzrig.boards.Irq;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;

/** An output compare module (data sheet section 18): edges when its timer reaches R and RS. */
public final class OutputCompare implements Peripheral {
  private static final int OCTSEL = 1 << 3;
  private static final int OC32 = 1 << 5;
  private static final int ON = 1 << 15;

  private static final int HIGH_ON_COMPARE = 1;
  private static final int LOW_ON_COMPARE = 2;
  private static final int TOGGLE = 3;
  private static final int SINGLE_PULSE = 4;
  private static final int PULSES = 5;

  private final int number;
  private final String output;
  private final RegisterBlock registers;
  private final Register con;
  private final Register r;
  private final Register rs;
  private final EventQueue events;
  private final Timers timers;
  private final Cfg cfg;
  private final Pps pps;
  private final InterruptLine line;
  private final Event compare;
  private boolean level;
  private int dutyInForce;

  /** OC {@code n}, 1 to 9. */
  public OutputCompare(int n, EventQueue events, Timers timers, Cfg cfg, Pps pps, Evic evic) {
    number = n;
    output = "OC" + n;
    this.events = events;
    this.timers = timers;
    this.cfg = cfg;
    this.pps = pps;
    line = evic.line(Irq.timer(n) + 3);
    compare = events.event(output, this::compared);
    registers = new RegisterBlock(0x1F84_4000 + 0x200 * (n - 1), 0x200);
    con = registers.at(0x00, output + "CON").rw(0xA02F).onWrite((old, now) -> restart());
    r = registers.at(0x10, output + "R").rw().onWrite((old, now) -> dutyWritten(now));
    rs = registers.at(0x20, output + "RS").rw().onWrite((old, now) -> schedule());
    for (int t = 2; t <= 7; t++) {
      int timer = t;
      timers.timer(t).onChange(() -> timerChanged(timer));
      timers.timer(t).onMatch(() -> timerMatched(timer));
    }
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
    restart();
  }

  private int mode() {
    return con.has(ON) ? con.field(0, 3) : 0;
  }

  private boolean pulseWidth() {
    return mode() >= 6;
  }

  /** Timer 2 or 3, or with OCACLK the pair that the data sheet's table 18-1 gives. */
  private int timerNumber() {
    int pair = cfg.alternateCompareTimers() ? alternatePair() : 2;
    return con.has(OC32) ? pair : con.has(OCTSEL) ? pair + 1 : pair;
  }

  private int alternatePair() {
    return number <= 3 ? 4 : number <= 6 ? 2 : 6;
  }

  private void restart() {
    drive(mode() == LOW_ON_COMPARE);
    dutyInForce = r.value();
    schedule();
  }

  /** In the PWM modes R can be written only while the module is off. */
  private void dutyWritten(int now) {
    if (pulseWidth()) {
      r.value(dutyInForce);
    } else {
      dutyInForce = now;
      schedule();
    }
  }

  private void timerChanged(int timer) {
    if (mode() != 0 && timer == timerNumber()) {
      schedule();
    }
  }

  private void timerMatched(int timer) {
    if (pulseWidth() && timer == timerNumber()) {
      dutyInForce = rs.value();
      r.value(dutyInForce);
      drive(dutyInForce != 0);
      schedule();
    }
  }

  private void schedule() {
    long at = mode() == 0 ? -1 : timers.timer(timerNumber()).nextAt(target());
    if (at < 0) {
      events.cancel(compare);
    } else {
      events.schedule(compare, at);
    }
  }

  /** The count that the next edge waits for. */
  private int target() {
    boolean pulse = mode() == SINGLE_PULSE || mode() == PULSES;
    return pulse && level ? rs.value() : dutyInForce;
  }

  private void compared() {
    boolean again =
        switch (mode()) {
          case HIGH_ON_COMPARE -> edge(true, true, false);
          case LOW_ON_COMPARE -> edge(false, true, false);
          case TOGGLE -> edge(!level, true, true);
          case SINGLE_PULSE -> edge(!level, level, !level);
          case PULSES -> edge(!level, level, true);
          default -> edge(false, false, false);
        };
    if (again) {
      schedule();
    }
  }

  private boolean edge(boolean to, boolean request, boolean again) {
    drive(to);
    if (request) {
      line.raise();
    }
    return again;
  }

  private void drive(boolean to) {
    level = to;
    pps.drive(output, to);
  }
}
