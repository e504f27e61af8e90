package org.vzrig.emulator.cpu;

import static org.vzrig.emulator.cpu.FpuArithmetic.bits;
import static org.vzrig.emulator.cpu.FpuArithmetic.fits;
import static org.vzrig.emulator.cpu.FpuArithmetic.single;
import static org.vzrig.emulator.cpu.FpuArithmetic.wide;
import static org.vzrig.emulator.cpu.FpuArithmetic.within;

/** Conversions and comparisons of the FPU, in the ways of {@link FpuArithmetic}. */
final class FpuConversions {
  private static final FloatFormat S = FloatFormat.SINGLE;
  private static final FloatFormat D = FloatFormat.DOUBLE;

  private FpuConversions() {}

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
