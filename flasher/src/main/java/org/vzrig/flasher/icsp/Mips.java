package org.vzrig.flasher.icsp;

import java.io.IOException;

/** Instructions for the chip's core, executed one by one. */
final class Mips {
  static final int A0 = 4;
  static final int A2 = 6;
  static final int T0 = 8;
  static final int T1 = 9;
  static final int S3 = 19;
  static final int T9 = 25;

  /** Fast data area of the probe's memory. */
  private static final int FAST_DATA = 0xFF20_0000;

  private final Ejtag ejtag;
  private final Isa isa;

  Mips(Ejtag ejtag, Isa isa) {
    this.ejtag = ejtag;
    this.isa = isa;
  }

  /** Loads a constant. */
  void load(int register, int value) throws IOException {
    ejtag.execute(isa.lui(register, value >>> 16), isa.ori(register, value));
  }

  /** Jumps to the address in {@code register}. */
  void jump(int register) throws IOException {
    ejtag.execute(isa.jr(register), 0);
  }

  /** Stores {@code value} at virtual {@code address}. */
  void poke(int address, int value) throws IOException {
    ejtag.execute(
        isa.lui(T0, address >>> 16),
        isa.ori(T0, address),
        isa.lui(T1, value >>> 16),
        isa.ori(T1, value),
        isa.sw(T1, 0, T0));
  }

  /** The word at virtual {@code address}. */
  int peek(int address) throws IOException {
    ejtag.execute(
        isa.lui(S3, FAST_DATA >>> 16),
        isa.lui(T0, address >>> 16),
        isa.ori(T0, address),
        isa.lw(T1, 0, T0),
        isa.sw(T1, 0, S3));
    return ejtag.response();
  }
}
