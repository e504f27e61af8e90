package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Initiator;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.bus.SystemBus;

/** One channel of the DMA controller: its registers, pointers and the cell it moves. */
final class DmaChannel {
  private static final int CHEDET = 1 << 2;
  private static final int CHAEN = 1 << 4;
  private static final int CHCHN = 1 << 5;
  private static final int CHAED = 1 << 6;
  private static final int CHEN = 1 << 7;
  private static final int CHCHNS = 1 << 8;
  private static final int CHPATLEN = 1 << 11;
  private static final int CHPIGNEN = 1 << 13;
  private static final int CHBUSY = 1 << 15;

  private static final int AIRQEN = 1 << 3;
  private static final int SIRQEN = 1 << 4;
  private static final int PATEN = 1 << 5;
  private static final int CABORT = 1 << 6;
  private static final int CFORCE = 1 << 7;

  private static final int CHERIF = 1;
  private static final int CHTAIF = 1 << 1;
  private static final int CHCCIF = 1 << 2;
  private static final int CHBCIF = 1 << 3;
  private static final int CHDHIF = 1 << 4;
  private static final int CHDDIF = 1 << 5;
  private static final int CHSHIF = 1 << 6;
  private static final int CHSDIF = 1 << 7;

  private final int number;
  private final Dma dma;
  private final SystemBus bus;
  private final InterruptLine line;
  private final Register con;
  private final Register econ;
  private final Register flags;
  private final Register source;
  private final Register destination;
  private final Register sourceSize;
  private final Register destinationSize;
  private final Register cellSize;
  private final Register pattern;

  private int sourceAt;
  private int destinationAt;
  private int cellAt;
  private int moved;
  private boolean cellWaits;
  private int lastByte;
  private boolean haveLastByte;

  DmaChannel(int number, Dma dma, SystemBus bus, RegisterBlock block, InterruptLine line) {
    this.number = number;
    this.dma = dma;
    this.bus = bus;
    this.line = line;
    int at = 0x60 + 0xC0 * number;
    String name = "DCH" + number;
    con = block.at(at, name + "CON").rw(0xFF00_29F3).onWrite(this::controlWritten);
    econ =
        block
            .at(at + 0x10, name + "ECON")
            .reset(0x00FF_FF00)
            .rw(0x00FF_FFF8)
            .onWrite((old, now) -> eventsWritten(now));
    flags = block.at(at + 0x20, name + "INT").rw(0x00FF_00FF).onWrite(this::flagsWritten);
    source = block.at(at + 0x30, name + "SSA").rw().onWrite((old, now) -> sourceAt = 0);
    destination = block.at(at + 0x40, name + "DSA").rw().onWrite((old, now) -> destinationAt = 0);
    sourceSize = block.at(at + 0x50, name + "SSIZ").rw(0xFFFF);
    destinationSize = block.at(at + 0x60, name + "DSIZ").rw(0xFFFF);
    block.at(at + 0x70, name + "SPTR").live(() -> sourceAt);
    block.at(at + 0x80, name + "DPTR").live(() -> destinationAt);
    cellSize = block.at(at + 0x90, name + "CSIZ").rw(0xFFFF);
    block.at(at + 0xA0, name + "CPTR").live(() -> cellAt);
    pattern = block.at(at + 0xB0, name + "DAT").rw(0xFFFF);
  }

  void reset() {
    cellWaits = false;
    rewind();
  }

  int number() {
    return number;
  }

  int priority() {
    return con.field(0, 2);
  }

  /** Whether a cell has been started and not finished. */
  boolean ready() {
    return cellWaits && con.has(CHEN);
  }

  /** Request {@code irq} has been raised. */
  void requested(int irq) {
    if (econ.has(AIRQEN) && econ.field(16, 8) == irq && con.has(CHEN)) {
      abort();
    } else if (econ.has(SIRQEN) && econ.field(8, 8) == irq) {
      start();
    }
  }

  /** A neighbour has completed its block: a channel chained to it is enabled. */
  void neighbourDone(DmaChannel neighbour) {
    int chainedTo = con.has(CHCHNS) ? number + 1 : number - 1;
    if (con.has(CHCHN) && neighbour.number == chainedTo) {
      con.set(CHEN);
      enabled();
    }
  }

  private void controlWritten(int old, int now) {
    if ((old & CHEN) == 0 && (now & CHEN) != 0) {
      enabled();
    } else if ((now & CHEN) == 0) {
      con.clear(CHBUSY);
    }
  }

  private void enabled() {
    if (con.has(CHEDET) || econ.has(SIRQEN) && dma.standing(econ.field(8, 8))) {
      con.clear(CHEDET);
      start();
    }
  }

