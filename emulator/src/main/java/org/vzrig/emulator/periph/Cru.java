package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * Clock sources, PLL, peripheral bus dividers and reference clocks (data sheet section 8), with the
 * reset registers that share its address range.
 *
 * <p>Where the hardware takes its time (oscillator switch) the model takes {@link #SWITCH_NANOS}.
 */
public final class Cru implements Peripheral {
  private static final int OSWEN = 1;
  private static final int CF = 1 << 3;
  private static final int SLOCK = 1 << 5;
  private static final int SOSCEN = 1 << 1;
  private static final int SOSCRDY = 1 << 22;
  private static final int PBDIVRDY = 1 << 11;
  private static final int REFO_ACTIVE = 1 << 8;
  private static final int REFO_DIVSWEN = 1 << 9;
  private static final int REFO_ON = 1 << 15;
  private static final int FRC_HZ = 8_000_000;

  /** How long a switch of the oscillator takes, nanoseconds. */
  static final long SWITCH_NANOS = 10_000;

  private final RegisterBlock registers = new RegisterBlock(0x1F80_1200, 0x200);
  private final Register osccon;
  private final Register spllcon;
  private final Register clkstat;
  private final Register[] dividers = new Register[9];
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final ConfigWords words;
  private final long crystalHz;
  private final Event switched;

  /** The clock unit of a board whose primary oscillator runs at {@code crystalHz}. */
  public Cru(
      VirtualClock clock,
      EventQueue events,
      Clocks clocks,
      SystemLock lock,
      ConfigWords words,
      long crystalHz) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.words = words;
    this.crystalHz = crystalHz;
    switched = events.event("OSWEN", this::switchOscillator);
    osccon =
        registers
            .at(0x00, "OSCCON")
            .rw(0x0780_0793)
            .clearOnly(CF)
            .guard(lock::open)
            .onWrite(this::oscillatorWritten);
    registers.at(0x10, "OSCTUN").rw(0x3F).guard(lock::open);
    spllcon = registers.at(0x20, "SPLLCON").rw(0x077F_0787).guard(lock::open);
    for (int n = 1; n <= 4; n++) {
      reference(0x80 + 0x20 * (n - 1), n, lock);
    }
    for (int bus = 1; bus <= 8; bus++) {
      if (bus != 6) {
        divider(bus, lock);
      }
    }
    registers.at(0x1C0, "SLEWCON").rw(0x000F_0706);
    clkstat = registers.at(0x1D0, "CLKSTAT");
  }

  private void reference(int offset, int n, SystemLock lock) {
    Register control = registers.at(offset, "REFO" + n + "CON");
    control
        .rw(0x7FFF_BA0F)
        .guard(lock::open)
        .onWrite(
            (old, now) -> {
              control.clear(REFO_DIVSWEN);
              control.put(REFO_ACTIVE, (now & REFO_ON) != 0);
            });
    registers.at(offset + 0x10, "REFO" + n + "TRIM").rw(0xFF80_0000);
  }

  private void divider(int bus, SystemLock lock) {
    int on = bus == 1 ? 0 : 1 << 15;
    int power = bus == 7 ? 0 : 1;
    dividers[bus] =
        registers
            .at(0x100 + 0x10 * (bus - 1), "PB" + bus + "DIV")
            .reset(on | PBDIVRDY | power)
            .rw(on | 0x7F)
            .guard(lock::open)
            .onWrite((old, now) -> clocks.divisor(bus, (now & 0x7F) + 1));
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  /** Clocks as the configuration words say. */
  @Override
  public void reset() {
    events.cancel(switched);
    registers.reset();
    int oscillator = words.devcfg(1) & 7;
    int pll = words.devcfg(2);
    spllcon.value(pll >>> 4 & 7 | pll & 0x80 | (pll & 7) << 8 | (pll >>> 8 & 0x7F) << 16);
    spllcon.set((pll >>> 16 & 7) << 24);
    osccon.value(oscillator << 12 | oscillator << 8);
    osccon.put(SOSCEN, (words.devcfg(1) & 0x40) != 0);
    for (int bus = 1; bus <= 8; bus++) {
      if (dividers[bus] != null) {
        clocks.divisor(bus, dividers[bus].field(0, 7) + 1);
      }
    }
    started();
  }

  private void oscillatorWritten(int old, int now) {
    boolean switching = (words.devcfg(1) & 0x4000) != 0;
    if ((now & OSWEN) != 0 && (old & OSWEN) == 0) {
      if (switching) {
        events.schedule(switched, clock.cycles() + clocks.cyclesFor(SWITCH_NANOS));
      } else {
        osccon.clear(OSWEN);
      }
    } else if ((now & OSWEN) == 0) {
      events.cancel(switched);
    }
    started();
  }

  private void switchOscillator() {
    osccon.clear(OSWEN | 7 << 12);
    osccon.set(osccon.field(8, 3) << 12);
    started();
  }

  /** The current oscillator runs: status bits and SYSCLK follow. */
  private void started() {
    int oscillator = osccon.field(12, 3);
    osccon.put(SLOCK, oscillator == 1);
    osccon.put(SOSCRDY, osccon.has(SOSCEN) || oscillator == 4);
    boolean primary = (words.devcfg(1) >>> 8 & 3) != 3;
    clkstat.value(0x21);
    clkstat.put(1 << 1, oscillator == 1);
    clkstat.put(1 << 2, primary);
    clkstat.put(1 << 4, osccon.has(SOSCRDY));
    clocks.sysclk(frequency(oscillator));
  }

  private long frequency(int oscillator) {
    return switch (oscillator) {
      case 1 -> pllHz();
      case 2 -> crystalHz;
      case 4, 5 -> Clocks.SLOW_HZ;
      default -> FRC_HZ >>> frcShift();
    };
  }

  /** FRCDIV 0 to 7 divides by 1, 2, 4, 8, 16, 32, 64, 256. */
  private int frcShift() {
    int field = osccon.field(24, 3);
    return field == 7 ? 8 : field;
  }

  private long pllHz() {
    long input = spllcon.has(0x80) ? FRC_HZ : crystalHz;
    int output = 1 << Math.clamp(spllcon.field(24, 3), 1, 5);
    return input / (spllcon.field(8, 3) + 1) * (spllcon.field(16, 7) + 1) / output;
  }
}
