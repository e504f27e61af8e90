package org.vzrig.emulator.cpu;

/** Arithmetic of coprocessor 1 on single-precision numbers (MIPS32 volume II-A, release 5). */
@Rare
final class FpuSingleInsns {
  private FpuSingleInsns() {}

  // --- arithmetic

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000000",
      micro = "010101 TTTTT SSSSS DDDDD 00000110000",
      name = "add.s")
  static float add_s(Fpu fpu, float fs, float ft) {
    return FpuArithmetic.add(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000001",
      micro = "010101 TTTTT SSSSS DDDDD 00001110000",
      name = "sub.s")
  static float sub_s(Fpu fpu, float fs, float ft) {
    return FpuArithmetic.subtract(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000010",
      micro = "010101 TTTTT SSSSS DDDDD 00010110000",
      name = "mul.s")
  static float mul_s(Fpu fpu, float fs, float ft) {
    return FpuArithmetic.multiply(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000011",
      micro = "010101 TTTTT SSSSS DDDDD 00011110000",
      name = "div.s")
  static float div_s(Fpu fpu, float fs, float ft) {
    return FpuArithmetic.divide(fpu, fs, ft);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000100",
      micro = "010101 DDDDD SSSSS 0000101000111011",
      name = "sqrt.s")
  static float sqrt_s(Fpu fpu, float fs) {
    return FpuArithmetic.squareRoot(fpu, fs);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 010101",
      micro = "010101 DDDDD SSSSS 0001001000111011",
      name = "recip.s")
  static float recip_s(Fpu fpu, float fs) {
    return FpuArithmetic.reciprocal(fpu, fs);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 010110",
      micro = "010101 DDDDD SSSSS 0000001000111011",
      name = "rsqrt.s")
  static float rsqrt_s(Fpu fpu, float fs) {
    return FpuArithmetic.reciprocalRoot(fpu, fs);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 100000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 000001",
      name = "madd.s")
  static float madd_s(Fpu fpu, float fr, float ft, float fs) {
    return FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, false);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 101000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 100001",
      name = "msub.s")
  static float msub_s(Fpu fpu, float fr, float ft, float fs) {
    return FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, true);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 110000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 000010",
      name = "nmadd.s")
  static float nmadd_s(Fpu fpu, float fr, float ft, float fs) {
    return FpuArithmetic.negate(FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, false));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 111000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 100010",
      name = "nmsub.s")
  static float nmsub_s(Fpu fpu, float fr, float ft, float fs) {
    return FpuArithmetic.negate(FpuArithmetic.multiplyAdd(fpu, fs, ft, fr, true));
  }

  // --- signs and moves: no exceptions

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000101",
      micro = "010101 DDDDD SSSSS 0000001101111011",
      name = "abs.s")
  static float abs_s(float fs) {
    return FpuArithmetic.absolute(fs);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000111",
      micro = "010101 DDDDD SSSSS 0000101101111011",
      name = "neg.s")
  static float neg_s(float fs) {
    return FpuArithmetic.negate(fs);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000110",
      micro = "010101 DDDDD SSSSS 0000000001111011",
      name = "mov.s")
  static float mov_s(float fs) {
    return fs;
  }

  @Insn(
      value = "010001 10000 yyy 00 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0000000100000",
      name = "movf.s")
  static float movf_s(boolean cc, float fs, float fd) {
    return cc ? fd : fs;
  }

  @Insn(
      value = "010001 10000 yyy 01 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0000001100000",
      name = "movt.s")
  static float movt_s(boolean cc, float fs, float fd) {
    return cc ? fs : fd;
  }

  @Insn(
      value = "010001 10000 ttttt SSSSS DDDDD 010010",
      micro = "010101 ttttt SSSSS DDDDD 00001111000",
      name = "movz.s",
      asm = "D,S,t")
  static float movz_s(int rt, float fs, float fd) {
    return rt == 0 ? fs : fd;
  }

  @Insn(
      value = "010001 10000 ttttt SSSSS DDDDD 010011",
      micro = "010101 ttttt SSSSS DDDDD 00000111000",
      name = "movn.s",
      asm = "D,S,t")
  static float movn_s(int rt, float fs, float fd) {
    return rt != 0 ? fs : fd;
  }

  // --- conversions

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001000",
      micro = "010101 DDDDD SSSSS 0011001100111011",
      name = "round.l.s")
  static double round_l_s(Fpu fpu, float fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.NEAREST);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001001",
      micro = "010101 DDDDD SSSSS 0010001100111011",
      name = "trunc.l.s")
  static double trunc_l_s(Fpu fpu, float fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.TOWARD_ZERO);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001010",
      micro = "010101 DDDDD SSSSS 0001001100111011",
      name = "ceil.l.s")
  static double ceil_l_s(Fpu fpu, float fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.UP);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001011",
      micro = "010101 DDDDD SSSSS 0000001100111011",
      name = "floor.l.s")
  static double floor_l_s(Fpu fpu, float fs) {
    return FpuConversions.toLong(fpu, fs, Fcsr.DOWN);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001100",
      micro = "010101 DDDDD SSSSS 0011101100111011",
      name = "round.w.s")
  static float round_w_s(Fpu fpu, float fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.NEAREST);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001101",
      micro = "010101 DDDDD SSSSS 0010101100111011",
      name = "trunc.w.s")
  static float trunc_w_s(Fpu fpu, float fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.TOWARD_ZERO);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001110",
      micro = "010101 DDDDD SSSSS 0001101100111011",
      name = "ceil.w.s")
  static float ceil_w_s(Fpu fpu, float fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.UP);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001111",
      micro = "010101 DDDDD SSSSS 0000101100111011",
      name = "floor.w.s")
  static float floor_w_s(Fpu fpu, float fs) {
    return FpuConversions.toWord(fpu, fs, Fcsr.DOWN);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 100100",
      micro = "010101 DDDDD SSSSS 0000100100111011",
      name = "cvt.w.s")
  static float cvt_w_s(Fpu fpu, float fs) {
    return FpuConversions.toWord(fpu, fs, fpu.rounding());
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 100101",
      micro = "010101 DDDDD SSSSS 0000000100111011",
      name = "cvt.l.s")
  static double cvt_l_s(Fpu fpu, float fs) {
    return FpuConversions.toLong(fpu, fs, fpu.rounding());
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 100000",
      micro = "010101 DDDDD SSSSS 0001101101111011",
      name = "cvt.s.d")
  static float cvt_s_d(Fpu fpu, double fs) {
    return FpuConversions.toSingle(fpu, fs);
  }

  @Insn(
      value = "010001 10100 00000 SSSSS DDDDD 100000",
      micro = "010101 DDDDD SSSSS 0011101101111011",
      name = "cvt.s.w")
  static float cvt_s_w(Fpu fpu, float fs) {
    return FpuConversions.wordToSingle(fpu, Float.floatToRawIntBits(fs));
  }

  @Insn(
      value = "010001 10101 00000 SSSSS DDDDD 100000",
      micro = "010101 DDDDD SSSSS 0101101101111011",
      name = "cvt.s.l")
  static float cvt_s_l(Fpu fpu, long fs) {
    fpu.requireWide();
    return FpuConversions.longToSingle(fpu, fs);
  }

  // --- comparison

  @Insn(
      value = "010001 10000 TTTTT SSSSS yyy 00 11 nnnn",
      micro = "010101 TTTTT SSSSS yyy 000 nnnn 111100",
      name = "c.*.s",
      asm = "y?,S,T")
  static void c_cond_s(Fpu fpu, float fs, float ft, int y, int n) {
    fpu.condition(y, FpuConversions.compare(fpu, fs, ft, n));
  }
}
