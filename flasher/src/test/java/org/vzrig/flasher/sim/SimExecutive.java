package org.vzrig.flasher.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Microchip's programming executive, as its commands are documented. */
final class SimExecutive {
  private final SimChip chip;
  private final int version;
  private final ArrayDeque<Integer> out = new ArrayDeque<>();
  private final List<Integer> in = new ArrayList<>();

  SimExecutive(SimChip chip, int version) {
    this.chip = chip;
    this.version = version;
  }

  boolean sends() {
    return !out.isEmpty();
  }

  int word() {
    return out.element();
  }

  void exchanged(boolean sent, int word) {
    if (sent) {
      out.remove();
      return;
    }
    in.add(word);
    int command = in.getFirst() >>> 16;
    int operand = in.getFirst() & 0xFFFF;
    int words =
        switch (command) {
          case 0 -> 2 + operand;
          case 7 -> 1;
          case 3, 8 -> 3;
          case 13 -> 6;
          case 14 -> 4;
          default -> 2;
        };
    if (in.size() == words) {
      execute(command, operand);
      in.clear();
    }
  }

  private void execute(int command, int operand) {
    out.add(command == 7 ? 7 << 16 | version : command << 16);
    switch (command) {
      case 0 -> chip.row(in.get(1), data());
      case 3, 13, 14 -> chip.program(in.get(1), data());
      case 5 -> chip.erasePage(in.get(1));
      case 1 -> {
        for (int i = 0; i < operand; i++) {
          out.add(chip.load(in.get(1) + 4 * i));
        }
      }
      case 8 -> out.add(crc(in.get(1), in.get(2)));
      default -> {}
    }
  }

  /** What stands behind command and address. */
  private byte[] data() {
    byte[] data = new byte[4 * (in.size() - 2)];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (in.get(2 + i / 4) >>> 8 * (i % 4));
    }
    return data;
  }

  private int crc(int address, int length) {
    int crc = 0xFFFF;
    for (int i = 0; i < 8 * length; i++) {
      int b = chip.load(address + (i / 8 & ~3)) >>> 8 * (i / 8 % 4);
      boolean carry = (crc >> 15 & 1) != (b >> 7 - i % 8 & 1);
      crc = crc << 1 & 0xFFFF ^ (carry ? 0x1021 : 0);
    }
    return crc;
  }
}
