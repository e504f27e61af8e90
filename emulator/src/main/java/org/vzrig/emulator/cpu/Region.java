package org.vzrig.emulator.cpu;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A connected part of one page, translated to JVM bytecode, with one place to enter it. */
final class Region {
  /** How a region was left. */
  static final int GO_ON = 0;

  /** The instruction at {@code cpu.pc} has to be executed by the interpreter. */
  static final int MISS = 1;

  /** The budget does not reach for the block at {@code cpu.pc}. */
  static final int SHORT = 2;

  /** {@code cpu.thrown} was raised, with {@code cpu.pc} and {@code cpu.n} at its instruction. */
  static final int RAISED = 3;

  /** Regions that call each other lie on the thread's stack; this many are enough. */
  private static final int DEEPEST = 40;

  /** The generated code. */
  abstract static class Body {
    /**
     * Executes from the region's start; {@code cpu.pc} and {@code cpu.n} then say where it has
     * ended, and the result how.
     */
    abstract int run(Cpu cpu, int[] gpr, CodePage page);
  }

  /** Address of its first instruction; the same code at another address does not enter it. */
  final int start;

  final Body body;
  private final BitSet words;

  Region(int start, BitSet words, Body body) {
    this.start = start;
    this.words = words;
    this.body = body;
  }

  boolean covers(int index) {
    return words.get(index);
  }

  /**
   * The translated code to go on with at {@code pc}, or null; {@code cpu.codePage} is then its page
   * and {@code cpu.depth} counts it. Called by generated code.
   */
  static @Nullable Body at(Cpu cpu, int pc) {
    SoftTlb soft = cpu.soft;
    int slot = SoftTlb.slot(pc);
    CodePage page = soft.execPage[slot];
    if (soft.execTag[slot] != (pc & SoftTlb.PAGE) || page == null || cpu.depth >= DEEPEST) {
      return null;
    }
    page = page.view(pc);
    Region region = page.region(pc);
    if (region == null) {
      return null;
    }
    cpu.codePage = page;
    cpu.depth++;
    return region.body;
  }

  /** As {@link #at} for an address in {@code page}, where the code runs that asks. */
  static @Nullable Body in(CodePage page, Cpu cpu, int pc) {
    Region region = page.region(pc);
    if (region == null || cpu.depth >= DEEPEST) {
      return null;
    }
    cpu.depth++;
    return region.body;
  }

  /** Whether a region may call itself; it then counts. */
  static boolean again(Cpu cpu) {
    return ++cpu.depth <= DEEPEST;
  }
}
