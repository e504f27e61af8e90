package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.port.AnalogPort;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The 12-bit ADC with six converters (data sheet section 28): software, timer and scan triggers,
 * single conversions on request, ready bits and requests.
 *
 * <p>Every conversion takes {@link #CONVERSION_NANOS}. Comparators and filters have only their
 * registers.
 */
public final class Adc implements Peripheral, AnalogPort {
  /** Channels with a result; the first five can take AN45 to AN49 instead of AN0 to AN4. */
  private static final int CHANNELS = 45;

  private static final int DEDICATED = 5;

  /** Analog inputs. */
  public static final int INPUTS = CHANNELS + DEDICATED;

  private static final int FULL_SCALE_MILLIVOLTS = 3300;
  private static final long CONVERSION_NANOS = 1000;

  private static final int ON = 1 << 15;
  private static final int FRACT = 1 << 23;
  private static final int BGVRRDY = 1 << 31;
  private static final int EOSRDY = 1 << 29;
  private static final int EOSIEN = 1 << 13;
  private static final int GSWTRG = 1 << 6;
  private static final int GLSWTRG = 1 << 7;
  private static final int RQCNVRT = 1 << 8;
  private static final int UPDRDY = 1 << 10;
  private static final int SHARED = 7;

  private static final int SOFTWARE_TRIGGER = 1;
  private static final int SCAN_TRIGGER = 3;
  private static final int TIMER1_TRIGGER = 5;
  private static final int IRQ_ADC = 44;
  private static final int IRQ_DATA0 = 59;
  private static final int IRQ_END_OF_SCAN = 192;

  private final RegisterBlock registers = new RegisterBlock(0x1F84_B000, 0x400);
  private final Register con1;
  private final Register con2;
  private final Register con3;
  private final Register triggerMode;
  private final Register ancon;
  private final Register[] requests = new Register[2];
  private final Register[] scan = new Register[2];
  private final Register[] ready = new Register[2];
  private final Register[] triggers = new Register[3];
  private final Register[] times = new Register[5];
  private final Register[] data = new Register[CHANNELS];
  private final int[] millivolts = new int[INPUTS];
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final Evic evic;
  private final Event converted;
  private long converting;
  private boolean scanning;

  /** The converters, with the timers that can trigger them. */
  public Adc(VirtualClock clock, EventQueue events, Clocks clocks, Evic evic, Timers timers) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.evic = evic;
    converted = events.event("ADC", this::converted);
    con1 = registers.plain(0x00, "ADCCON1").reset(0x0060_0000).rw(0x00FF_FBFB);
    con1.onWrite((old, now) -> settle());
    con2 = registers.plain(0x04, "ADCCON2").rw(0x13FF_BFFF);
    triggerMode = registers.plain(0x0C, "ADCTRGMODE").rw(0x03FF_1F1F);
    con3 = registers.plain(0x08, "ADCCON3").rw(0xFF9F_FBFF).onWrite((old, now) -> command(now));
    for (int i = 0; i < 2; i++) {
      requests[i] =
          registers.plain(0x20 + 4 * i, "ADCGIRQEN" + (i + 1)).rw().onWrite((o, n) -> signal());
      scan[i] = registers.plain(0x28 + 4 * i, "ADCCSS" + (i + 1)).rw();
      ready[i] = registers.plain(0x30 + 4 * i, "ADCDSTAT" + (i + 1));
    }
    for (int i = 0; i < 3; i++) {
      triggers[i] = registers.plain(0x80 + 4 * i, "ADCTRG" + (i + 1)).rw(0x1F1F_1F1F);
    }
    for (int i = 0; i < 5; i++) {
      times[i] = registers.plain(0xD4 + 4 * i, "ADC" + i + "TIME").reset(0x0300_0000).rw();
    }
    ancon = registers.plain(0x100, "ADCANCON").rw(0x0F9F_009F).onWrite((old, now) -> settle());
    for (int n = 0; n < CHANNELS; n++) {
      int input = n;
      data[n] = registers.plain(0x200 + 4 * n, "ADCDATA" + n);
      data[n].onRead(() -> readData(input));
    }
    declareOthers();
    timers.timer(1).onMatch(() -> trigger(TIMER1_TRIGGER));
    timers.timer(3).onMatch(() -> trigger(TIMER1_TRIGGER + 1));
    timers.timer(5).onMatch(() -> trigger(TIMER1_TRIGGER + 2));
  }

  private void declareOthers() {
    for (int n = 1; n <= 3; n++) {
      registers.plain(0x0C + 4 * n, "ADCIMCON" + n).rw();
    }
    for (int n = 1; n <= 6; n++) {
      registers.plain(0x30 + 8 * n, "ADCCMPEN" + n).rw();
      registers.plain(0x34 + 8 * n, "ADCCMP" + n).rw();
      registers.plain(0x64 + 4 * n, "ADCFLTR" + n).rw();
      registers.plain(0x9C + 4 * n, "ADCCMPCON" + n).rw(0x0000_00FF);
    }
    registers.plain(0xB8, "ADCFSTAT").rw(0xFF00_0000);
    registers.plain(0xBC, "ADCFIFO");
    registers.plain(0xC0, "ADCBASE").rw(0xFFFF);
    registers.plain(0xD0, "ADCTRGSNS").rw(0xFFF);
    for (int n = 1; n <= 2; n++) {
      registers.plain(0xEC + 4 * n, "ADCEIEN" + n).rw();
      registers.plain(0xF4 + 4 * n, "ADCEISTAT" + n);
      registers.plain(0x1BC + 4 * n, "ADCSYSCFG" + (n - 1));
    }
    for (int n : new int[] {0, 1, 2, 3, 4, SHARED}) {
      registers.plain(0x180 + 4 * n, "ADC" + n + "CFG").rw();
    }
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(converted);
    registers.reset();
    converting = 0;
    scanning = false;
    con3.set(UPDRDY);
    signal();
  }

  @Override
  public void set(int input, int value) {
    millivolts[input] = Math.clamp(value, 0, FULL_SCALE_MILLIVOLTS);
  }

  /** References and analog parts are ready as soon as they are switched on. */
  private void settle() {
    con2.put(BGVRRDY, con1.has(ON));
    int enabled = con1.has(ON) ? ancon.value() & 0x9F : 0;
    ancon.value(ancon.value() & ~0x9F00 | enabled << 8);
  }

  private void command(int now) {
    con3.clear(GSWTRG | RQCNVRT);
    con3.set(UPDRDY);
    if ((now & (GSWTRG | GLSWTRG)) != 0) {
      trigger(SOFTWARE_TRIGGER);
    }
    if ((now & RQCNVRT) != 0) {
      start(1L << (now & 0x3F));
    }
  }

  /** A trigger source fires: its inputs of AN0 to AN11, and the scan when it waits for it. */
  private void trigger(int source) {
    long inputs = 0;
    for (int n = 0; n < 12; n++) {
      if (triggers[n / 4].field(8 * (n % 4), 5) == source) {
        inputs |= 1L << n;
      }
    }
    if (con1.field(16, 5) == source) {
      scanning = true;
      inputs |= scanned();
    }
    start(inputs);
  }

  /** Inputs of the scan; those of AN0 to AN11 must name it as their trigger. */
  private long scanned() {
    long inputs = Integer.toUnsignedLong(scan[0].value()) | (long) scan[1].value() << 32;
    for (int n = 0; n < 12; n++) {
      if (triggers[n / 4].field(8 * (n % 4), 5) != SCAN_TRIGGER) {
        inputs &= ~(1L << n);
      }
    }
    return inputs;
  }

  private void start(long inputs) {
    long possible = 0;
    for (int n = 0; n < CHANNELS; n++) {
      int converter = n < 5 ? n : SHARED;
      boolean enabled = con3.has(1 << 16 + converter) && con1.has(ON);
      possible |= enabled ? 1L << n : 0;
    }
    converting |= inputs & possible;
    if (converting != 0 && !converted.pending()) {
      events.schedule(converted, clock.cycles() + clocks.cyclesFor(CONVERSION_NANOS));
    }
  }

  private void converted() {
    int n = Long.numberOfTrailingZeros(converting);
    converting &= converting - 1;
    data[n].value(result(n));
    ready[n >>> 5].set(1 << n);
    signal();
    if (converting != 0) {
      events.schedule(converted, clock.cycles() + clocks.cyclesFor(CONVERSION_NANOS));
    } else if (scanning) {
      scanning = false;
      con2.set(EOSRDY);
      if (con2.has(EOSIEN)) {
        evic.raise(IRQ_END_OF_SCAN);
      }
    }
  }

  /** Resolutions 0 to 3 are 6, 8, 10 and 12 bits. */
  private int result(int n) {
    int select = n < 5 ? times[n].field(24, 2) : con1.field(21, 2);
    int bits = 6 + 2 * select;
    int value = millivolts[input(n)] * ((1 << bits) - 1) / FULL_SCALE_MILLIVOLTS;
    return con1.has(FRACT) ? value << 32 - bits : value;
  }

  /** The input of channel {@code n}: ADCTRGMODE.SHxALT = 1 takes the alternative one. */
  private int input(int n) {
    boolean alternative = n < DEDICATED && triggerMode.field(16 + 2 * n, 2) == 1;
    return alternative ? CHANNELS + n : n;
  }

  private int readData(int n) {
    ready[n >>> 5].clear(1 << n);
    con2.clear(EOSRDY);
    signal();
    return data[n].value();
  }

  private void signal() {
    boolean any = false;
    for (int n = 0; n < CHANNELS; n++) {
      boolean active = ready[n >>> 5].has(1 << n) && requests[n >>> 5].has(1 << n);
      evic.level(IRQ_DATA0 + n, active);
      any |= active;
    }
    evic.level(IRQ_ADC, any);
  }
}
