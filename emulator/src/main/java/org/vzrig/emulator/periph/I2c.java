package org.vzrig.emulator.periph;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.port.I2cDevice;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * An I2C module (data sheet section 20) as single master: start, restart, stop, transmit, receive,
 * acknowledge, each taking its bits' time and ending with the master request.
 */
public final class I2c implements Peripheral {
  private static final int SEN = 1;
  private static final int RSEN = 1 << 1;
  private static final int PEN = 1 << 2;
  private static final int RCEN = 1 << 3;
  private static final int ACKEN = 1 << 4;
  private static final int SCLREL = 1 << 12;
  private static final int ON = 1 << 15;
  private static final int ACTIONS = SEN | RSEN | PEN | RCEN | ACKEN;

  private static final int TBF = 1;
  private static final int RBF = 1 << 1;
  private static final int S = 1 << 3;
  private static final int P = 1 << 4;
  private static final int I2COV = 1 << 6;
  private static final int IWCOL = 1 << 7;
  private static final int BCL = 1 << 10;
  private static final int TRSTAT = 1 << 14;
  private static final int ACKSTAT = 1 << 15;

  private static final int ADDRESSES = 128;

  private final RegisterBlock registers;
  private final Register con;
  private final Register stat;
  private final Register brg;
  private final Register receive;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final InterruptLine master;
  private final Event done;
  private final @Nullable I2cDevice[] devices = new I2cDevice[ADDRESSES];
  private @Nullable I2cDevice talking;
  private boolean addressNext;
  private int sending = -1;

  /** I2C {@code n}, 1 to 5. */
  public I2c(int n, VirtualClock clock, EventQueue events, Clocks clocks, InterruptLine master) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.master = master;
    String i = "I2C" + n;
    done = events.event(i, this::actionDone);
    registers = new RegisterBlock(0x1F82_0000 + 0x200 * (n - 1), 0x200);
    con = registers.at(0x00, i + "CON").reset(SCLREL).rw(0x007F_BFFF).onWrite(this::controlWritten);
    stat = registers.at(0x10, i + "STAT").clearOnly(BCL | IWCOL | I2COV);
    registers.at(0x20, i + "ADD").rw(0x3FF);
    registers.at(0x30, i + "MSK").rw(0x3FF);
    brg = registers.at(0x40, i + "BRG").rw(0xFFFF);
    registers.at(0x50, i + "TRN").rw(0xFF).onWrite((old, now) -> transmit(now));
    receive = registers.at(0x60, i + "RCV").onRead(this::readReceived);
  }

  /** Connects a slave with a 7-bit address. */
  public void attach(int address, I2cDevice device) {
    devices[address] = device;
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(done);
    registers.reset();
    talking = null;
    sending = -1;
  }

  private boolean busy() {
    return done.pending();
  }

  private void controlWritten(int old, int now) {
    if ((now & ON) == 0) {
      events.cancel(done);
      con.clear(ACTIONS);
      stat.value(0);
      release();
    } else if (busy()) {
      con.value(now & ~ACTIONS | old & ACTIONS);
    } else if ((now & ACTIONS) != 0) {
      con.value(now & ~ACTIONS | Integer.lowestOneBit(now & ACTIONS));
      take((now & RCEN) != 0 ? 8 : 1);
    }
  }

  /** An action of {@code bits} clock periods begins; PBCLK2 / (2 (BRG + 2)) is the bit rate. */
  private void take(int bits) {
    long bit = 2L * (brg.value() + 2) * clocks.divisor(2);
    events.schedule(done, clock.cycles() + bits * bit);
  }

  private void transmit(int value) {
    if (!con.has(ON)) {
      return;
    }
    if (busy()) {
      stat.set(IWCOL);
      return;
    }
    sending = value & 0xFF;
    stat.set(TBF | TRSTAT);
    take(9);
  }

  private void actionDone() {
    if (sending >= 0) {
      sent();
    } else if (con.has(SEN | RSEN)) {
      stat.set(S);
      stat.clear(P);
      addressNext = true;
    } else if (con.has(PEN)) {
      stat.set(P);
      stat.clear(S);
      release();
    } else if (con.has(RCEN)) {
      received();
    }
    con.clear(ACTIONS);
    master.raise();
  }

  private void sent() {
    int value = sending;
    sending = -1;
    boolean acknowledged;
    if (addressNext) {
      addressNext = false;
      release();
      talking = devices[value >>> 1];
      acknowledged = talking != null && talking.start((value & 1) != 0);
    } else {
      acknowledged = talking != null && talking.write(value);
    }
    stat.clear(TBF | TRSTAT);
    stat.put(ACKSTAT, !acknowledged);
  }

  private void received() {
    int value = talking == null ? 0xFF : talking.read();
    if (stat.has(RBF)) {
      stat.set(I2COV);
    } else {
      receive.value(value & 0xFF);
      stat.set(RBF);
    }
  }

  private int readReceived() {
    stat.clear(RBF);
    return receive.value();
  }

  private void release() {
    if (talking != null) {
      talking.stop();
      talking = null;
    }
  }
}