  private void eventsWritten(int now) {
    econ.clear(CABORT | CFORCE);
    if ((now & CABORT) != 0) {
      abort();
    } else if ((now & CFORCE) != 0) {
      start();
    } else if ((now & SIRQEN) != 0 && con.has(CHEN) && dma.standing(econ.field(8, 8))) {
      start();
    }
  }

  private void flagsWritten(int old, int now) {
    int newlyEnabled = (now & ~old) >>> 16;
    if ((now & newlyEnabled & 0xFF) != 0) {
      line.raise();
    }
  }

  /** An event starts a cell; while the channel is off it is only remembered, with CHAED. */
  private void start() {
    if (!con.has(CHEN)) {
      con.put(CHEDET, con.has(CHAED));
    } else if (!cellWaits) {
      cellWaits = true;
      con.set(CHBUSY);
      dma.wake();
    }
  }

  private void abort() {
    cellWaits = false;
    con.clear(CHEN | CHBUSY);
    rewind();
    flag(CHTAIF);
  }

  private void rewind() {
    sourceAt = 0;
    destinationAt = 0;
    cellAt = 0;
    moved = 0;
    haveLastByte = false;
  }

  private static int size(Register register) {
    return register.value() == 0 ? 1 << 16 : register.value();
  }

  private int blockSize() {
    return Math.max(size(sourceSize), size(destinationSize));
  }

  /**
   * Moves up to {@code limit} bytes of the present cell.
   *
   * @return the number of bus transfers made
   */
  int move(int limit) {
    int transfers = 0;
    int done = 0;
    try {
      while (done < limit && ready()) {
        done += unit();
        transfers += 2;
      }
    } catch (BusError e) {
      cellWaits = false;
      con.clear(CHEN | CHBUSY);
      flag(CHERIF);
    }
    return transfers;
  }

  /** Moves a word where both sides are aligned and long enough, else a byte; returns its size. */
  private int unit() {
    int from = source.value() + sourceAt;
    int to = destination.value() + destinationAt;
    int room =
        Math.min(
            Math.min(size(sourceSize) - sourceAt, size(destinationSize) - destinationAt),
            Math.min(size(cellSize) - cellAt, blockSize() - moved));
    boolean word = ((from | to) & 3) == 0 && room >= 4 && !econ.has(PATEN);
    int bytes = word ? 4 : 1;
    int value = bus.read(Initiator.DMA_READ, from, bytes);
    if (dma.stores(this)) {
      bus.write(Initiator.DMA_WRITE, to, bytes, value);
    }
    dma.crc(this, value, bytes);
    advance(bytes);
    if (econ.has(PATEN) && matches(value)) {
      blockDone();
    }
    return bytes;
  }

  private void advance(int bytes) {
    int sourceEnd = size(sourceSize);
    int destinationEnd = size(destinationSize);
    int events = 0;
    events |= crosses(sourceAt, bytes, sourceEnd / 2) ? CHSHIF : 0;
    events |= crosses(destinationAt, bytes, destinationEnd / 2) ? CHDHIF : 0;
    sourceAt += bytes;
    destinationAt += bytes;
    cellAt += bytes;
    moved += bytes;
    if (sourceAt >= sourceEnd) {
      sourceAt = 0;
      events |= CHSDIF;
    }
    if (destinationAt >= destinationEnd) {
      destinationAt = 0;
      events |= CHDDIF;
    }
    boolean block = moved >= blockSize();
    if (block || cellAt >= size(cellSize)) {
      cellDone();
      events |= CHCCIF;
    }
    flag(events);
    if (block) {
      blockDone();
    } else if (!cellWaits && econ.has(SIRQEN) && dma.standing(econ.field(8, 8))) {
      start();
    }
  }

  private static boolean crosses(int at, int bytes, int mark) {
    return mark > 0 && at < mark && at + bytes >= mark;
  }

  private void cellDone() {
    cellAt = 0;
    cellWaits = false;
    con.clear(CHBUSY);
  }

  private void blockDone() {
    cellDone();
    dma.blockDone(this, destination.value());
    rewind();
    if (!con.has(CHAEN)) {
      con.clear(CHEN);
    }
    flag(CHBCIF);
    if (con.has(CHEN)) {
      enabled();
    }
  }

  /** One or two bytes equal CHPDAT; with CHPIGNEN the byte CHPIGN does not count. */
  private boolean matches(int value) {
    int data = value & 0xFF;
    if (con.has(CHPIGNEN) && data == con.field(24, 8)) {
      return false;
    }
    boolean match =
        con.has(CHPATLEN)
            ? haveLastByte && (data << 8 | lastByte) == pattern.value()
            : data == (pattern.value() & 0xFF);
    lastByte = data;
    haveLastByte = true;
    return match;
  }

  private void flag(int events) {
    flags.set(events);
    if ((flags.value() >>> 16 & events) != 0) {
      line.raise();
    }
  }
}
