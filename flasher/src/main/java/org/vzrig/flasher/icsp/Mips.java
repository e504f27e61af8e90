package org.vzrig.flasher.icsp;

import java.io.IOException;

/** Instructions for the chip's core, executed one by one. */
final class Mips {
  static final int ZERO = 0;
  static final int A0 = 4;
  static final int A2 = 6;
  static final int T0 = 8;
  static final int T1 = 9;
  static final int S3 = 19;
  static final int T9 = 25;

  /** Fast data area of the probe's memory. */
  private static final int FAST_DATA = 0xFF20_0000;

  private final Ejtag ejtag;

  Mips(Ejtag ejtag) {
    this.ejtag = ejtag;
  }

  /** Loads a constant. */
  void load(int register, int value) throws IOException {
    ejtag.execute(
        0x3C00_0000 | register << 16 | value >>> 16,
        0x3400_0000 | register << 21 | register << 16 | value & 0xFFFF);
  }

  /** Stores {@code register} at {@code offset} from {@code base}. */
  void store(int register, int offset, int base) throws IOException {
    ejtag.execute(0xAC00_0000 | base << 21 | register << 16 | offset & 0xFFFF);
  }

  /** Loads {@code register} from {@code offset} from {@code base}. */
  void fetch(int register, int offset, int base) throws IOException {
    ejtag.execute(0x8C00_0000 | base << 21 | register << 16 | offset & 0xFFFF);
  }

  /** Adds a constant to {@code register}. */
  void add(int register, int value) throws IOException {
    ejtag.execute(0x2400_0000 | register << 21 | register << 16 | value & 0xFFFF);
  }

  /** Jumps to the address in {@code register}. */
  void jump(int register) throws IOException {
    ejtag.execute(register << 21 | 8, 0);
  }

  /** Stores {@code value} at virtual {@code address}. */
  void poke(int address, int value) throws IOException {
    load(T0, address);
    load(T1, value);
    store(T1, 0, T0);
  }

  /** The word at virtual {@code address}. */
  int peek(int address) throws IOException {
    load(S3, FAST_DATA);
    load(T0, address);
    fetch(T1, 0, T0);
    store(T1, 0, S3);
    int[] word = new int[1];
    ejtag.takeFastData(word);
    return word[0];
  }
}
