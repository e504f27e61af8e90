package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;

/** One I/O port (data sheet section 12): up to 16 pins with latch, pulls and change notice. */
public final class Port implements Peripheral {
  private static final int ON = 1 << 15;
  private static final int EDGEDETECT = 1 << 11;

  /** Told when pins of the port change level. */
  @FunctionalInterface
  interface Listener {
    /** The pins of {@code changed} are now as {@code levels} says. */
    void levelsChanged(int changed, int levels);
  }

  private final RegisterBlock registers;
  private final int pins;
  private final int analog;
  private final Register ansel;
  private final Register tris;
  private final Register odc;
  private final Register pullUp;
  private final Register pullDown;
  private final Register cncon;
  private final Register cnen;
  private final Register cnstat;
  private final Register cnne;
  private final Register cnf;
  private final InterruptLine notice;
  private final Listener listener;
  private int latch;
  private int takenOver;
  private int moduleLevels;
  private int boardDrives;
  private int boardLevels;
  private int levels;
  private int digital;
  private int lastRead;

  /**
   * A port.
   *
   * @param letter A to K
   * @param index 0 for A to 9 for K
   * @param pins the pins that the package has
   * @param analog the pins with an analog function
   */
  Port(char letter, int index, int pins, int analog, InterruptLine notice, Listener listener) {
    this.pins = pins;
    this.analog = analog & pins;
    this.notice = notice;
    this.listener = listener;
    registers = new RegisterBlock(0x1F86_0000 + 0x100 * index, 0x100);
    ansel = pinRegister(0x00, "ANSEL" + letter, this.analog).reset(this.analog);
    tris = pinRegister(0x10, "TRIS" + letter, pins).reset(pins);
    registers
        .at(0x20, "PORT" + letter)
        .rw(pins)
        .live(() -> latch)
        .onRead(this::readPins)
        .onWrite((old, now) -> latchWritten(now));
    registers
        .at(0x30, "LAT" + letter)
        .rw(pins)
        .live(() -> latch)
        .onWrite((old, now) -> latchWritten(now));
    odc = pinRegister(0x40, "ODC" + letter, pins);
    pullUp = pinRegister(0x50, "CNPU" + letter, pins);
    pullDown = pinRegister(0x60, "CNPD" + letter, pins);
    cncon = registers.at(0x70, "CNCON" + letter).rw(0xA800);
    cnen = registers.at(0x80, "CNEN" + letter).rw(pins);
    cnstat = registers.at(0x90, "CNSTAT" + letter);
    cnne = registers.at(0xA0, "CNNE" + letter).rw(pins);
    cnf = registers.at(0xB0, "CNF" + letter).rw(pins);
    registers.at(0xC0, "SRCON0" + letter).rw(pins);
    registers.at(0xD0, "SRCON1" + letter).rw(pins);
  }

  private Register pinRegister(int offset, String name, int mask) {
    return registers.at(offset, name).rw(mask).onWrite((old, now) -> update());
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  /** Resets everything but the latch, whose reset value the data sheet leaves undefined. */
  @Override
  public void reset() {
    registers.reset();
    takenOver = 0;
    moduleLevels = 0;
    lastRead = 0;
    update();
  }

  /** Levels of all pins. */
  int levels() {
    return levels;
  }

  /** What digital inputs see: the levels of the pins that are not analog. */
  int digital() {
    return digital;
  }

  /** Pins that the chip drives now. */
  int chipDrives() {
    int wanted = takenOver & moduleLevels | ~takenOver & latch;
    int outputs = (~tris.value() | takenOver) & pins;
    return outputs & ~(odc.value() & wanted);
  }

  /** A module takes the pins of {@code mask} over (or lets go of them) with these levels. */
  void modules(int mask, int level) {
    if (mask != takenOver || level != moduleLevels) {
      takenOver = mask;
      moduleLevels = level;
      update();
    }
  }

  /** The board drives the pins of {@code mask}, the others of its pins float. */
  void board(int mask, int level) {
    boardDrives = mask;
    boardLevels = level;
    update();
  }

  int boardDrives() {
    return boardDrives;
  }

  int boardLevels() {
    return boardLevels;
  }

  private void latchWritten(int now) {
    latch = now;
    update();
  }

  private int readPins() {
    lastRead = digital;
    cnstat.value(0);
    return digital;
  }

  private void update() {
    int wanted = takenOver & moduleLevels | ~takenOver & latch;
    int drives = chipDrives();
    int floating = boardDrives & boardLevels | ~boardDrives & pullUp.value() & ~pullDown.value();
    int now = (drives & wanted | ~drives & floating) & pins;
    int changed = now ^ levels;
    levels = now;
    inputsChanged(now & ~ansel.value());
    if (changed != 0) {
      listener.levelsChanged(changed, now);
    }
  }

  private void inputsChanged(int now) {
    int changed = now ^ digital;
    digital = now;
    if (changed == 0 || !cncon.has(ON)) {
      return;
    }
    if (cncon.has(EDGEDETECT)) {
      int edges = changed & (now & cnen.value() | ~now & cnne.value());
      cnf.set(edges);
      cnstat.set(edges);
      notify(edges);
    } else {
      int mismatch = (now ^ lastRead) & cnen.value() & ~cnstat.value();
      cnstat.set(mismatch);
      notify(mismatch);
    }
  }

  private void notify(int pinsNoticed) {
    if (pinsNoticed != 0) {
      notice.raise();
    }
  }
}
