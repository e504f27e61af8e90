package org.vzrig.emulator.cpu;

import java.util.Arrays;

/**
 * State of the floating-point unit: registers, FCSR and how exceptions are raised (MIPS32 volume I,
 * chapters 5 and 6; pic32mz-ef.md section 21).
 *
 * <p>With Status.FR = 1 every element of {@link #reg} is a 64-bit register. With FR = 0 an even
 * element holds a pair: the even register in its lower half, the odd one in its upper half.
 */
final class Fpu {
  /**
   * FIR: 2008 NaNs, 64-bit registers, formats L, W, D and S, processor A7 (pic32mz-ef.md section
   * 21).
   */
  static final int FIR = 0x00F3_A700;

  private static final int FEXR = Fcsr.CAUSE | Fcsr.FLAGS;
  private static final int FENR_FS = 4;

  final long[] reg = new long[32];
  int fcsr = Fcsr.STANDARD_2008;

  /** Exceptions of the operation that executes, in the order of {@link Fcsr}. */
  int raised;

  /**
   * Computes with subnormal numbers as IEEE 754 says. The part does not: it flushes them or raises
   * Unimplemented Operation, and so lets software do it.
   */
  boolean subnormals;

  final SoftFloat soft = new SoftFloat(this);

  private final Cpu cpu;

  /** Register numbers are ANDed with this: odd registers are halves of pairs with FR = 0. */
  private int pair;

  Fpu(Cpu cpu) {
    this.cpu = cpu;
  }

  void reset() {
    Arrays.fill(reg, 0);
    fcsr = Fcsr.STANDARD_2008;
  }

  /** Follows Status.FR of the context that executes. */
  void wide(boolean fr) {
    pair = fr ? -1 : ~1;
  }

  boolean wide() {
    return pair == -1;
  }

  // --- registers

  int single(int f) {
    return (int) (reg[f & pair] >>> ((f & ~pair) << 5));
  }

  void single(int f, int value) {
    int shift = (f & ~pair) << 5;
    long old = reg[f & pair];
    reg[f & pair] = old & ~(0xFFFF_FFFFL << shift) | (value & 0xFFFF_FFFFL) << shift;
  }

  /** A 64-bit value; odd registers have none with FR = 0. */
  long wide(int f) {
    if ((f & ~pair) != 0) {
      throw cpu.reserved();
    }
    return reg[f];
  }

  void wide(int f, long value) {
    if ((f & ~pair) != 0) {
      throw cpu.reserved();
    }
    reg[f] = value;
  }

  /** Before a 64-bit result is computed: with FR = 0 the destination has to be even. */
  void requirePair(int f) {
    if ((f & ~pair) != 0) {
      throw cpu.reserved();
    }
  }

  /** Instructions that only a 64-bit register file has. */
  void requireWide() {
    if (!wide()) {
      throw cpu.reserved();
    }
  }

  /** Upper half of a 64-bit register. */
  int upper(int f) {
    return (int) (reg[f & pair] >>> 32);
  }

  void upper(int f, int value) {
    reg[f & pair] = reg[f & pair] & 0xFFFF_FFFFL | (long) value << 32;
  }

  // --- control registers

  int control(int number) {
    return switch (number) {
      case 0 -> FIR;
      case 25 -> Fcsr.conditions(fcsr);
      case 26 -> fcsr & FEXR;
      case 28 -> fcsr & (Fcsr.ENABLES | Fcsr.RM) | ((fcsr & Fcsr.FS) != 0 ? FENR_FS : 0);
      case 31 -> fcsr;
      default -> 0;
    };
  }

  void control(int number, int value) {
    switch (number) {
      case 25 -> fcsr = Fcsr.withConditions(fcsr, value);
      case 26 -> fcsr = fcsr & ~FEXR | value & FEXR;
      case 28 -> {
        int enables = Fcsr.ENABLES | Fcsr.RM;
        int fs = (value & FENR_FS) != 0 ? Fcsr.FS : 0;
        fcsr = fcsr & ~(enables | Fcsr.FS) | value & enables | fs;
      }
      case 31 -> fcsr = fcsr & ~Fcsr.WRITABLE | value & Fcsr.WRITABLE;
      default -> {}
    }
    if (trapped(fcsr >>> Fcsr.CAUSE_SHIFT & 0x3F)) {
      throw cpu.raise(ExcCode.FPE);
    }
  }

  boolean condition(int number) {
    return (fcsr & Fcsr.condition(number)) != 0;
  }

  void condition(int number, boolean value) {
    fcsr = value ? fcsr | Fcsr.condition(number) : fcsr & ~Fcsr.condition(number);
  }

  int rounding() {
    return fcsr & Fcsr.RM;
  }

  // --- exceptions of an operation

  private boolean trapped(int exceptions) {
    int enabled = fcsr >>> Fcsr.ENABLES_SHIFT & 0x1F | Fcsr.UNIMPLEMENTED;
    return (exceptions & enabled) != 0;
  }

  /** An operation without exceptions is done: Cause is clear. */
  void exact() {
    fcsr &= ~Fcsr.CAUSE;
  }

  /** An operation is done whose only possible exception is Inexact. */
  void inexact(boolean lost) {
    if (lost && (fcsr & Fcsr.INEXACT << Fcsr.ENABLES_SHIFT) != 0) {
      raised = Fcsr.INEXACT;
      done();
    }
    int both = Fcsr.INEXACT << Fcsr.CAUSE_SHIFT | Fcsr.INEXACT << Fcsr.FLAGS_SHIFT;
    fcsr = fcsr & ~Fcsr.CAUSE | (lost ? both : 0);
  }

  /** As {@link #inexact} for the rounding error of an operation, without a branch. */
  void inexact(double error) {
    long bits = Double.doubleToRawLongBits(error) << 1;
    int lost = (int) ((bits | -bits) >>> 63);
    if ((lost << Fcsr.ENABLES_SHIFT & fcsr) != 0) {
      raised = Fcsr.INEXACT;
      done();
    }
    fcsr = fcsr & ~Fcsr.CAUSE | lost << Fcsr.CAUSE_SHIFT | lost << Fcsr.FLAGS_SHIFT;
  }

  /**
   * An operation is done that may have {@link #raised} exceptions: reports them, before its result
   * is written.
   */
  void done() {
    int exceptions = raised;
    raised = 0;
    fcsr = fcsr & ~Fcsr.CAUSE | exceptions << Fcsr.CAUSE_SHIFT;
    if (trapped(exceptions)) {
      throw cpu.raise(ExcCode.FPE);
    }
    fcsr |= exceptions << Fcsr.FLAGS_SHIFT;
  }

  /** The part leaves this to software. */
  CpuException unimplemented() {
    raised = 0;
    fcsr = fcsr & ~Fcsr.CAUSE | Fcsr.UNIMPLEMENTED << Fcsr.CAUSE_SHIFT;
    return cpu.raise(ExcCode.FPE);
  }

  /** Whether subnormal operands and results become zero. */
  boolean flushes() {
    return (fcsr & (Fcsr.FS | Fcsr.FO)) != 0;
  }
}
