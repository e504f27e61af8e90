package org.vzrig.emulator.cpu;

/**
 * A binary floating-point format of IEEE 754.
 *
 * @param fraction bits of the fraction: 23 or 52
 * @param bias bias of the exponent, which is also the greatest exponent of a finite value
 */
record FloatFormat(int fraction, int bias) {
  /** Single precision (S). */
  static final FloatFormat SINGLE = new FloatFormat(23, 127);

  /** Double precision (D). */
  static final FloatFormat DOUBLE = new FloatFormat(52, 1023);

  /** The exponent field that infinities and NaNs have. */
  int special() {
    return 2 * bias + 1;
  }

  /** The bit that makes a NaN a quiet one (IEEE 754-2008). */
  long quietBit() {
    return 1L << fraction - 1;
  }

  /** The NaN that operations make where no operand is one. */
  long defaultNan() {
    return infinity(false) | quietBit();
  }

  /** All bits of a value. */
  long mask() {
    return 2 * sign(true) - 1;
  }

  long sign(boolean negative) {
    return negative ? 1L << fraction + (fraction == 23 ? 8 : 11) : 0;
  }

  long infinity(boolean negative) {
    return (long) special() << fraction | sign(negative);
  }

  /** The smallest normal value. */
  long leastNormal(boolean negative) {
    return 1L << fraction | sign(negative);
  }

  /** The greatest finite value. */
  long greatest(boolean negative) {
    return infinity(negative) - 1;
  }

  int exponent(long bits) {
    return (int) (bits >>> fraction) & special();
  }

  long fractionOf(long bits) {
    return bits & (1L << fraction) - 1;
  }

  boolean negative(long bits) {
    return (bits & sign(true)) != 0;
  }

  boolean zero(long bits) {
    return (bits & ~sign(true)) == 0;
  }

  boolean subnormal(long bits) {
    return exponent(bits) == 0 && fractionOf(bits) != 0;
  }

  boolean infinite(long bits) {
    return exponent(bits) == special() && fractionOf(bits) == 0;
  }

  boolean nan(long bits) {
    return exponent(bits) == special() && fractionOf(bits) != 0;
  }

  boolean signalling(long bits) {
    return nan(bits) && (bits & quietBit()) == 0;
  }
}
