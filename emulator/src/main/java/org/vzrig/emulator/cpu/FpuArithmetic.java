package org.vzrig.emulator.cpu;

/**
 * Arithmetic of the FPU: the host's where it rounds to nearest, the operands and the result are
 * normal numbers or zeros, and the rounding error is known exactly; {@link SoftFloat} otherwise.
 *
 * <p>Every method reports the exceptions of its operation, and throws when one is enabled, before
 * it returns the bits of the result.
 */
final class FpuArithmetic {
  private static final FloatFormat S = FloatFormat.SINGLE;
  private static final FloatFormat D = FloatFormat.DOUBLE;
  private static final int ONE_S = 0x3F80_0000;
  private static final long ONE_D = 0x3FF0_0000_0000_0000L;

  /** From this exponent field on, the error of a product or quotient is a normal number. */
  private static final int SAFE_EXPONENT = 128;

  private FpuArithmetic() {}

  private static boolean nearest(Fpu fpu) {
    return (fpu.fcsr & Fcsr.RM) == Fcsr.NEAREST;
  }

  private static boolean normal(int bits) {
    int exponent = bits >>> 23 & 0xFF;
    return exponent != 0 && exponent != 0xFF;
  }

  private static boolean normal(long bits) {
    // without the sign, 1 to 7FE in the exponent: one comparison without sign, 7FE << 53 its limit
    return (bits << 1) - (1L << 53) + Long.MIN_VALUE < 0x7FC0_0000_0000_0000L;
  }

  private static boolean normalOrZero(int bits) {
    return normal(bits) || bits << 1 == 0;
  }

  private static boolean normalOrZero(long bits) {
    return normal(bits) || bits << 1 == 0;
  }

  /** Far enough from both ends of the range. */
  private static boolean safe(long bits) {
    int exponent = (int) (bits >>> 52) & 0x7FF;
    return exponent > SAFE_EXPONENT && exponent != 0x7FF;
  }

  // --- single

