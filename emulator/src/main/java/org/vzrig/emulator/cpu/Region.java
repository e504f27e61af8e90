package org.vzrig.emulator.cpu;

import java.util.BitSet;

/** A connected part of one page, translated to JVM bytecode. */
final class Region {
  /** The generated code. */
  interface Body {
    /**
     * Executes from the block with number {@code entry} until control leaves the region or the
     * budget does not reach for the next block; {@code cpu.pc} and {@code cpu.n} then say where.
     */
    void run(Cpu cpu, int[] gpr, int entry, Region region);
  }

  /**
   * Address of the page it was translated for; the same page at another address does not enter it.
   */
  final int base;

  /** Word indexes where it can be entered, by block number. */
  final int[] starts;

  private final Body body;
  private final BitSet words;
  private final byte[] blockAt;

  Region(int base, int[] starts, BitSet words, Body body) {
    this.base = base;
    this.starts = starts;
    this.words = words;
    this.body = body;
    blockAt = new byte[CodePage.WORDS];
    for (int i = 0; i < starts.length; i++) {
      blockAt[starts[i]] = (byte) (i + 1);
    }
  }

  boolean covers(int index) {
    return words.get(index);
  }

  void run(Cpu cpu) {
    body.run(cpu, cpu.gpr, blockAt[CodePage.index(cpu.pc)] - 1, this);
  }

  /** Block number at {@code pc}, or -1; asked by generated code at indirect jumps. */
  int blockAt(int pc) {
    return (pc & SoftTlb.PAGE) == base && (pc & 3) == 0 ? blockAt[CodePage.index(pc)] - 1 : -1;
  }
}
