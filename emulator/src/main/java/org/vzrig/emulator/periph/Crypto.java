package org.vzrig.emulator.periph;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Initiator;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The crypto engine (data sheet section 26 of the EFM parts): follows a chain of buffer descriptors
 * in memory, each with its security association, and enciphers or hashes what they point to.
 *
 * <p>A descriptor takes {@link #SETUP_CYCLES} and a cycle a byte.
 */
public final class Crypto implements Peripheral {
  private static final int VERSION = 0x0001_0001;
  private static final int DMAEN = 1;
  private static final int BDPPLEN = 1 << 1;
  private static final int BDPCHST = 1 << 2;
  private static final int SWAPEN = 1 << 5;
  private static final int SWRST = 1 << 6;
  private static final int SWAPOEN = 1 << 7;

  private static final int PENDIF = 1;
  private static final int CBDIF = 1 << 1;
  private static final int PKTIF = 1 << 2;
  private static final int AREIF = 1 << 3;
  private static final int ERROP = 1 << 26;
  private static final int ACTIVE = 1 << 16;

  private static final int DESC_EN = 1 << 31;
  private static final int SA_FETCH_EN = 1 << 22;
  private static final int LAST_BD = 1 << 19;
  private static final int LIFM = 1 << 18;
  private static final int PKT_INT_EN = 1 << 17;
  private static final int CBD_INT_EN = 1 << 16;
  private static final int DESCRIPTOR_WORDS = 8;

  private static final int SETUP_CYCLES = 100;
  private static final int POLL_UNIT = 256;

  private final RegisterBlock registers = new RegisterBlock(0x1F8E_5000, 0x100);
  private final Register con;
  private final Register current;
  private final Register base;
  private final Register stat;
  private final Register sources;
  private final Register enables;
  private final Register poll;
  private final VirtualClock clock;
  private final EventQueue events;
  private final SystemBus bus;
  private final InterruptLine line;
  private final Event step;
  private final int[] descriptor = new int[DESCRIPTOR_WORDS];
  private @Nullable SecurityAssociation association;
  private int messageLeft;
  private boolean inMessage;
  private boolean working;

  /** An engine that fetches from {@code bus}. */
  public Crypto(VirtualClock clock, EventQueue events, SystemBus bus, InterruptLine line) {
    this.clock = clock;
    this.events = events;
    this.bus = bus;
    this.line = line;
    step = events.event("crypto", this::step);
    registers.plain(0x00, "CEVER").reset(VERSION);
    con = registers.plain(0x04, "CECON").rw(0xE7).onWrite((old, now) -> controlWritten(now));
    current = registers.plain(0x08, "CEBDADDR");
    base = registers.plain(0x0C, "CEBDPADDR").rw().onWrite((old, now) -> restartAt(now));
    stat = registers.plain(0x10, "CESTAT");
    sources =
        registers.plain(0x14, "CEINTSRC").rw(0xF).onWrite((old, now) -> sourcesWritten(old & ~now));
    enables = registers.plain(0x18, "CEINTEN").rw(0xF).onWrite((old, now) -> signal());
    poll = registers.plain(0x1C, "CEPOLLCON").rw(0xFFFF);
    registers.plain(0x20, "CEHDLEN").rw(0xFF);
    registers.plain(0x24, "CETRLLEN").rw(0xFF);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(step);
    registers.reset();
    association = null;
    inMessage = false;
    working = false;
    signal();
  }

  private void restartAt(int address) {
    current.value(address);
  }

  private void sourcesWritten(int left) {
    sources.value(left);
    signal();
  }

  private void signal() {
    boolean pending = (sources.value() & enables.value() & ~PENDIF) != 0;
    sources.put(PENDIF, pending);
    line.level(pending);
  }

  private void controlWritten(int now) {
    if ((now & SWRST) != 0) {
      reset();
    } else if ((now & (DMAEN | BDPCHST)) == (DMAEN | BDPCHST)) {
      if (!step.pending()) {
        current.value(base.value());
        events.schedule(step, clock.cycles() + 1);
      }
    } else {
      events.cancel(step);
      working = false;
    }
  }

  /** Fetches the next descriptor, or finishes the one whose time is over. */
  private void step() {
    try {
      if (working) {
        working = false;
        finish();
      } else {
        fetch();
      }
    } catch (BusError e) {
      stat.set(ERROP);
      stat.clear(ACTIVE);
      sources.set(AREIF);
      working = false;
      signal();
    }
  }

  private void fetch() {
    for (int i = 0; i < DESCRIPTOR_WORDS; i++) {
      descriptor[i] = read(current.value() + 4 * i);
    }
    if ((descriptor[0] & DESC_EN) == 0) {
      stat.clear(ACTIVE);
      if (con.has(BDPPLEN)) {
        events.schedule(step, clock.cycles() + (long) POLL_UNIT * (poll.value() + 1));
      }
      return;
    }
    stat.set(ACTIVE);
    working = true;
    events.schedule(step, clock.cycles() + SETUP_CYCLES + (descriptor[0] & 0xFFFF));
  }

  private void finish() {
    int control = descriptor[0];
    if ((control & SA_FETCH_EN) != 0 || association == null) {
      association = new SecurityAssociation(this::read, descriptor[1]);
    }
    transform(association, control);
    bus.write(Initiator.CRYPTO, current.value(), 4, control & ~DESC_EN);
    boolean last = (control & LAST_BD) != 0;
    if ((control & CBD_INT_EN) != 0) {
      sources.set(CBDIF);
    }
    if ((control & (LIFM | PKT_INT_EN)) == (LIFM | PKT_INT_EN)) {
      sources.set(PKTIF);
    }
    signal();
    current.value(descriptor[4]);
    if (!last || con.has(BDPPLEN)) {
      events.schedule(step, clock.cycles() + 1);
    } else {
      stat.clear(ACTIVE);
    }
  }

  private void transform(SecurityAssociation sa, int control) {
    if (!inMessage) {
      inMessage = true;
      messageLeft = descriptor[6];
      sa.begin();
    }
    int length = control & 0xFFFF;
    byte[] data = fetchData(descriptor[2], length);
    if (sa.enciphers()) {
      storeData(descriptor[3], sa.encipher(data));
    }
    if (sa.hashes()) {
      // the last buffer is filled up to whole words; the message ends before
      sa.hash(data, Math.min(length, messageLeft));
    }
    messageLeft -= Math.min(length, messageLeft);
    if ((control & LIFM) != 0) {
      inMessage = false;
      if (sa.hashes()) {
        storeData(descriptor[5], sa.digest());
      }
    }
  }

  private int read(int address) {
    return bus.read(Initiator.CRYPTO, address, 4);
  }

  /** With SWAPEN the bytes are taken in their order in memory, else each word's are reversed. */
  private byte[] fetchData(int address, int length) {
    int flip = con.has(SWAPEN) ? 0 : 3;
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) bus.read(Initiator.CRYPTO, address + (i ^ flip), 1);
    }
    return data;
  }

  private void storeData(int address, byte[] data) {
    int flip = con.has(SWAPOEN) ? 0 : 3;
    for (int i = 0; i < data.length; i++) {
      bus.write(Initiator.CRYPTO, address + (i ^ flip), 1, data[i] & 0xFF);
    }
  }
}
