package org.vzrig.emulator.cpu;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;

/**
 * A connected part of a page and the one after it, translated to JVM bytecode, with one place to
 * enter it.
 */
final class Region {
  /** How a region was left. */
  static final int GO_ON = 0;

  /** The instruction at {@code cpu.pc} has to be executed by the interpreter. */
  static final int MISS = 1;

  /** The budget does not reach for the block at {@code cpu.pc}. */
  static final int SHORT = 2;

  /** {@code cpu.thrown} was raised, with {@code cpu.pc} and {@code cpu.n} at its instruction. */
  static final int RAISED = 3;

  /** The code goes on where it was left: an exception was handled, or there was none. */
  static final int BACK = 4;

  /** So many regions are tried for a handler that may come back. */
  private static final int HANDLER = 16;

  /** Regions that call each other lie on the thread's stack; this many are enough. */
  private static final int DEEPEST = 40;

  /** The generated code. */
  abstract static class Body {
    /**
     * Executes from the region's start; {@code cpu.pc} and {@code cpu.n} then say where it has
     * ended, and the result how.
     */
    abstract int run(Cpu cpu, int[] gpr, CodePage page);

    /** The page that the region goes on in, if it does not end in its own. */
    @Nullable CodePage beyond;
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

  /** Whether it contains the word at {@code index} of the page where it is entered. */
  boolean covers(int index) {
    return index < CodePage.indexes(start) && words.get(index);
  }

  /** Whether it contains the word at {@code index} of the page after that. */
  boolean coversBeyond(int index) {
    return words.get(CodePage.indexes(start) + index);
  }

  /**
   * Whether the page after {@code page} is still where {@code body}, entered at {@code pc}, expects
   * it; otherwise the region is forgotten. Nothing maps it elsewhere while the region runs. Called
   * by generated code.
   */
  @SuppressWarnings("ReferenceEquality")
  static boolean goesOn(Body body, Cpu cpu, CodePage page, int pc) {
    int next = (pc & (SoftTlb.PAGE | 1)) + (1 << Memory.PAGE_SHIFT);
    CodePage there = cpu.soft.exec(next);
    if (there == null) {
      there = cpu.codeAt(next);
    }
    if (there != null && there.view(next) == body.beyond) {
      return true;
    }
    page.removeAt(pc);
    return false;
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

  /**
   * Code for the FPU finds another mode than it was made for: it is forgotten, to be made anew.
   * Where the FPU is merely not usable it stays.
   */
  static void misfit(CodePage page, Cpu cpu, int start) {
    if (cpu.fpu.mode != 0) {
      page.misfits++;
      page.drop(CodePage.index(start));
    }
  }

  /** Whether a region may call itself; it then counts. */
  static boolean again(Cpu cpu) {
    return ++cpu.depth <= DEEPEST;
  }

  /**
   * Called by generated code that was told to leave, or has raised {@code cpu.thrown}: does what
   * there is to do, and executes the handler of an exception or interrupt as if it were called.
   *
   * @param back where the code would go on
   * @param mode the core's mode before
   * @return {@link #BACK} when it may go on, with registers and counters loaded again; else how it
   *     has to return
   */
  static int away(Cpu cpu, int back, Mode mode) {
    int how = cpu.thrown == null ? GO_ON : RAISED;
    for (int i = 0; i < HANDLER; i++) {
      boolean leaves = how == RAISED ? !cpu.take() : how != GO_ON;
      if (leaves) {
        return how;
      }
      if (!cpu.goesOnInside()) {
        return GO_ON;
      }
      if (cpu.pc == back && cpu.mode.equals(mode)) {
        return BACK;
      }
      Body body = at(cpu, cpu.pc);
      if (body == null) {
        return GO_ON;
      }
      how = body.run(cpu, cpu.gpr, cpu.codePage);
      cpu.depth--;
    }
    return how;
  }
}
