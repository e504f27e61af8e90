package org.vzrig.flasher.icsp;

import java.io.IOException;

/**
 * A small program of ours in the chip's RAM that moves words between memory and the fast data area.
 * It takes an address and a count: a positive count stores that many words there, a negative one
 * sends them, and zero jumps to the address.
 */
final class Stub {
  /** Where it stands: behind the first 2 KiB, which the MX keeps for data. */
  private static final int ADDRESS = 0xA000_0800;

  /** Debug exception vector in the probe's memory: there the core takes instructions from us. */
  private static final int PROBE = 0xFF20_0200;

  private static final int[] CODE = {
    0x3C13FF20, // lui   s3, 0xff20
    0x8E640000, // lw    a0, 0(s3)         next:
    0x8E650000, // lw    a1, 0(s3)
    0x10A00011, // beqz  a1, jump
    0x00000000, // nop
    0x04A00008, // bltz  a1, send
    0x00000000, // nop
    0x8E660000, // lw    a2, 0(s3)         receive:
    0x24A5FFFF, // addiu a1, a1, -1
    0xAC860000, // sw    a2, 0(a0)
    0x14A0FFFC, // bnez  a1, receive
    0x24840004, // addiu a0, a0, 4
    0x1000FFF4, // b     next
    0x00000000, // nop
    0x8C860000, // lw    a2, 0(a0)         send:
    0x24A50001, // addiu a1, a1, 1
    0xAE660000, // sw    a2, 0(s3)
    0x14A0FFFC, // bnez  a1, send
    0x24840004, // addiu a0, a0, 4
    0x1000FFED, // b     next
    0x00000000, // nop
    0x00800008, // jr    a0                jump:
    0x00000000, // nop
  };

  private final Ejtag ejtag;

  /** Puts the program into RAM, instruction by instruction, and starts it. */
  Stub(Ejtag ejtag) throws IOException {
    this.ejtag = ejtag;
    Mips mips = new Mips(ejtag);
    mips.load(Mips.A0, ADDRESS);
    for (int word : CODE) {
      mips.load(Mips.A2, word);
      mips.store(Mips.A2, 0, Mips.A0);
      mips.add(Mips.A0, 4);
    }
    start();
  }

  /** Runs the program, which must be in RAM, until {@link #leave}. */
  void start() throws IOException {
    Mips mips = new Mips(ejtag);
    mips.load(Mips.T9, ADDRESS);
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
    ejtag.fastData(address, 0);
  }

  /** Goes back to taking instructions from us. */
  void leave() throws IOException {
    jump(PROBE);
  }
}
