package org.vzrig.emulator.cpu;

/**
 * Arithmetic of the FPU: the host's where it rounds to nearest, operands and result are normal
 * numbers or zeros, and the rounding error is known exactly; {@link SoftFloat} otherwise.
 *
 * <p>Every method reports the exceptions of its operation, and throws when one is enabled, before
 * it returns the result.
 */
final class FpuArithmetic {
  private static final FloatFormat S = FloatFormat.SINGLE;
  private static final FloatFormat D = FloatFormat.DOUBLE;

  /** From here on the error of a product or quotient is a normal number. */
  private static final double LEAST = 0x1p-894;

  private static final float LEAST_S = Float.MIN_NORMAL;

  private FpuArithmetic() {}

  /** Whether a result is finite and far enough from the least number; so are its operands. */
  private static boolean within(double x) {
    return Math.abs(x) >= LEAST && Math.abs(x) <= Double.MAX_VALUE;
  }

  private static boolean within(float x) {
    return Math.abs(x) >= LEAST_S && Math.abs(x) <= Float.MAX_VALUE;
  }

  /** Whether an operand is no subnormal number and not near to them. */
  private static boolean plain(double x) {
    return Math.abs(x) >= LEAST || x == 0;
  }

  private static boolean plain(float x) {
    return Math.abs(x) >= LEAST_S || x == 0;
  }

  /** Whether a sum with zeros among operands and result is computed as others are. */
  private static boolean zeros(double x, double y, double sum) {
    return plain(x) && plain(y) && plain(sum) && Math.abs(sum) <= Double.MAX_VALUE;
  }

  private static boolean zeros(float x, float y, float sum) {
    return plain(x) && plain(y) && plain(sum) && Math.abs(sum) <= Float.MAX_VALUE;
  }

  /** Whether a product or quotient is zero because of {@code x}. */
  private static boolean zero(double x, double y, double result) {
    return x == 0 && result == 0 && (within(y) || y == 0);
  }

  private static long bits(double x) {
    return Double.doubleToRawLongBits(x);
  }

  private static long bits(float x) {
    return Float.floatToRawIntBits(x);
  }

  private static double done(Fpu fpu, double result) {
    fpu.done();
    return result;
  }

  /** The result of an operation in software. */
  private static double wide(Fpu fpu, long bits) {
    return done(fpu, Double.longBitsToDouble(bits));
  }

  private static float single(Fpu fpu, long bits) {
    fpu.done();
    return Float.intBitsToFloat((int) bits);
  }

  // --- signs: no exceptions, also for NaNs

