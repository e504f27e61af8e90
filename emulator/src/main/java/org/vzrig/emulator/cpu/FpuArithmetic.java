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
  static boolean within(double x) {
    return Math.abs(x) >= LEAST && Math.abs(x) <= Double.MAX_VALUE;
  }

  static boolean within(float x) {
    return Math.abs(x) >= LEAST_S && Math.abs(x) <= Float.MAX_VALUE;
  }

  /**
   * Whether an operand is neither zero nor near to subnormal numbers. An operation that looks
   * completes only when its operands are {@link #plain}, and its result is; so translated code does
   * not look again at what it knows.
   */
  private static boolean usual(double x) {
    return Math.abs(x) >= LEAST;
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

  static long bits(double x) {
    return Double.doubleToRawLongBits(x);
  }

  static long bits(float x) {
    return Float.floatToRawIntBits(x);
  }

  private static double done(Fpu fpu, double result) {
    fpu.done();
    return result;
  }

  /** The result of an operation in software. */
  static double wide(Fpu fpu, long bits) {
    return done(fpu, Double.longBitsToDouble(bits));
  }

  static float single(Fpu fpu, long bits) {
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
  static boolean fits(float rounded, double value) {
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
    if (usual(x) && usual(y) && within(sum) && fpu.nearest()) {
      fpu.inexact(error(x, y, sum));
      return sum;
    }
    return sum(fpu, x, y, sum, false);
  }

  /** A sum of any numbers; {@code y} is what is added in the end. */
  private static double sum(Fpu fpu, double x, double y, double sum, boolean subtract) {
    if (zeros(x, y, sum) && fpu.nearest()) {
      fpu.inexact(error(x, y, sum));
      return sum;
    }
    return wide(fpu, fpu.soft.add(D, bits(x), bits(subtract ? negate(y) : y), subtract));
  }

  private static double error(double x, double y, double sum) {
    double part = sum - x;
    return x - (sum - part) + (y - part);
  }

  static double subtract(Fpu fpu, double x, double y) {
    double difference = x - y;
    if (usual(x) && usual(y) && within(difference) && fpu.nearest()) {
      fpu.inexact(error(x, -y, difference));
      return difference;
    }
    return sum(fpu, x, negate(y), difference, true);
  }

  static double multiply(Fpu fpu, double x, double y) {
    double product = x * y;
    if (usual(x) && usual(y) && within(product) && fpu.nearest()) {
      fpu.inexact(Math.fma(x, y, -product));
      return product;
    }
    return product(fpu, x, y, product);
  }

  private static double product(Fpu fpu, double x, double y, double product) {
    if ((zero(x, y, product) || zero(y, x, product)) && fpu.nearest()) {
      fpu.exact();
      return product;
    }
    return wide(fpu, fpu.soft.multiply(D, bits(x), bits(y)));
  }

  static double divide(Fpu fpu, double x, double y) {
    double quotient = x / y;
    if (usual(x) && usual(y) && within(quotient) && fpu.nearest()) {
      fpu.inexact(Math.fma(quotient, y, -x));
      return quotient;
    }
    return quotient(fpu, x, y, quotient);
  }

  private static double quotient(Fpu fpu, double x, double y, double quotient) {
    if (zero(x, y, quotient) && fpu.nearest()) {
      fpu.exact();
      return quotient;
    }
    return wide(fpu, fpu.soft.divide(D, bits(x), bits(y)));
  }

  static double squareRoot(Fpu fpu, double x) {
    double root = Math.sqrt(x);
    if (usual(x) && within(root) && fpu.nearest()) {
      fpu.inexact(Math.fma(root, root, -x));
      return root;
    }
    return root(fpu, x, root);
  }

  private static double root(Fpu fpu, double x, double root) {
    if (x == 0 && fpu.nearest()) {
      fpu.exact();
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
}
