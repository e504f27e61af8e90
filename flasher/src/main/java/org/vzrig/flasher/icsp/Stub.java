package org.vzrig.flasher.icsp;

import java.io.IOException;

/**
 * A small program of ours in the chip's RAM that moves words between memory and the fast data area.
 * It takes an address and a count: a positive count stores that many words there, a negative one
 * sends them, and zero jumps to the address.
 */
final class Stub {
  /** Debug exception vector in the probe's memory: there the core takes instructions from us. */
  private static final int PROBE = 0xFF20_0200;

  private final Ejtag ejtag;
  private final Isa isa;

  /** Puts the program into RAM, instruction by instruction, and starts it. */
  Stub(Ejtag ejtag, Isa isa) throws IOException {
    this.ejtag = ejtag;
    this.isa = isa;
    int address = isa.moverAddress();
    int[] program = isa.mover();
    int[] instructions = new int[2 + 4 * program.length];
    instructions[0] = isa.lui(Mips.A0, address >>> 16);
    instructions[1] = isa.ori(Mips.A0, address);
    for (int i = 0, at = 2; i < program.length; i++) {
      instructions[at++] = isa.lui(Mips.A2, program[i] >>> 16);
      instructions[at++] = isa.ori(Mips.A2, program[i]);
      instructions[at++] = isa.sw(Mips.A2, 0, Mips.A0);
      instructions[at++] = isa.addiu(Mips.A0, 4);
    }
    ejtag.execute(instructions);
    start();
  }

  /** Runs the program, which must be in RAM, until {@link #leave}. */
  void start() throws IOException {
    Mips mips = new Mips(ejtag, isa);
    mips.load(Mips.T9, isa.target(isa.moverAddress()));
    mips.jump(Mips.T9);
  }

  /** Stores {@code words} at virtual {@code address}. */
  void store(int address, int[] words) throws IOException {
    ejtag.fastData(address, words.length);
    ejtag.fastData(words);
  }

  /** Reads words from virtual {@code address}. */
  void load(int address, int[] into) throws IOException {
    ejtag.fastData(address, -into.length);
    ejtag.takeFastData(into);
  }

  /** Goes on at virtual {@code address}. */
  void jump(int address) throws IOException {
    ejtag.fastData(isa.target(address), 0);
  }

  /** Goes back to taking instructions from us. */
  void leave() throws IOException {
    jump(PROBE);
  }
}
