package org.vzrig.emulator.cpu;

import java.math.BigInteger;

/**
 * Exact arithmetic for what the host's floating point does not give: directed rounding, special
 * operands, results near the ends of the range. Slow, and only called where {@link FpuArithmetic}
 * cannot use the host.
 */
final class SoftFloat {
  /** Bits of a quotient or root before it is rounded: more than any format has. */
  private static final int WORKING = 64;

  private final Fpu fpu;

  SoftFloat(Fpu fpu) {
    this.fpu = fpu;
  }

  // --- operations; each returns the bits of its result and notes what it raises

  long add(FloatFormat f, long a, long b, boolean subtract) {
    a = operand(f, a);
    b = operand(f, b);
    if (f.nan(a) || f.nan(b)) {
      return propagate(f, a, b);
    }
    b = subtract ? b ^ f.sign(true) : b;
    if (f.infinite(a)) {
      return f.infinite(b) && f.negative(a) != f.negative(b) ? invalid(f) : a;
    }
    if (f.infinite(b)) {
      return b;
    }
    int exponent = Math.min(scale(f, a), scale(f, b));
    BigInteger sum =
        signed(f, a)
            .shiftLeft(scale(f, a) - exponent)
            .add(signed(f, b).shiftLeft(scale(f, b) - exponent));
    if (sum.signum() == 0) {
      return f.sign(signOfZeroSum(f, a, b));
    }
    return round(f, sum.signum() < 0, sum.abs(), exponent, false);
  }

  private boolean signOfZeroSum(FloatFormat f, long a, long b) {
    return f.negative(a) == f.negative(b) ? f.negative(a) : fpu.rounding() == Fcsr.DOWN;
  }

  long multiply(FloatFormat f, long a, long b) {
    a = operand(f, a);
    b = operand(f, b);
    if (f.nan(a) || f.nan(b)) {
      return propagate(f, a, b);
    }
    boolean negative = f.negative(a) != f.negative(b);
    if (f.infinite(a) || f.infinite(b)) {
      return f.zero(a) || f.zero(b) ? invalid(f) : f.infinity(negative);
    }
    BigInteger product = significand(f, a).multiply(significand(f, b));
    return round(f, negative, product, scale(f, a) + scale(f, b), false);
  }

  long divide(FloatFormat f, long a, long b) {
    a = operand(f, a);
    b = operand(f, b);
    if (f.nan(a) || f.nan(b)) {
      return propagate(f, a, b);
    }
    boolean negative = f.negative(a) != f.negative(b);
    if (f.infinite(a)) {
      return f.infinite(b) ? invalid(f) : f.infinity(negative);
    }
    if (f.zero(b)) {
      return f.zero(a) ? invalid(f) : byZero(f, negative);
    }
    if (f.infinite(b) || f.zero(a)) {
      return f.sign(negative);
    }
    int shift = 2 * WORKING;
    BigInteger[] quotient =
        significand(f, a).shiftLeft(shift).divideAndRemainder(significand(f, b));
    int exponent = scale(f, a) - scale(f, b) - shift;
    return round(f, negative, quotient[0], exponent, quotient[1].signum() != 0);
  }

  private long byZero(FloatFormat f, boolean negative) {
    fpu.raised |= Fcsr.DIVIDE_BY_ZERO;
    return f.infinity(negative);
  }

  long squareRoot(FloatFormat f, long a) {
    a = operand(f, a);
    if (f.nan(a)) {
      return propagate(f, a, a);
    }
    if (f.zero(a)) {
      return a;
    }
    if (f.negative(a)) {
      return invalid(f);
    }
    if (f.infinite(a)) {
      return a;
    }
    int exponent = scale(f, a);
    int shift = 2 * WORKING + (exponent & 1);
    BigInteger[] root = significand(f, a).shiftLeft(shift).sqrtAndRemainder();
    return round(f, false, root[0], exponent - shift >> 1, root[1].signum() != 0);
  }

  /** A value of another format. */
  long convert(FloatFormat from, FloatFormat to, long a) {
    a = operand(from, a);
    boolean negative = from.negative(a);
    if (from.nan(a)) {
      if (from.signalling(a)) {
        fpu.raised |= Fcsr.INVALID;
      }
      int shift = to.fraction() - from.fraction();
      long fraction = from.fractionOf(a);
      long moved = shift > 0 ? fraction << shift : fraction >>> -shift;
      return to.infinity(negative) | moved | to.quietBit();
    }
    if (from.infinite(a)) {
      return to.infinity(negative);
    }
    return round(to, negative, significand(from, a), scale(from, a), false);
  }

  long fromInteger(FloatFormat f, long value) {
    return round(f, value < 0, BigInteger.valueOf(value).abs(), 0, false);
  }

  // --- operands

  /**
   * The bits of an operand without what a wider register has above them. The part flushes subnormal
   * operands or leaves them to software.
   */
  private long operand(FloatFormat f, long any) {
    long bits = any & f.mask();
    if (fpu.subnormals || !f.subnormal(bits)) {
      return bits;
    }
    if (!fpu.flushes()) {
      throw fpu.unimplemented();
    }
    return bits & f.sign(true);
  }

  /** The significand as an integer; {@link #scale} tells what its last bit is worth. */
  private static BigInteger significand(FloatFormat f, long bits) {
    long hidden = f.exponent(bits) == 0 ? 0 : 1L << f.fraction();
    return BigInteger.valueOf(hidden | f.fractionOf(bits));
  }

