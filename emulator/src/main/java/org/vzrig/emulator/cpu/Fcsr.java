package org.vzrig.emulator.cpu;

/** Fields of the floating-point control and status register (MIPS32 volume I, chapter 5). */
final class Fcsr {
  /** Inexact; the exceptions have the same order in Cause, Enables and Flags. */
  static final int INEXACT = 1;

  static final int UNDERFLOW = 2;
  static final int OVERFLOW = 4;
  static final int DIVIDE_BY_ZERO = 8;
  static final int INVALID = 16;

  /** Unimplemented operation: in Cause only, and always enabled. */
  static final int UNIMPLEMENTED = 32;

  static final int FLAGS_SHIFT = 2;
  static final int ENABLES_SHIFT = 7;
  static final int CAUSE_SHIFT = 12;
  static final int FLAGS = 0x1F << FLAGS_SHIFT;
  static final int ENABLES = 0x1F << ENABLES_SHIFT;
  static final int CAUSE = 0x3F << CAUSE_SHIFT;

  /** Rounding mode. */
  static final int RM = 3;

  static final int NEAREST = 0;
  static final int TOWARD_ZERO = 1;
  static final int UP = 2;
  static final int DOWN = 3;

  /** Flush to zero. */
  static final int FS = 1 << 24;

  /** Flush override: like FS for operands and results. */
  static final int FO = 1 << 22;

  /** Flush to nearest: tiny results become zero or the least normal value, whichever is nearer. */
  static final int FN = 1 << 21;

  /** NaN encodings, ABS and NEG are those of IEEE 754-2008; read-only. */
  static final int STANDARD_2008 = 3 << 18;

  /** What CTC1 may change. */
  static final int WRITABLE = 0xFE80_0000 | FS | FO | FN | CAUSE | ENABLES | FLAGS | RM;

  private Fcsr() {}

  /** The eight condition codes, as FCCR has them. */
  static int conditions(int fcsr) {
    return fcsr >>> 23 & 1 | fcsr >>> 24 & 0xFE;
  }

  static int withConditions(int fcsr, int codes) {
    return fcsr & 0x017F_FFFF | (codes & 1) << 23 | (codes & 0xFE) << 24;
  }
}
