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
  static void add_s(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.add(f, f.single(fs), f.single(ft)));
  }

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000001",
      micro = "010101 TTTTT SSSSS DDDDD 00001110000",
      name = "sub.s")
  static void sub_s(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.subtract(f, f.single(fs), f.single(ft)));
  }

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000010",
      micro = "010101 TTTTT SSSSS DDDDD 00010110000",
      name = "mul.s")
  static void mul_s(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.multiply(f, f.single(fs), f.single(ft)));
  }

  @Insn(
      value = "010001 10000 TTTTT SSSSS DDDDD 000011",
      micro = "010101 TTTTT SSSSS DDDDD 00011110000",
      name = "div.s")
  static void div_s(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.divide(f, f.single(fs), f.single(ft)));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000100",
      micro = "010101 DDDDD SSSSS 0000101000111011",
      name = "sqrt.s")
  static void sqrt_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.squareRoot(f, f.single(fs)));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 010101",
      micro = "010101 DDDDD SSSSS 0001001000111011",
      name = "recip.s")
  static void recip_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.reciprocal(f, f.single(fs)));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 010110",
      micro = "010101 DDDDD SSSSS 0000001000111011",
      name = "rsqrt.s")
  static void rsqrt_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.reciprocalRoot(f, f.single(fs)));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 100000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 000001",
      name = "madd.s")
  static void madd_s(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.multiplyAdd(f, f.single(fs), f.single(ft), f.single(fr), false));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 101000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 100001",
      name = "msub.s")
  static void msub_s(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.multiplyAdd(f, f.single(fs), f.single(ft), f.single(fr), true));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 110000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 000010",
      name = "nmadd.s")
  static void nmadd_s(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(
        fd,
        FpuArithmetic.multiplyAdd(f, f.single(fs), f.single(ft), f.single(fr), false)
            ^ Integer.MIN_VALUE);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 111000",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 100010",
      name = "nmsub.s")
  static void nmsub_s(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(
        fd,
        FpuArithmetic.multiplyAdd(f, f.single(fs), f.single(ft), f.single(fr), true)
            ^ Integer.MIN_VALUE);
  }

  // --- signs and moves: no exceptions

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000101",
      micro = "010101 DDDDD SSSSS 0000001101111011",
      name = "abs.s")
  static void abs_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, f.single(fs) & Integer.MAX_VALUE);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000111",
      micro = "010101 DDDDD SSSSS 0000101101111011",
      name = "neg.s")
  static void neg_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, f.single(fs) ^ Integer.MIN_VALUE);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 000110",
      micro = "010101 DDDDD SSSSS 0000000001111011",
      name = "mov.s")
  static void mov_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, f.single(fs));
  }

  @Insn(
      value = "010001 10000 yyy 00 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0000000100000",
      name = "movf.s")
  static void movf_s(Cpu cpu, int y, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, !f.condition(y) ? f.single(fs) : f.single(fd));
  }

  @Insn(
      value = "010001 10000 yyy 01 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0000001100000",
      name = "movt.s")
  static void movt_s(Cpu cpu, int y, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, f.condition(y) ? f.single(fs) : f.single(fd));
  }

  @Insn(
      value = "010001 10000 ttttt SSSSS DDDDD 010010",
      micro = "010101 ttttt SSSSS DDDDD 00001111000",
      name = "movz.s",
      asm = "D,S,t")
  static void movz_s(Cpu cpu, int rt, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, rt == 0 ? f.single(fs) : f.single(fd));
  }

  @Insn(
      value = "010001 10000 ttttt SSSSS DDDDD 010011",
      micro = "010101 ttttt SSSSS DDDDD 00000111000",
      name = "movn.s",
      asm = "D,S,t")
  static void movn_s(Cpu cpu, int rt, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, rt != 0 ? f.single(fs) : f.single(fd));
  }

  // --- conversions

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001000",
      micro = "010101 DDDDD SSSSS 0011001100111011",
      name = "round.l.s")
  static void round_l_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.NEAREST, true));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001001",
      micro = "010101 DDDDD SSSSS 0010001100111011",
      name = "trunc.l.s")
  static void trunc_l_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.TOWARD_ZERO, true));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001010",
      micro = "010101 DDDDD SSSSS 0001001100111011",
      name = "ceil.l.s")
  static void ceil_l_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.UP, true));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001011",
      micro = "010101 DDDDD SSSSS 0000001100111011",
      name = "floor.l.s")
  static void floor_l_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.DOWN, true));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001100",
      micro = "010101 DDDDD SSSSS 0011101100111011",
      name = "round.w.s")
  static void round_w_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.NEAREST, false));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001101",
      micro = "010101 DDDDD SSSSS 0010101100111011",
      name = "trunc.w.s")
  static void trunc_w_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.TOWARD_ZERO, false));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001110",
      micro = "010101 DDDDD SSSSS 0001101100111011",
      name = "ceil.w.s")
  static void ceil_w_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.UP, false));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 001111",
      micro = "010101 DDDDD SSSSS 0000101100111011",
      name = "floor.w.s")
  static void floor_w_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.DOWN, false));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 100100",
      micro = "010101 DDDDD SSSSS 0000100100111011",
      name = "cvt.w.s")
  static void cvt_w_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, f.rounding(), false));
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 100101",
      micro = "010101 DDDDD SSSSS 0000000100111011",
      name = "cvt.l.s")
  static void cvt_l_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, f.rounding(), true));
  }

  private static long integer(Fpu f, int fs, int rounding, boolean wide) {
    int bits = f.single(fs);
    double value = Float.intBitsToFloat(bits);
    return FpuArithmetic.toInteger(
        f, value, FloatFormat.SINGLE.subnormal(bits & 0xFFFF_FFFFL), rounding, wide);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 100000",
      micro = "010101 DDDDD SSSSS 0001101101111011",
      name = "cvt.s.d")
  static void cvt_s_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.toSingle(f, f.wide(fs)));
  }

  @Insn(
      value = "010001 10100 00000 SSSSS DDDDD 100000",
      micro = "010101 DDDDD SSSSS 0011101101111011",
      name = "cvt.s.w")
  static void cvt_s_w(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, FpuArithmetic.toSingle(f, f.single(fs)));
  }

  @Insn(
      value = "010001 10101 00000 SSSSS DDDDD 100000",
      micro = "010101 DDDDD SSSSS 0101101101111011",
      name = "cvt.s.l")
  static void cvt_s_l(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.single(fd, FpuArithmetic.longToSingle(f, f.wide(fs)));
  }

  // --- comparison

  @Insn(
      value = "010001 10000 TTTTT SSSSS yyy 00 11 nnnn",
      micro = "010101 TTTTT SSSSS yyy 000 nnnn 111100",
      name = "c.*.s",
      asm = "y?,S,T")
  static void c_cond_s(Cpu cpu, int fs, int ft, int y, int n) {
    Fpu f = cpu.fpu();
    int a = f.single(fs);
    int b = f.single(ft);
    boolean signalling =
        FloatFormat.SINGLE.signalling(a & 0xFFFF_FFFFL)
            || FloatFormat.SINGLE.signalling(b & 0xFFFF_FFFFL);
    f.condition(
        y,
        FpuArithmetic.compare(f, Float.intBitsToFloat(a), Float.intBitsToFloat(b), signalling, n));
  }
}
