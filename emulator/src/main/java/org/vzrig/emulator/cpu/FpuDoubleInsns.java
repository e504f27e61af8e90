package org.vzrig.emulator.cpu;

/** Arithmetic of coprocessor 1 on double-precision numbers (MIPS32 volume II-A, release 5). */
@Rare
final class FpuDoubleInsns {
  private FpuDoubleInsns() {}

  // --- arithmetic

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000000",
      micro = "010101 TTTTT SSSSS DDDDD 00100110000",
      name = "add.d")
  static double add_d(Fpu fpu, double fs, double ft) {
    return FpuArithmetic.add(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000001",
      micro = "010101 TTTTT SSSSS DDDDD 00101110000",
      name = "sub.d")
  static double sub_d(Fpu fpu, double fs, double ft) {
    return FpuArithmetic.subtract(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000010",
      micro = "010101 TTTTT SSSSS DDDDD 00110110000",
      name = "mul.d")
  static double mul_d(Fpu fpu, double fs, double ft) {
    return FpuArithmetic.multiply(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000011",
      micro = "010101 TTTTT SSSSS DDDDD 00111110000",
      name = "div.d")
  static double div_d(Fpu fpu, double fs, double ft) {
    return FpuArithmetic.divide(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000100",
      micro = "010101 DDDDD SSSSS 0100101000111011",
      name = "sqrt.d")
  static double sqrt_d(Fpu fpu, double fs) {
    return FpuArithmetic.squareRoot(fpu, fs);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 010101",
      micro = "010101 DDDDD SSSSS 0101001000111011",
      name = "recip.d")
  static double recip_d(Fpu fpu, double fs) {
    return FpuArithmetic.reciprocal(fpu, fs);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 010110",
      micro = "010101 DDDDD SSSSS 0100001000111011",
      name = "rsqrt.d")
  static double rsqrt_d(Fpu fpu, double fs) {
    return FpuArithmetic.reciprocalRoot(fpu, fs);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 100001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 001001",
      name = "madd.d")
  static double madd_d(Fpu fpu, double fr, double ft, double fs) {
    return FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, false);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 101001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 101001",
      name = "msub.d")
  static double msub_d(Fpu fpu, double fr, double ft, double fs) {
    return FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, true);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 110001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 001010",
      name = "nmadd.d")
  static double nmadd_d(Fpu fpu, double fr, double ft, double fs) {
    return FpuArithmetic.negate(FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, false));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 111001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 101010",
      name = "nmsub.d")
  static double nmsub_d(Fpu fpu, double fr, double ft, double fs) {
    return FpuArithmetic.negate(FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, true));
  }

  // --- signs and moves: no exceptions

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000101",
      micro = "010101 DDDDD SSSSS 0010001101111011",
      name = "abs.d")
  static double abs_d(double fs) {
    return FpuArithmetic.absolute(fs);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000111",
      micro = "010101 DDDDD SSSSS 0010101101111011",
      name = "neg.d")
  static double neg_d(double fs) {
    return FpuArithmetic.negate(fs);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000110",
      micro = "010101 DDDDD SSSSS 0010000001111011",
      name = "mov.d")
  static double mov_d(double fs) {
    return fs;
  }

  @Insn(
      value = "010001 10001 yyy 00 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0001000100000",
      name = "movf.d")
  static double movf_d(boolean cc, double fs, double fd) {
    return cc ? fd : fs;
  }

  @Insn(
      value = "010001 10001 yyy 01 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0001001100000",
      name = "movt.d")
  static double movt_d(boolean cc, double fs, double fd) {
    return cc ? fs : fd;
  }

  @Insn(
      value = "010001 10001 ttttt SSSSS DDDDD 010010",
      micro = "010101 ttttt SSSSS DDDDD 00101111000",
      name = "movz.d",
      asm = "D,S,t")
  static double movz_d(int rt, double fs, double fd) {
    return rt == 0 ? fs : fd;
  }

  @Insn(
      value = "010001 10001 ttttt SSSSS DDDDD 010011",
      micro = "010101 ttttt SSSSS DDDDD 00100111000",
      name = "movn.d",
      asm = "D,S,t")
  static double movn_d(int rt, double fs, double fd) {
    return rt != 0 ? fs : fd;
  }

  // --- conversions

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001000",
      micro = "010101 DDDDD SSSSS 0111001100111011",
      name = "round.l.d")
  static double round_l_d(Fpu fpu, double fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.NEAREST);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001001",
      micro = "010101 DDDDD SSSSS 0110001100111011",
      name = "trunc.l.d")
  static double trunc_l_d(Fpu fpu, double fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.TOWARD_ZERO);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001010",
      micro = "010101 DDDDD SSSSS 0101001100111011",
      name = "ceil.l.d")
  static double ceil_l_d(Fpu fpu, double fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.UP);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001011",
      micro = "010101 DDDDD SSSSS 0100001100111011",
      name = "floor.l.d")
  static double floor_l_d(Fpu fpu, double fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.DOWN);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001100",
      micro = "010101 DDDDD SSSSS 0111101100111011",
      name = "round.w.d")
  static float round_w_d(Fpu fpu, double fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.NEAREST);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001101",
      micro = "010101 DDDDD SSSSS 0110101100111011",
      name = "trunc.w.d")
  static float trunc_w_d(Fpu fpu, double fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.TOWARD_ZERO);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001110",
      micro = "010101 DDDDD SSSSS 0101101100111011",
      name = "ceil.w.d")
  static float ceil_w_d(Fpu fpu, double fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.UP);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001111",
      micro = "010101 DDDDD SSSSS 0100101100111011",
      name = "floor.w.d")
  static float floor_w_d(Fpu fpu, double fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.DOWN);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 100100",
      micro = "010101 DDDDD SSSSS 0100100100111011",
      name = "cvt.w.d")
  static float cvt_w_d(Fpu fpu, double fs) {
    return FpuConversions.toWord(fpu, fs, fpu.rounding());
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 100101",
      micro = "010101 DDDDD SSSSS 0100000100111011",
      name = "cvt.l.d")
  static double cvt_l_d(Fpu fpu, double fs) {
    return FpuConversions.toLong(fpu, fs, fpu.rounding());
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 100001",
      micro = "010101 DDDDD SSSSS 0001001101111011",
      name = "cvt.d.s")
  static double cvt_d_s(Fpu fpu, float fs) {
    return FpuConversions.toDouble(fpu, fs);
  }

  @Insn(
      value = "010001 10100 00000 SSSSS DDDDD 100001",
      micro = "010101 DDDDD SSSSS 0011001101111011",
      name = "cvt.d.w")
  static double cvt_d_w(Fpu fpu, float fs) {
    return FpuConversions.wordToDouble(fpu, Float.floatToRawIntBits(fs));
  }

  @Insn(
      value = "010001 10101 00000 SSSSS DDDDD 100001",
      micro = "010101 DDDDD SSSSS 0101001101111011",
      name = "cvt.d.l")
  static double cvt_d_l(Fpu fpu, long fs) {
    fpu.requireWide();
    return FpuConversions.longToDouble(fpu, fs);
  }

  // --- comparison

  @Insn(
      value = "010001 10001 TTTTT SSSSS yyy 00 11 nnnn",
      micro = "010101 TTTTT SSSSS yyy 001 nnnn 111100",
      name = "c.*.d",
      asm = "y?,S,T")
  static void c_cond_d(Fpu fpu, double fs, double ft, int y, int n) {
    fpu.condition(y, FpuConversions.compare(fpu, fs, ft, n));
  }
}
