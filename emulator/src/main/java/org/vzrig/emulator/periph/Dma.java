package org.vzrig.emulator.periph;

import org.vzrig.boards.Irq;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Initiator;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The DMA controller (data sheet section 10): eight channels that move cells of bytes when software
 * or an interrupt request says so.
 *
 * <p>The controller moves bursts of {@link #BURST} bytes, the channel with the highest CHPRI first,
 * and charges each bus transfer {@link #TRANSFER_CYCLES} of SYSCLK.
 */
public final class Dma implements Peripheral {
  private static final int CHANNELS = 8;
  private static final int ON = 1 << 15;
  private static final int SUSPEND = 1 << 12;
  private static final int DMABUSY = 1 << 11;
  private static final int BURST = 64;
  private static final int TRANSFER_CYCLES = 2;

  private static final int CRCAPP = 1 << 6;
  private static final int CRCEN = 1 << 7;
  private static final int CRCTYP = 1 << 5;
  private static final int BITO = 1 << 24;

  private final RegisterBlock registers = new RegisterBlock(0x1F81_1000, 0x1000);
  private final Register dmacon;
  private final Register dmastat;
  private final Register crccon;
  private final Register crcdata;
  private final Register crcxor;
  private final DmaChannel[] channels = new DmaChannel[CHANNELS];
  private final SystemBus bus;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Evic evic;
  private final Event step;

  /** A controller that moves data on {@code bus}. */
  public Dma(VirtualClock clock, EventQueue events, Evic evic, SystemBus bus) {
    this.clock = clock;
    this.events = events;
    this.evic = evic;
    this.bus = bus;
    step = events.event("DMA", this::step);
    dmacon = registers.at(0x00, "DMACON").rw(ON | SUSPEND).onWrite((old, now) -> controlWritten());
    dmastat = registers.at(0x10, "DMASTAT");
    registers.at(0x20, "DMAADDR");
    crccon = registers.at(0x30, "DCRCCON").rw(0x3900_1FE7);
    crcdata = registers.at(0x40, "DCRCDATA").rw();
    crcxor = registers.at(0x50, "DCRCXOR").rw();
    for (int n = 0; n < CHANNELS; n++) {
      channels[n] = new DmaChannel(n, this, bus, registers, evic.line(Irq.DMA0 + n));
    }
    evic.onRequest(this::requested);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(step);
    registers.reset();
    for (DmaChannel channel : channels) {
      channel.reset();
    }
  }

  boolean standing(int irq) {
    return irq < Evic.REQUESTS && evic.standing(irq);
  }

  private void requested(int irq) {
    if (dmacon.has(ON)) {
      for (DmaChannel channel : channels) {
        channel.requested(irq);
      }
    }
  }

  private void controlWritten() {
    if (!dmacon.has(ON) || dmacon.has(SUSPEND)) {
      events.cancel(step);
      dmacon.clear(DMABUSY);
    } else {
      wake();
    }
  }

  /** A channel has a cell to move. */
  void wake() {
    if (dmacon.has(ON) && !dmacon.has(SUSPEND) && !step.pending() && next() >= 0) {
      dmacon.set(DMABUSY);
      events.schedule(step, clock.cycles() + TRANSFER_CYCLES);
    }
  }

  private void step() {
    int n = next();
    if (n < 0) {
      dmacon.clear(DMABUSY);
      return;
    }
    dmastat.value(n);
    int transfers = channels[n].move(BURST);
    events.schedule(step, step.deadline() + (long) Math.max(1, transfers) * TRANSFER_CYCLES);
  }

  private int next() {
    int best = -1;
    for (int n = 0; n < CHANNELS; n++) {
      if (channels[n].ready() && (best < 0 || channels[n].priority() > channels[best].priority())) {
        best = n;
      }
    }
    return best;
  }

  // CRC

  private boolean crcOf(DmaChannel channel) {
    return crccon.has(CRCEN) && crccon.field(0, 3) == channel.number();
  }

  /** In append mode the CRC's channel only reads its data. */
  boolean stores(DmaChannel channel) {
    return !(crcOf(channel) && crccon.has(CRCAPP));
  }

  void crc(DmaChannel channel, int value, int bytes) {
    if (!crcOf(channel)) {
      return;
    }
    for (int i = 0; i < bytes; i++) {
      crcByte(value >>> 8 * i & 0xFF);
    }
  }

  private void crcByte(int data) {
    if (crccon.has(CRCTYP)) {
      int sum = crcdata.value() + data;
      crcdata.value((sum & 0xFFFF) + (sum >>> 16));
      return;
    }
    int length = crccon.field(8, 5) + 1;
    int mask = length == 32 ? -1 : (1 << length) - 1;
    int crc = crcdata.value();
    for (int i = 0; i < 8; i++) {
      int bit = data >>> (crccon.has(BITO) ? i : 7 - i) & 1;
      int out = crc >>> length - 1 & 1;
      crc = crc << 1 & mask;
      if ((bit ^ out) != 0) {
        crc ^= crcxor.value() & mask;
      }
    }
    crcdata.value(crc);
  }

  /** A block is complete: append mode writes the CRC, chained neighbours are enabled. */
  void blockDone(DmaChannel channel, int destination) {
    if (crcOf(channel) && crccon.has(CRCAPP)) {
      appendCrc(destination);
    }
    for (DmaChannel other : channels) {
      if (other != channel) {
        other.neighbourDone(channel);
      }
    }
    wake();
  }

  private void appendCrc(int destination) {
    try {
      for (int i = 0; i <= crccon.field(8, 5) / 8; i++) {
        bus.write(Initiator.DMA_WRITE, destination + i, 1, crcdata.value() >>> 8 * i & 0xFF);
      }
    } catch (BusError e) {
      dmastat.set(1 << 31);
    }
  }
}