  static float absolute(float x) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) & Integer.MAX_VALUE);
  }

  static double absolute(double x) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & Long.MAX_VALUE);
  }

  static float negate(float x) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ Integer.MIN_VALUE);
  }

  static double negate(double x) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ Long.MIN_VALUE);
  }

  // --- single

  static float add(Fpu fpu, float x, float y) {
    float sum = x + y;
    boolean usual = Math.abs(x) >= LEAST_S && Math.abs(y) >= LEAST_S && within(sum);
    if ((usual || zeros(x, y, sum)) && fpu.nearest()) {
      fpu.inexact(error(x, y, sum));
      return sum;
    }
    return single(fpu, fpu.soft.add(S, bits(x), bits(y), false));
  }

  private static float error(float x, float y, float sum) {
    float part = sum - x;
    return x - (sum - part) + (y - part);
  }

  static float subtract(Fpu fpu, float x, float y) {
    float difference = x - y;
    boolean usual = Math.abs(x) >= LEAST_S && Math.abs(y) >= LEAST_S && within(difference);
    if ((usual || zeros(x, y, difference)) && fpu.nearest()) {
      fpu.inexact(error(x, -y, difference));
      return difference;
    }
    return single(fpu, fpu.soft.add(S, bits(x), bits(y), true));
  }

  static float multiply(Fpu fpu, float x, float y) {
    double product = (double) x * y;
    float rounded = (float) product;
    if (plain(x) && plain(y) && fits(rounded, product) && fpu.nearest()) {
      fpu.inexact(rounded - product);
      return rounded;
    }
    return single(fpu, fpu.soft.multiply(S, bits(x), bits(y)));
  }

  /**
   * Whether a value is zero, or rounded to a normal number without being below the least one: then
   * it may be rounded up to it, and is tiny.
   */
  private static boolean fits(float rounded, double value) {
    return within(rounded) && Math.abs(value) >= LEAST_S || value == 0;
  }

  static float divide(Fpu fpu, float x, float y) {
    float quotient = x / y;
    boolean usual = plain(x) && within(y) && fits(quotient, (double) x / y);
    if (usual && fpu.nearest()) {
      fpu.inexact((double) quotient * y - x);
      return quotient;
    }
    return single(fpu, fpu.soft.divide(S, bits(x), bits(y)));
  }

  static float squareRoot(Fpu fpu, float x) {
    if ((within(x) && x > 0 || x == 0) && fpu.nearest()) {
      float root = (float) Math.sqrt(x);
      fpu.inexact((double) root * root - x);
      return root;
    }
    return single(fpu, fpu.soft.squareRoot(S, bits(x)));
  }

  // --- double

  static double add(Fpu fpu, double x, double y) {
    double sum = x + y;
    boolean usual = Math.abs(x) >= LEAST && Math.abs(y) >= LEAST && within(sum);
    if ((usual || zeros(x, y, sum)) && fpu.nearest()) {
      fpu.inexact(error(x, y, sum));
      return sum;
    }
    return wide(fpu, fpu.soft.add(D, bits(x), bits(y), false));
  }

  private static double error(double x, double y, double sum) {
    double part = sum - x;
    return x - (sum - part) + (y - part);
  }

  static double subtract(Fpu fpu, double x, double y) {
    double difference = x - y;
    boolean usual = Math.abs(x) >= LEAST && Math.abs(y) >= LEAST && within(difference);
    if ((usual || zeros(x, y, difference)) && fpu.nearest()) {
      fpu.inexact(error(x, -y, difference));
      return difference;
    }
    return wide(fpu, fpu.soft.add(D, bits(x), bits(y), true));
  }

  static double multiply(Fpu fpu, double x, double y) {
    double product = x * y;
    boolean usual = Math.abs(x) >= LEAST && Math.abs(y) >= LEAST && within(product);
    if ((usual || zero(x, y, product) || zero(y, x, product)) && fpu.nearest()) {
      fpu.inexact(Math.fma(x, y, -product));
      return product;
    }
    return wide(fpu, fpu.soft.multiply(D, bits(x), bits(y)));
  }

  static double divide(Fpu fpu, double x, double y) {
    double quotient = x / y;
    boolean usual = Math.abs(x) >= LEAST && within(y) && within(quotient);
    if ((usual || zero(x, y, quotient)) && fpu.nearest()) {
      fpu.inexact(Math.fma(quotient, y, -x));
      return quotient;
    }
    return wide(fpu, fpu.soft.divide(D, bits(x), bits(y)));
  }

  static double squareRoot(Fpu fpu, double x) {
    if ((within(x) && x > 0 || x == 0) && fpu.nearest()) {
      double root = Math.sqrt(x);
      fpu.inexact(Math.fma(root, root, -x));
      return root;
    }
    return wide(fpu, fpu.soft.squareRoot(D, bits(x)));
  }

  // --- several operations in one instruction

  /** RECIP: 1 / x. */
  static float reciprocal(Fpu fpu, float x) {
    return divide(fpu, 1F, x);
  }

  static double reciprocal(Fpu fpu, double x) {
    return divide(fpu, 1D, x);
  }

  /** RSQRT: one divided by the rounded root. */
  static float reciprocalRoot(Fpu fpu, float x) {
    return single(fpu, fpu.soft.divide(S, bits(1F), fpu.soft.squareRoot(S, bits(x))));
  }

  static double reciprocalRoot(Fpu fpu, double x) {
    return wide(fpu, fpu.soft.divide(D, bits(1D), fpu.soft.squareRoot(D, bits(x))));
  }

  /** MADD and MSUB: product and sum are rounded one after the other. */
  static float multiplyAdd(Fpu fpu, float a, float b, float c, boolean subtract) {
    double exact = (double) a * b;
    float product = (float) exact;
    float y = subtract ? -c : c;
    float sum = product + y;
    boolean usual = plain(a) && plain(b) && fits(product, exact) && zeros(product, c, sum);
    if (usual && fpu.nearest()) {
      fpu.inexact(either(product - exact, error(product, y, sum)));
      return sum;
    }
    return single(fpu, fpu.soft.add(S, fpu.soft.multiply(S, bits(a), bits(b)), bits(c), subtract));
  }

  static double multiplyAdd(Fpu fpu, double a, double b, double c, boolean subtract) {
    double product = a * b;
    double y = subtract ? -c : c;
    double sum = product + y;
    boolean multiplies = plain(a) && plain(b) && (within(product) || a == 0 || b == 0);
    if (multiplies && zeros(product, c, sum) && fpu.nearest()) {
      fpu.inexact(either(Math.fma(a, b, -product), error(product, y, sum)));
      return sum;
    }
    return wide(fpu, fpu.soft.add(D, fpu.soft.multiply(D, bits(a), bits(b)), bits(c), subtract));
  }

  /** An error of two roundings that is 0 only where both are. */
  private static double either(double first, double second) {
    return first != 0 ? first : second;
  }

  // --- conversions

  static double toDouble(Fpu fpu, float x) {
    if (within(x) || x == 0) {
      fpu.exact();
      return x;
    }
    return wide(fpu, fpu.soft.convert(S, D, bits(x)));
  }

  static float toSingle(Fpu fpu, double x) {
    float rounded = (float) x;
    if (fits(rounded, x) && fpu.nearest()) {
      fpu.inexact(rounded - x);
      return rounded;
    }
    return single(fpu, fpu.soft.convert(D, S, bits(x)));
  }

  static float wordToSingle(Fpu fpu, int word) {
    float rounded = word;
    if (fpu.nearest()) {
      fpu.inexact((double) rounded - word);
      return rounded;
    }
    return single(fpu, fpu.soft.fromInteger(S, word));
  }

  static double wordToDouble(Fpu fpu, int word) {
    fpu.exact();
    return word;
  }

  static float longToSingle(Fpu fpu, long value) {
    return single(fpu, fpu.soft.fromInteger(S, value));
  }

  static double longToDouble(Fpu fpu, long value) {
    return wide(fpu, fpu.soft.fromInteger(D, value));
  }

  /** A 32-bit integer, as a register holds it; {@link #toInteger} says of what. */
  static float toWord(Fpu fpu, float x, int rounding) {
    return Float.intBitsToFloat(
        (int) toInteger(fpu, x, S.subnormal(bits(x) & S.mask()), rounding, false));
  }

  static float toWord(Fpu fpu, double x, int rounding) {
    return Float.intBitsToFloat((int) toInteger(fpu, x, D.subnormal(bits(x)), rounding, false));
  }

  /** A 64-bit integer, as a register holds it. */
  static double toLong(Fpu fpu, float x, int rounding) {
    fpu.requireWide();
    return Double.longBitsToDouble(
        toInteger(fpu, x, S.subnormal(bits(x) & S.mask()), rounding, true));
  }

  static double toLong(Fpu fpu, double x, int rounding) {
    fpu.requireWide();
    return Double.longBitsToDouble(toInteger(fpu, x, D.subnormal(bits(x)), rounding, true));
  }

  /**
   * An integer of 32 or 64 bits with this rounding mode. NaN gives 0 and what is out of range the
   * nearest integer, both with Invalid (FCSR.NAN2008 = 1).
   *
   * @param value the operand; singles are widened exactly
   * @param subnormal whether the operand is a subnormal number of its format
   */
  private static long toInteger(
      Fpu fpu, double value, boolean subnormal, int rounding, boolean wide) {
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
      fpu.raise(Fcsr.INVALID);
      return result;
    }
    fpu.inexact(integral - value);
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
  static boolean compare(Fpu fpu, float a, float b, int condition) {
    if (Float.isNaN(a) || Float.isNaN(b)) {
      boolean signalling = S.signalling(bits(a) & S.mask()) || S.signalling(bits(b) & S.mask());
      return unordered(fpu, signalling, condition);
    }
    return ordered(fpu, a, b, condition);
  }

  static boolean compare(Fpu fpu, double a, double b, int condition) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return unordered(fpu, D.signalling(bits(a)) || D.signalling(bits(b)), condition);
    }
    return ordered(fpu, a, b, condition);
  }

  private static boolean unordered(Fpu fpu, boolean signalling, int condition) {
    if (signalling || (condition & 8) != 0) {
      fpu.raise(Fcsr.INVALID);
    } else {
      fpu.exact();
    }
    return (condition & 1) != 0;
  }

  private static boolean ordered(Fpu fpu, double a, double b, int condition) {
    fpu.exact();
    return (condition & 2) != 0 && a == b || (condition & 4) != 0 && a < b;
  }
}
