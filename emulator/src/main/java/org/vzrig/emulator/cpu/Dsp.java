package org.vzrig.emulator.cpu;

/**
 * State of the DSP unit besides the accumulators, which are the core's, and arithmetic on the lanes
 * of a register that notes overflow in DSPControl (MIPS32 volume IV-e, revision 2).
 */
final class Dsp {
  static final int POS = 0x3F;
  static final int SCOUNT_SHIFT = 7;
  static final int SCOUNT = 0x3F << SCOUNT_SHIFT;
  static final int CARRY = 1 << 13;
  static final int EFI = 1 << 14;
  static final int CCOND_SHIFT = 24;

  /** DSPControl.ouflag: additions and subtractions. */
  static final int SUM = 20;

  /** DSPControl.ouflag: multiplications. */
  static final int PRODUCT = 21;

  /** DSPControl.ouflag: left shifts and reductions of precision. */
  static final int SHIFT = 22;

  /** DSPControl.ouflag: extractions from an accumulator. */
  static final int EXTRACTION = 23;

  private static final int[] FIELDS = {POS, SCOUNT, CARRY, 0xFF << 16, 0xF << CCOND_SHIFT, EFI};

  /** DSPControl. */
  int control;

  /** An operation on one lane. */
  @FunctionalInterface
  interface Lane {
    int of(Dsp dsp, int a, int b);
  }

  /** The bits of DSPControl that the mask of RDDSP and WRDSP selects. */
  static int selected(int mask) {
    int bits = 0;
    for (int i = 0; i < FIELDS.length; i++) {
      bits |= (mask >>> i & 1) != 0 ? FIELDS[i] : 0;
    }
    return bits;
  }

  void flag(int bit) {
    control |= 1 << bit;
  }

  int pos() {
    return control & POS;
  }

  void pos(int value) {
    control = control & ~POS | value & POS;
  }

  int scount() {
    return (control & SCOUNT) >>> SCOUNT_SHIFT;
  }

  void conditions(int bits, int mask) {
    control = control & ~(mask << CCOND_SHIFT) | bits << CCOND_SHIFT;
  }

  // --- lanes

  /** Does {@code op} on four pairs of unsigned bytes. */
  int bytes(int a, int b, Lane op) {
    return (op.of(this, a & 0xFF, b & 0xFF) & 0xFF)
        | (op.of(this, a >>> 8 & 0xFF, b >>> 8 & 0xFF) & 0xFF) << 8
        | (op.of(this, a >>> 16 & 0xFF, b >>> 16 & 0xFF) & 0xFF) << 16
        | op.of(this, a >>> 24, b >>> 24) << 24;
  }

  /** Does {@code op} on four unsigned bytes and the same second operand. */
  int bytesBy(int a, int b, Lane op) {
    return (op.of(this, a & 0xFF, b) & 0xFF)
        | (op.of(this, a >>> 8 & 0xFF, b) & 0xFF) << 8
        | (op.of(this, a >>> 16 & 0xFF, b) & 0xFF) << 16
        | op.of(this, a >>> 24, b) << 24;
  }

  /** Does {@code op} on two pairs of signed halves. */
  int halves(int a, int b, Lane op) {
    return op.of(this, (short) a, (short) b) & 0xFFFF | op.of(this, a >> 16, b >> 16) << 16;
  }

  /** Does {@code op} on two pairs of unsigned halves. */
  int unsignedHalves(int a, int b, Lane op) {
    return op.of(this, a & 0xFFFF, b & 0xFFFF) & 0xFFFF | op.of(this, a >>> 16, b >>> 16) << 16;
  }

  /** Does {@code op} on two signed halves and the same second operand. */
  int halvesBy(int a, int b, Lane op) {
    return op.of(this, (short) a, b) & 0xFFFF | op.of(this, a >> 16, b) << 16;
  }

  // --- saturation

  /** A sum in the signed range of {@code bits}, noted in DSPControl when it is not. */
  int note(int value, int bits, int flag) {
    if (value != value << 32 - bits >> 32 - bits) {
      flag(flag);
    }
    return value;
  }

  /** The nearest value in the signed range of {@code bits}. */
  int saturate(long value, int bits, int flag) {
    long most = (1L << bits - 1) - 1;
    if (value > most || value < -most - 1) {
      flag(flag);
      return (int) (value > 0 ? most : -most - 1);
    }
    return (int) value;
  }

  /** A sum in the unsigned range of {@code bits}, noted when it is not. */
  int noteUnsigned(int value, int bits, int flag) {
    if (value >>> bits != 0) {
      flag(flag);
    }
    return value;
  }

  int saturateUnsigned(int value, int bits, int flag) {
    if (value >>> bits != 0) {
      flag(flag);
      return value < 0 ? 0 : (1 << bits) - 1;
    }
    return value;
  }

  // --- fractions

  /** Product of two Q15 fractions as Q31; -1 * -1 is noted in {@code flag}. */
  int fraction(int a, int b, int flag) {
    int product = (short) a * (short) b;
    if (product == 0x4000_0000) {
      flag(flag);
      return Integer.MAX_VALUE;
    }
    return product << 1;
  }

  /** Product of two Q15 fractions as Q15, rounded when {@code round} is 0x8000. */
  int fraction16(int a, int b, int round) {
    int product = (short) a * (short) b;
    if (product == 0x4000_0000) {
      flag(PRODUCT);
      return 0x7FFF;
    }
    return (product << 1) + round >> 16;
  }

  /** Product of two Q31 fractions as Q31, rounded when {@code round} is 1 << 31. */
  int fraction32(int a, int b, long round) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      flag(PRODUCT);
      return Integer.MAX_VALUE;
    }
    return (int) (((long) a * b << 1) + round >> 32);
  }

  /** Product of two Q31 fractions as Q63. */
  long fraction64(int a, int b, int flag) {
    if (a == Integer.MIN_VALUE && b == Integer.MIN_VALUE) {
      flag(flag);
      return Long.MAX_VALUE;
    }
    return (long) a * b << 1;
  }

  /** The nearest 64-bit value to a + b. */
  long saturatedSum(long a, long b, int flag) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      flag(flag);
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return sum;
  }

  /** The nearest 64-bit value to a - b. */
  long saturatedDifference(long a, long b, int flag) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      flag(flag);
      return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return difference;
  }

  /**
   * The low word of a sum, saturated when its bit 32 is not its sign: what is above does not count.
   */
  long saturated32(long sum, int flag) {
    if ((sum >>> 32 & 1) == (sum >>> 31 & 1)) {
      return (int) sum;
    }
    flag(flag);
    return (sum >>> 32 & 1) == 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE;
  }

  // --- shifts

  /** Left shift of a byte; lost bits are noted. */
  int shiftByte(int a, int by) {
    if (a >>> 8 - by != 0) {
      flag(SHIFT);
    }
    return a << by;
  }

  /** Left shift of a signed half; lost bits and a change of sign are noted. */
  int shiftHalf(int a, int by) {
    return note(a << by, 16, SHIFT);
  }

  /** Arithmetic right shift, rounded to nearest. */
  static int shiftRounded(int a, int by) {
    return by == 0 ? a : (int) (((long) a >> by - 1) + 1 >> 1);
  }
}
