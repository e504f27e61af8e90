package org.vzrig.emulator.periph;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The real-time clock and calendar (data sheet section 26), in virtual time: it starts at
 * 2000-01-01 00:00:00 at power-on and runs while ON.
 */
public final class Rtcc implements Peripheral {
  private static final int HALFSEC = 1 << 1;
  private static final int RTCWREN = 1 << 3;
  private static final int RTCCLKON = 1 << 6;
  private static final int ON = 1 << 15;
  private static final int CHIME = 1 << 14;
  private static final int ALRMEN = 1 << 15;
  private static final long SECOND = 1_000_000_000L;
  private static final LocalDateTime START = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final RegisterBlock registers = new RegisterBlock(0x1F80_0C00, 0x100);
  private final Register rtccon;
  private final Register alarm;
  private final Register alarmTime;
  private final Register alarmDate;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final InterruptLine line;
  private final Event second;

  /** Seconds since 1970 at {@link #since}, which is nanoseconds of virtual time. */
  private long base = START.toEpochSecond(ZoneOffset.UTC);

  private long since;
  private boolean running;

  /** The clock of the chip. */
  public Rtcc(
      VirtualClock clock, EventQueue events, Clocks clocks, SystemLock lock, InterruptLine line) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.line = line;
    second = events.event("RTCC", this::secondPassed);
    rtccon =
        registers
            .at(0x00, "RTCCON")
            .rw(0x03FF_A789)
            .onRead(this::readControl)
            .onWrite((old, now) -> controlWritten(old, now, lock.open()));
    alarm = registers.at(0x10, "RTCALRM").rw(0xEFFF).onWrite((old, now) -> schedule());
    registers
        .at(0x20, "RTCTIME")
        .rw(0x3F7F_7F00)
        .live(() -> time(now()))
        .guard(() -> rtccon.has(RTCWREN))
        .onWrite((old, now) -> setTime(now));
    registers
        .at(0x30, "RTCDATE")
        .rw(0xFF1F_3F07)
        .live(() -> date(now()))
        .guard(() -> rtccon.has(RTCWREN))
        .onWrite((old, now) -> setDate(now));
    alarmTime = registers.at(0x40, "ALRMTIME").rw(0x3F7F_7F00);
    alarmDate = registers.at(0x50, "ALRMDATE").rw(0x001F_3F07);
    clocks.onChange(this::schedule);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  /** Resets the registers but not the time. */
  @Override
  public void reset() {
    keepTime();
    registers.reset();
    running = false;
    events.cancel(second);
  }

  private long nanos() {
    return clocks.nanos(clock.cycles());
  }

  private void keepTime() {
    if (running) {
      long passed = nanos() - since;
      base += passed / SECOND;
      since = nanos() - passed % SECOND;
    }
  }

  private LocalDateTime now() {
    keepTime();
    return LocalDateTime.ofEpochSecond(base, 0, ZoneOffset.UTC);
  }

  private int readControl() {
    keepTime();
    rtccon.put(HALFSEC, running && nanos() - since >= SECOND / 2);
    return rtccon.value();
  }

  private void controlWritten(int old, int now, boolean unlocked) {
    boolean enable = (now & RTCWREN) != 0 && (unlocked || (old & RTCWREN) != 0);
    int protectedBits = enable || (old & RTCWREN) != 0 ? 0 : ON;
    rtccon.value(now & ~protectedBits | old & protectedBits);
    rtccon.put(RTCWREN, enable);
    rtccon.put(RTCCLKON, rtccon.has(ON));
    keepTime();
    if (rtccon.has(ON) != running) {
      running = rtccon.has(ON);
      since = nanos();
    }
    schedule();
  }

  private static int bcd(int value) {
    return value / 10 << 4 | value % 10;
  }

  private static int binary(int bcd) {
    return (bcd >>> 4 & 0xF) * 10 + (bcd & 0xF);
  }

  private static int time(LocalDateTime t) {
    return bcd(t.getHour()) << 24 | bcd(t.getMinute()) << 16 | bcd(t.getSecond()) << 8;
  }

  private static int date(LocalDateTime t) {
    int weekday = t.getDayOfWeek().getValue() % 7;
    return bcd(t.getYear() % 100) << 24
        | bcd(t.getMonthValue()) << 16
        | bcd(t.getDayOfMonth()) << 8
        | weekday;
  }

  private void setTime(int t) {
    LocalDateTime d = now();
    set(d.getYear(), d.getMonthValue(), d.getDayOfMonth(), t);
  }

  private void setDate(int d) {
    set(2000 + binary(d >>> 24), binary(d >>> 16 & 0xFF), binary(d >>> 8 & 0xFF), time(now()));
  }

  /** A date that does not exist leaves the clock as it is. */
  private void set(int year, int month, int day, int time) {
    try {
      LocalDateTime t =
          LocalDateTime.of(
              year,
              month,
              day,
              binary(time >>> 24),
              binary(time >>> 16 & 0xFF),
              binary(time >>> 8 & 0xFF));
      base = t.toEpochSecond(ZoneOffset.UTC);
      since = nanos();
      schedule();
    } catch (DateTimeException e) {
      // what the silicon counts from such a date the data sheet does not say
      keepTime();
    }
  }

  private void schedule() {
    keepTime();
    if (running && alarm.has(ALRMEN)) {
      long step = alarm.field(8, 4) == 0 ? SECOND / 2 : SECOND;
      long left = step - (nanos() - since) % step;
      events.schedule(second, clock.cycles() + Math.max(1, clocks.cyclesFor(left)));
    } else {
      events.cancel(second);
    }
  }

  private void secondPassed() {
    if (alarmMatches(now())) {
      line.raise();
      int repeats = alarm.field(0, 8);
      if (repeats == 0 && !alarm.has(CHIME)) {
        alarm.clear(ALRMEN);
      } else {
        alarm.clear(0xFF);
        alarm.set(repeats - 1 & 0xFF);
      }
    }
    schedule();
  }

  /** AMASK says how many of the alarm's digits, from the right, must equal the time's. */
  private boolean alarmMatches(LocalDateTime now) {
    int time = time(now);
    int date = date(now);
    int timeMask =
        switch (alarm.field(8, 4)) {
          case 0, 1 -> 0;
          case 2 -> 0x0000_0F00;
          case 3 -> 0x0000_FF00;
          case 4 -> 0x000F_FF00;
          case 5 -> 0x00FF_FF00;
          default -> 0xFFFF_FF00;
        };
    int dateMask =
        switch (alarm.field(8, 4)) {
          case 7 -> 0x0000_000F;
          case 8 -> 0x0000_FF00;
          case 9 -> 0x00FF_FF00;
          default -> 0;
        };
    return ((time ^ alarmTime.value()) & timeMask) == 0
        && ((date ^ alarmDate.value()) & dateMask) == 0;
  }
}
