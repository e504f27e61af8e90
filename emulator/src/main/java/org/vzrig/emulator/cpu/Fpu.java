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

  /** Bits of {@link #mode}. */
  static final int USABLE = 1;

  static final int WIDE = 2;

  /**
   * Operations round to nearest, and that one is inexact changes nothing but Cause: the flag is set
   * and the exception is not enabled.
   */
  static final int DIRECT = 4;

  private static final int DIRECT_BITS =
      Fcsr.RM | Fcsr.INEXACT << Fcsr.FLAGS_SHIFT | Fcsr.INEXACT << Fcsr.ENABLES_SHIFT;

  final long[] reg = new long[32];

  /** Exceptions of the operation that executes, in the order of {@link Fcsr}. */
  int raised;

  /**
   * Computes with subnormal numbers as IEEE 754 says. The part does not: it flushes them or raises
   * Unimplemented Operation, and so lets software do it.
   */
  boolean subnormals;

  /** What translated code assumes of the unit; 0 where it is not usable. */
  int mode;

  final SoftFloat soft = new SoftFloat(this);

  private final Cpu cpu;

  /** FCSR without the condition codes and Cause. */
  private int control = Fcsr.STANDARD_2008;

  /** The condition codes, as FCCR has them. */
  private int conditions;

  /** Field Cause, unless {@link #late} has it. */
  private int cause;

  private final LateCause late = new LateCause();

  /** Register numbers are ANDed with this: odd registers are halves of pairs with FR = 0. */
  private int pair;

  Fpu(Cpu cpu) {
    this.cpu = cpu;
  }

  void reset() {
    Arrays.fill(reg, 0);
    fcsr(Fcsr.STANDARD_2008);
  }

  /** Follows Status of the context that executes: whether it may be used, and Status.FR. */
  void mode(boolean usable, boolean fr) {
    pair = fr ? -1 : ~1;
    mode = usable ? USABLE : 0;
    follow();
  }

  /** Works out {@link #mode}. */
  private void follow() {
    boolean direct = (control & DIRECT_BITS) == Fcsr.INEXACT << Fcsr.FLAGS_SHIFT;
    mode = mode == 0 ? 0 : USABLE | (wide() ? WIDE : 0) | (direct ? DIRECT : 0);
  }

  boolean wide() {
    return pair == -1;
  }

  // --- registers

  float single(int f) {
    return Float.intBitsToFloat((int) (reg[f & pair] >>> ((f & ~pair) << 5)));
  }

  void single(int f, float value) {
    int shift = (f & ~pair) << 5;
    long bits = Float.floatToRawIntBits(value) & 0xFFFF_FFFFL;
    reg[f & pair] = reg[f & pair] & ~(0xFFFF_FFFFL << shift) | bits << shift;
  }

  /** A 64-bit value; odd registers have none with FR = 0. */
  double wide(int f) {
    requirePair(f);
    return Double.longBitsToDouble(reg[f]);
  }

  void wide(int f, double value) {
    requirePair(f);
    reg[f] = Double.doubleToRawLongBits(value);
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

  /** The 64 bits that a register lies in. */
  long element(int f) {
    return reg[f & pair];
  }

  void element(int f, long value) {
    reg[f & pair] = value;
  }

  // --- control registers

  /** The control and status register. */
  int fcsr() {
    late.settle(this);
    return Fcsr.withConditions(control | cause << Fcsr.CAUSE_SHIFT, conditions);
  }

  /** Sets all of it. */
  void fcsr(int value) {
    late.forget();
    control = Fcsr.withConditions(value & ~Fcsr.CAUSE, 0);
    conditions = Fcsr.conditions(value);
    cause = (value & Fcsr.CAUSE) >>> Fcsr.CAUSE_SHIFT;
    follow();
  }

  int control(int number) {
    int fcsr = fcsr();
    return switch (number) {
      case 0 -> FIR;
      case 25 -> conditions;
      case 26 -> fcsr & FEXR;
      case 28 -> fcsr & (Fcsr.ENABLES | Fcsr.RM) | ((fcsr & Fcsr.FS) != 0 ? FENR_FS : 0);
      case 31 -> fcsr;
      default -> 0;
    };
  }

  void control(int number, int value) {
    int fcsr = fcsr();
    switch (number) {
      case 25 -> fcsr(Fcsr.withConditions(fcsr, value));
      case 26 -> fcsr(fcsr & ~FEXR | value & FEXR);
      case 28 -> {
        int enables = Fcsr.ENABLES | Fcsr.RM;
        int fs = (value & FENR_FS) != 0 ? Fcsr.FS : 0;
        fcsr(fcsr & ~(enables | Fcsr.FS) | value & enables | fs);
      }
      case 31 -> fcsr(fcsr & ~Fcsr.WRITABLE | value & Fcsr.WRITABLE);
      default -> {}
    }
    if (trapped(cause)) {
      throw cpu.raise(ExcCode.FPE);
    }
  }

  boolean condition(int number) {
    return (conditions >>> number & 1) != 0;
  }

  void condition(int number, boolean value) {
    conditions = conditions & ~(1 << number) | (value ? 1 << number : 0);
  }

  int rounding() {
    return control & Fcsr.RM;
  }

  /** Whether it rounds to nearest. */
  boolean nearest() {
    return (control & Fcsr.RM) == Fcsr.NEAREST;
  }

  // --- exceptions of an operation

  private boolean trapped(int exceptions) {
    int enabled = control >>> Fcsr.ENABLES_SHIFT & 0x1F | Fcsr.UNIMPLEMENTED;
    return (exceptions & enabled) != 0;
  }

  private void cause(int exceptions) {
    late.forget();
    cause = exceptions;
  }

  /** An operation without exceptions is done: Cause is clear. */
  void exact() {
    cause(0);
  }

  /** An operation is done whose only possible exception is Inexact: unless its error is 0. */
  void inexact(double error) {
    if (error != 0) {
      raised = Fcsr.INEXACT;
      done();
    } else {
      exact();
    }
  }

  /**
   * Whether an operation with this error changes nothing but Cause, which then has Inexact or
   * nothing: the flag is set already, and no exception is enabled for it.
   */
  boolean onlyCause(double error) {
    int both = Fcsr.INEXACT << Fcsr.FLAGS_SHIFT | Fcsr.INEXACT << Fcsr.ENABLES_SHIFT;
    return (control & both) == Fcsr.INEXACT << Fcsr.FLAGS_SHIFT || error == 0;
  }

  /**
   * Translated code has executed {@code word}, whose Cause is that of doing it again with these
   * operands, the bits of fs, ft and fr; it is worked out when somebody looks.
   */
  void late(int word, double fs, double ft, double fr) {
    late.note(word, fs, ft, fr);
  }

  /** An operation is done that has raised this. */
  void raise(int exceptions) {
    raised |= exceptions;
    done();
  }

  /**
   * An operation is done that may have {@link #raised} exceptions: reports them, before its result
   * is written.
   */
  void done() {
    int exceptions = raised;
    raised = 0;
    cause(exceptions);
    if (trapped(exceptions)) {
      throw cpu.raise(ExcCode.FPE);
    }
    control |= exceptions << Fcsr.FLAGS_SHIFT;
    follow();
  }

  /** The part leaves this to software. */
  CpuException unimplemented() {
    raised = 0;
    cause(Fcsr.UNIMPLEMENTED);
    return cpu.raise(ExcCode.FPE);
  }

  /** Flush to nearest. */
  boolean flushesToNearest() {
    return (control & Fcsr.FN) != 0;
  }

  /** Whether subnormal operands and results become zero. */
  boolean flushes() {
    return (control & (Fcsr.FS | Fcsr.FO)) != 0;
  }
}