  static int add(Fpu fpu, int a, int b) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    float sum = x + y;
    int bits = Float.floatToRawIntBits(sum);
    if (normal(bits) && nearest(fpu) && normalOrZero(a) && normalOrZero(b)) {
      float part = sum - x;
      fpu.inexact(x - (sum - part) + (y - part) != 0);
      return bits;
    }
    return done(fpu, (int) fpu.soft.add(S, a, b, false));
  }

  static int subtract(Fpu fpu, int a, int b) {
    if (normalOrZero(b)) {
      return add(fpu, a, b ^ Integer.MIN_VALUE);
    }
    return done(fpu, (int) fpu.soft.add(S, a, b, true));
  }

  static int multiply(Fpu fpu, int a, int b) {
    double product = (double) Float.intBitsToFloat(a) * Float.intBitsToFloat(b);
    float rounded = (float) product;
    int bits = Float.floatToRawIntBits(rounded);
    if (normal(bits) && nearest(fpu) && normal(a) && normal(b) && large(product)) {
      fpu.inexact(rounded != product);
      return bits;
    }
    return done(fpu, (int) fpu.soft.multiply(S, a, b));
  }

  /** A value that is below the least normal one may be rounded up to it, and then is not normal. */
  private static boolean large(double value) {
    return Math.abs(value) >= Float.MIN_NORMAL;
  }

  static int divide(Fpu fpu, int a, int b) {
    float x = Float.intBitsToFloat(a);
    float y = Float.intBitsToFloat(b);
    float quotient = x / y;
    int bits = Float.floatToRawIntBits(quotient);
    if (normal(bits) && nearest(fpu) && normal(a) && normal(b) && large((double) x / y)) {
      fpu.inexact((double) quotient * y != x);
      return bits;
    }
    return done(fpu, (int) fpu.soft.divide(S, a, b));
  }

  static int squareRoot(Fpu fpu, int a) {
    if (a > 0 && normal(a) && nearest(fpu)) {
      float x = Float.intBitsToFloat(a);
      float root = (float) Math.sqrt(x);
      fpu.inexact((double) root * root != x);
      return Float.floatToRawIntBits(root);
    }
    return done(fpu, (int) fpu.soft.squareRoot(S, a));
  }

  private static int done(Fpu fpu, int result) {
    fpu.done();
    return result;
  }

  // --- double

  static long add(Fpu fpu, long a, long b) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    double sum = x + y;
    long bits = Double.doubleToRawLongBits(sum);
    if (normal(bits) && nearest(fpu) && normalOrZero(a) && normalOrZero(b)) {
      double part = sum - x;
      fpu.inexact(x - (sum - part) + (y - part));
      return bits;
    }
    return done(fpu, fpu.soft.add(D, a, b, false));
  }

  static long subtract(Fpu fpu, long a, long b) {
    if (normalOrZero(b)) {
      return add(fpu, a, b ^ Long.MIN_VALUE);
    }
    return done(fpu, fpu.soft.add(D, a, b, true));
  }

  static long multiply(Fpu fpu, long a, long b) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    double product = x * y;
    long bits = Double.doubleToRawLongBits(product);
    if (safe(bits) && nearest(fpu) && normal(a) && normal(b)) {
      fpu.inexact(Math.fma(x, y, -product));
      return bits;
    }
    return done(fpu, fpu.soft.multiply(D, a, b));
  }

  static long divide(Fpu fpu, long a, long b) {
    double x = Double.longBitsToDouble(a);
    double y = Double.longBitsToDouble(b);
    double quotient = x / y;
    long bits = Double.doubleToRawLongBits(quotient);
    if (safe(bits) && safe(a) && nearest(fpu) && normal(b)) {
      fpu.inexact(Math.fma(quotient, y, -x));
      return bits;
    }
    return done(fpu, fpu.soft.divide(D, a, b));
  }

  static long squareRoot(Fpu fpu, long a) {
    if (a > 0 && safe(a) && nearest(fpu)) {
      double x = Double.longBitsToDouble(a);
      double root = Math.sqrt(x);
      fpu.inexact(Math.fma(root, root, -x));
      return Double.doubleToRawLongBits(root);
    }
    return done(fpu, fpu.soft.squareRoot(D, a));
  }

  private static long done(Fpu fpu, long result) {
    fpu.done();
    return result;
  }

  // --- several operations in one instruction

  /** RECIP: 1 / a. */
  static int reciprocal(Fpu fpu, int a) {
    return divide(fpu, ONE_S, a);
  }

  static long reciprocal(Fpu fpu, long a) {
    return divide(fpu, ONE_D, a);
  }

  /** RSQRT: one divided by the rounded root. */
  static int reciprocalRoot(Fpu fpu, int a) {
    return done(fpu, (int) fpu.soft.divide(S, ONE_S, fpu.soft.squareRoot(S, a)));
  }

  static long reciprocalRoot(Fpu fpu, long a) {
    return done(fpu, fpu.soft.divide(D, ONE_D, fpu.soft.squareRoot(D, a)));
  }

  /** MADD and MSUB: product and sum are rounded one after the other. */
  static int multiplyAdd(Fpu fpu, int a, int b, int c, boolean subtract) {
    if (plain(fpu, a, b, c)) {
      double product = (double) Float.intBitsToFloat(a) * Float.intBitsToFloat(b);
      float x = (float) product;
      float y = subtract ? -Float.intBitsToFloat(c) : Float.intBitsToFloat(c);
      float sum = x + y;
      int bits = Float.floatToRawIntBits(sum);
      if (normal(Float.floatToRawIntBits(x)) && large(product) && normal(bits)) {
        float part = sum - x;
        fpu.inexact(x != product || x - (sum - part) + (y - part) != 0);
        return bits;
      }
    }
    return done(fpu, (int) fpu.soft.add(S, fpu.soft.multiply(S, a, b), c, subtract));
  }

  private static boolean plain(Fpu fpu, int a, int b, int c) {
    return nearest(fpu) && normal(a) && normal(b) && normalOrZero(c);
  }

  static long multiplyAdd(Fpu fpu, long a, long b, long c, boolean subtract) {
    if (nearest(fpu) && normal(a) && normal(b) && normalOrZero(c)) {
      double product = Double.longBitsToDouble(a) * Double.longBitsToDouble(b);
      double y = subtract ? -Double.longBitsToDouble(c) : Double.longBitsToDouble(c);
      double sum = product + y;
      long bits = Double.doubleToRawLongBits(sum);
      if (safe(Double.doubleToRawLongBits(product)) && normal(bits)) {
        double lost = Math.fma(Double.longBitsToDouble(a), Double.longBitsToDouble(b), -product);
        double part = sum - product;
        fpu.inexact(lost != 0 || product - (sum - part) + (y - part) != 0);
        return bits;
      }
    }
    return done(fpu, fpu.soft.add(D, fpu.soft.multiply(D, a, b), c, subtract));
  }

  // --- conversions

  static long toDouble(Fpu fpu, int single) {
    if (normalOrZero(single)) {
      fpu.exact();
      return Double.doubleToRawLongBits(Float.intBitsToFloat(single));
    }
    return done(fpu, fpu.soft.convert(S, D, single & 0xFFFF_FFFFL));
  }

  static int toSingle(Fpu fpu, long bits) {
    double value = Double.longBitsToDouble(bits);
    float rounded = (float) value;
    int result = Float.floatToRawIntBits(rounded);
    if (normal(result) && nearest(fpu) && large(value)) {
      fpu.inexact(rounded != value);
      return result;
    }
    return done(fpu, (int) fpu.soft.convert(D, S, bits));
  }

  static int toSingle(Fpu fpu, int word) {
    float rounded = word;
    if (nearest(fpu)) {
      fpu.inexact((double) rounded != word);
      return Float.floatToRawIntBits(rounded);
    }
    return done(fpu, (int) fpu.soft.fromInteger(S, word));
  }

  static int longToSingle(Fpu fpu, long value) {
    return done(fpu, (int) fpu.soft.fromInteger(S, value));
  }

  static long longToDouble(Fpu fpu, long value) {
    return done(fpu, fpu.soft.fromInteger(D, value));
  }

  /**
   * An integer of 32 or 64 bits with this rounding mode. NaN gives 0 and what is out of range the
   * nearest integer, both with Invalid (FCSR.NAN2008 = 1).
   *
   * @param value the operand; singles are widened exactly
   * @param subnormal whether the operand is a subnormal number of its format
   */
  static long toInteger(Fpu fpu, double value, boolean subnormal, int rounding, boolean wide) {
    if (subnormal && !fpu.subnormals) {
      if (!fpu.flushes()) {
        throw fpu.unimplemented();
      }
      value = 0;
    }
    double integral = integral(value, rounding);
    long result = wide ? (long) integral : (int) integral;
    double least = wide ? -0x1p63 : -0x1p31;
    if (!(integral >= least && integral < -least)) {
      fpu.raised = Fcsr.INVALID;
      fpu.done();
      return result;
    }
    fpu.inexact(integral != value);
    return result;
  }

  private static double integral(double value, int rounding) {
    return switch (rounding) {
      case Fcsr.NEAREST -> Math.rint(value);
      case Fcsr.UP -> Math.ceil(value);
      case Fcsr.DOWN -> Math.floor(value);
      default -> value < 0 ? Math.ceil(value) : Math.floor(value);
    };
  }

  // --- comparison

  /**
   * C.cond: whether one of the relations that {@code condition} asks for holds (bit 0 unordered, 1
   * equal, 2 less; bit 3: Invalid for quiet NaNs too).
   */
  static boolean compare(Fpu fpu, double a, double b, boolean signalling, int condition) {
    boolean unordered = Double.isNaN(a) || Double.isNaN(b);
    if (unordered && (signalling || (condition & 8) != 0)) {
      fpu.raised = Fcsr.INVALID;
      fpu.done();
    } else {
      fpu.exact();
    }
    return unordered
        ? (condition & 1) != 0
        : (condition & 2) != 0 && a == b || (condition & 4) != 0 && a < b;
  }
}
