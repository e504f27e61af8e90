package org.vzrig.flasher.sim;

import java.util.ArrayDeque;
import org.vzrig.flasher.Family;

/** The flash controller of a family, with its keys and its protection of boot flash. */
final class SimNvm {
  private static final int WR = 0x8000;
  private static final int WREN = 0x4000;
  private static final int WRERR = 0x2000;

  private final SimChip chip;
  private final Family family;
  private final int base;
  private final int[] registers = new int[64];
  private final ArrayDeque<Integer> keys = new ArrayDeque<>();
  private boolean bootOpen;

  SimNvm(SimChip chip, Family family) {
    this.chip = chip;
    this.family = family;
    base =
        switch (family) {
          case MX1, MX3 -> 0x1F80_F400;
          case MK -> 0x1F80_0A00;
          case MM_GPL, MM_GPM -> 0x1F80_2930;
          default -> 0x1F80_0600;
        };
    bootOpen = family.mx();
  }

  boolean has(int physical) {
    return physical >= base && physical < base + 0x100;
  }

  int load(int physical) {
    return registers[physical - base >> 2];
  }

  private int unitWords() {
    return family.mx() ? 1 : family.mm() ? 2 : 4;
  }

  private int source() {
    return family.mx() ? 0x40 : family.mm() ? 0x50 : 0x70;
  }

  void store(int physical, int value) {
    int offset = physical - base;
    if (offset == 0x10) {
      keys.add(value);
      if (keys.size() > 2) {
        keys.poll();
      }
      return;
    }
    boolean open = keys.size() == 2 && keys.poll() == 0xAA99_6655 && keys.poll() == 0x5566_99AA;
    if (offset == 0x08) {
      boolean start = open && (value & WR) != 0 && (registers[0] & WREN) != 0;
      registers[0] = start ? operate() : registers[0] | WRERR;
    } else if (!family.mx() && offset == source() + 0x20) {
      bootOpen = open && (value & (family.mm() ? 0x700 : 0x1F1F)) == 0;
    } else {
      registers[offset >> 2] = value;
    }
    keys.clear();
  }

  private int operate() {
    int address = registers[8];
    int operation = registers[0] & 0xF;
    if (address >= 0x1FC0_0000 && !bootOpen) {
      return registers[0] | WRERR;
    }
    if (operation == 3) {
      chip.row(address, chip.ram(registers[source() >> 2], family.rowBytes()));
    } else if (operation == 4) {
      chip.erasePage(address);
    } else if (operation == (family.mx() ? 1 : 2)) {
      chip.program(address, data());
    } else {
      return registers[0] | WRERR;
    }
    return registers[0] & ~WR;
  }

  private byte[] data() {
    byte[] data = new byte[4 * unitWords()];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (registers[0x30 + 0x10 * (i / 4) >> 2] >>> 8 * (i % 4));
    }
    return data;
  }
}