  private static BigInteger signed(FloatFormat f, long bits) {
    BigInteger value = significand(f, bits);
    return f.negative(bits) ? value.negate() : value;
  }

  private static int scale(FloatFormat f, long bits) {
    return Math.max(f.exponent(bits), 1) - f.bias() - f.fraction();
  }

  // --- NaNs

  /** A signalling operand first, then the first quiet one; the result is always quiet. */
  private long propagate(FloatFormat f, long a, long b) {
    boolean signalling = f.signalling(a) || f.signalling(b);
    if (signalling) {
      fpu.raised |= Fcsr.INVALID;
    }
    boolean first = signalling ? f.signalling(a) : f.nan(a);
    return (first ? a : b) | f.quietBit();
  }

  private long invalid(FloatFormat f) {
    fpu.raised |= Fcsr.INVALID;
    return f.defaultNan();
  }

  // --- rounding

  /**
   * The value of magnitude {@code significand} * 2^{@code exponent} in the format; {@code sticky}
   * says that a little more was cut off below.
   */
  private long round(
      FloatFormat f, boolean negative, BigInteger significand, int exponent, boolean sticky) {
    if (significand.signum() == 0 && !sticky) {
      return f.sign(negative);
    }
    int top = exponent + significand.bitLength() - 1;
    boolean belowNormal = top < 1 - f.bias();
    int last = Math.max(top, 1 - f.bias()) - f.fraction();
    BigInteger rounded = rounded(negative, significand, exponent, last, sticky);
    boolean inexact =
        sticky
            || !rounded
                .shiftLeft(Math.max(0, last - exponent))
                .equals(significand.shiftLeft(Math.max(0, exponent - last)));
    if (belowNormal && tiny(f, negative, significand, exponent, sticky)) {
      return tinyResult(f, negative, rounded, significand, exponent, inexact);
    }
    if (inexact) {
      fpu.raised |= Fcsr.INEXACT;
    }
    return pack(f, negative, rounded, last);
  }

  /** {@code significand} in units of 2^{@code last}. */
  private BigInteger rounded(
      boolean negative, BigInteger significand, int exponent, int last, boolean sticky) {
    int cut = last - exponent;
    if (cut <= 0) {
      return significand.shiftLeft(-cut);
    }
    BigInteger kept = significand.shiftRight(cut);
    boolean half = significand.testBit(cut - 1);
    boolean below = sticky || significand.getLowestSetBit() < cut - 1;
    boolean up =
        switch (fpu.rounding()) {
          case Fcsr.NEAREST -> half && (below || kept.testBit(0));
          case Fcsr.UP -> !negative && (half || below);
          case Fcsr.DOWN -> negative && (half || below);
          default -> false;
        };
    return up ? kept.add(BigInteger.ONE) : kept;
  }

  /** Tininess is found after rounding to the format's precision with an unlimited exponent. */
  private boolean tiny(
      FloatFormat f, boolean negative, BigInteger significand, int exponent, boolean sticky) {
    int last = exponent + significand.bitLength() - 1 - f.fraction();
    BigInteger unlimited = rounded(negative, significand, exponent, last, sticky);
    return last + unlimited.bitLength() - 1 < 1 - f.bias();
  }

  private long tinyResult(
      FloatFormat f,
      boolean negative,
      BigInteger rounded,
      BigInteger significand,
      int exponent,
      boolean inexact) {
    if (fpu.subnormals) {
      if (inexact) {
        fpu.raised |= Fcsr.UNDERFLOW | Fcsr.INEXACT;
      }
      return rounded.longValue() | f.sign(negative);
    }
    if (!fpu.flushes()) {
      throw fpu.unimplemented();
    }
    fpu.raised |= Fcsr.UNDERFLOW | Fcsr.INEXACT;
    boolean away = fpu.rounding() == (negative ? Fcsr.DOWN : Fcsr.UP);
    if (fpu.rounding() == Fcsr.NEAREST && fpu.flushesToNearest()) {
      // at least half of the least normal value
      away = exponent + significand.bitLength() - 1 >= -f.bias();
    }
    return away ? f.leastNormal(negative) : f.sign(negative);
  }

  /** Rounding may have carried into one more bit; the value may be too great. */
  private long pack(FloatFormat f, boolean negative, BigInteger rounded, int last) {
    boolean carried = rounded.bitLength() > f.fraction() + 1;
    long bits = (carried ? rounded.shiftRight(1) : rounded).longValue();
    int biased = last + f.fraction() + f.bias() + (carried ? 1 : 0);
    if (bits >>> f.fraction() == 0) {
      return bits | f.sign(negative);
    }
    if (biased >= f.special()) {
      return overflow(f, negative);
    }
    return (long) biased << f.fraction() | f.fractionOf(bits) | f.sign(negative);
  }

  private long overflow(FloatFormat f, boolean negative) {
    fpu.raised |= Fcsr.OVERFLOW | Fcsr.INEXACT;
    boolean infinite =
        switch (fpu.rounding()) {
          case Fcsr.NEAREST -> true;
          case Fcsr.UP -> !negative;
          case Fcsr.DOWN -> negative;
          default -> false;
        };
    return infinite ? f.infinity(negative) : f.greatest(negative);
  }
}
