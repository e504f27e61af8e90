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
  static void add_d(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.add(f, f.wide(fs), f.wide(ft)));
  }

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000001",
      micro = "010101 TTTTT SSSSS DDDDD 00101110000",
      name = "sub.d")
  static void sub_d(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.subtract(f, f.wide(fs), f.wide(ft)));
  }

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000010",
      micro = "010101 TTTTT SSSSS DDDDD 00110110000",
      name = "mul.d")
  static void mul_d(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.multiply(f, f.wide(fs), f.wide(ft)));
  }

  @Insn(
      value = "010001 10001 TTTTT SSSSS DDDDD 000011",
      micro = "010101 TTTTT SSSSS DDDDD 00111110000",
      name = "div.d")
  static void div_d(Cpu cpu, int fs, int ft, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.divide(f, f.wide(fs), f.wide(ft)));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000100",
      micro = "010101 DDDDD SSSSS 0100101000111011",
      name = "sqrt.d")
  static void sqrt_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.squareRoot(f, f.wide(fs)));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 010101",
      micro = "010101 DDDDD SSSSS 0101001000111011",
      name = "recip.d")
  static void recip_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.reciprocal(f, f.wide(fs)));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 010110",
      micro = "010101 DDDDD SSSSS 0100001000111011",
      name = "rsqrt.d")
  static void rsqrt_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.reciprocalRoot(f, f.wide(fs)));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 100001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 001001",
      name = "madd.d")
  static void madd_d(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.multiplyAdd(f, f.wide(fs), f.wide(ft), f.wide(fr), false));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 101001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 101001",
      name = "msub.d")
  static void msub_d(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.multiplyAdd(f, f.wide(fs), f.wide(ft), f.wide(fr), true));
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 110001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 001010",
      name = "nmadd.d")
  static void nmadd_d(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(
        fd,
        FpuArithmetic.multiplyAdd(f, f.wide(fs), f.wide(ft), f.wide(fr), false) ^ Long.MIN_VALUE);
  }

  @Insn(
      value = "010011 RRRRR TTTTT SSSSS DDDDD 111001",
      micro = "010101 TTTTT SSSSS DDDDD RRRRR 101010",
      name = "nmsub.d")
  static void nmsub_d(Cpu cpu, int fr, int ft, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(
        fd,
        FpuArithmetic.multiplyAdd(f, f.wide(fs), f.wide(ft), f.wide(fr), true) ^ Long.MIN_VALUE);
  }

  // --- signs and moves: no exceptions

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000101",
      micro = "010101 DDDDD SSSSS 0010001101111011",
      name = "abs.d")
  static void abs_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, f.wide(fs) & Long.MAX_VALUE);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000111",
      micro = "010101 DDDDD SSSSS 0010101101111011",
      name = "neg.d")
  static void neg_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, f.wide(fs) ^ Long.MIN_VALUE);
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 000110",
      micro = "010101 DDDDD SSSSS 0010000001111011",
      name = "mov.d")
  static void mov_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, f.wide(fs));
  }

  @Insn(
      value = "010001 10001 yyy 00 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0001000100000",
      name = "movf.d")
  static void movf_d(Cpu cpu, int y, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, !f.condition(y) ? f.wide(fs) : f.wide(fd));
  }

  @Insn(
      value = "010001 10001 yyy 01 SSSSS DDDDD 010001",
      micro = "010101 DDDDD SSSSS yyy 0001001100000",
      name = "movt.d")
  static void movt_d(Cpu cpu, int y, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, f.condition(y) ? f.wide(fs) : f.wide(fd));
  }

  @Insn(
      value = "010001 10001 ttttt SSSSS DDDDD 010010",
      micro = "010101 ttttt SSSSS DDDDD 00101111000",
      name = "movz.d",
      asm = "D,S,t")
  static void movz_d(Cpu cpu, int rt, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, rt == 0 ? f.wide(fs) : f.wide(fd));
  }

  @Insn(
      value = "010001 10001 ttttt SSSSS DDDDD 010011",
      micro = "010101 ttttt SSSSS DDDDD 00100111000",
      name = "movn.d",
      asm = "D,S,t")
  static void movn_d(Cpu cpu, int rt, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.wide(fd, rt != 0 ? f.wide(fs) : f.wide(fd));
  }

  // --- conversions

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001000",
      micro = "010101 DDDDD SSSSS 0111001100111011",
      name = "round.l.d")
  static void round_l_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.NEAREST, true));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001001",
      micro = "010101 DDDDD SSSSS 0110001100111011",
      name = "trunc.l.d")
  static void trunc_l_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.TOWARD_ZERO, true));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001010",
      micro = "010101 DDDDD SSSSS 0101001100111011",
      name = "ceil.l.d")
  static void ceil_l_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.UP, true));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001011",
      micro = "010101 DDDDD SSSSS 0100001100111011",
      name = "floor.l.d")
  static void floor_l_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, Fcsr.DOWN, true));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001100",
      micro = "010101 DDDDD SSSSS 0111101100111011",
      name = "round.w.d")
  static void round_w_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.NEAREST, false));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001101",
      micro = "010101 DDDDD SSSSS 0110101100111011",
      name = "trunc.w.d")
  static void trunc_w_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.TOWARD_ZERO, false));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001110",
      micro = "010101 DDDDD SSSSS 0101101100111011",
      name = "ceil.w.d")
  static void ceil_w_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.UP, false));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 001111",
      micro = "010101 DDDDD SSSSS 0100101100111011",
      name = "floor.w.d")
  static void floor_w_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, Fcsr.DOWN, false));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 100100",
      micro = "010101 DDDDD SSSSS 0100100100111011",
      name = "cvt.w.d")
  static void cvt_w_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.single(fd, (int) integer(f, fs, f.rounding(), false));
  }

  @Insn(
      value = "010001 10001 00000 SSSSS DDDDD 100101",
      micro = "010101 DDDDD SSSSS 0100000100111011",
      name = "cvt.l.d")
  static void cvt_l_d(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, integer(f, fs, f.rounding(), true));
  }

  private static long integer(Fpu f, int fs, int rounding, boolean wide) {
    long bits = f.wide(fs);
    double value = Double.longBitsToDouble(bits);
    return FpuArithmetic.toInteger(f, value, FloatFormat.DOUBLE.subnormal(bits), rounding, wide);
  }

  @Insn(
      value = "010001 10000 00000 SSSSS DDDDD 100001",
      micro = "010101 DDDDD SSSSS 0001001101111011",
      name = "cvt.d.s")
  static void cvt_d_s(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.wide(fd, FpuArithmetic.toDouble(f, f.single(fs)));
  }

  @Insn(
      value = "010001 10100 00000 SSSSS DDDDD 100001",
      micro = "010101 DDDDD SSSSS 0011001101111011",
      name = "cvt.d.w")
  static void cvt_d_w(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requirePair(fd);
    f.exact();
    f.wide(fd, Double.doubleToRawLongBits(f.single(fs)));
  }

  @Insn(
      value = "010001 10101 00000 SSSSS DDDDD 100001",
      micro = "010101 DDDDD SSSSS 0101001101111011",
      name = "cvt.d.l")
  static void cvt_d_l(Cpu cpu, int fs, int fd) {
    Fpu f = cpu.fpu();
    f.requireWide();
    f.wide(fd, FpuArithmetic.longToDouble(f, f.wide(fs)));
  }

  // --- comparison

  @Insn(
      value = "010001 10001 TTTTT SSSSS yyy 00 11 nnnn",
      micro = "010101 TTTTT SSSSS yyy 001 nnnn 111100",
      name = "c.*.d",
      asm = "y?,S,T")
  static void c_cond_d(Cpu cpu, int fs, int ft, int y, int n) {
    Fpu f = cpu.fpu();
    long a = f.wide(fs);
    long b = f.wide(ft);
    boolean signalling = FloatFormat.DOUBLE.signalling(a) || FloatFormat.DOUBLE.signalling(b);
    f.condition(
        y,
        FpuArithmetic.compare(
            f, Double.longBitsToDouble(a), Double.longBitsToDouble(b), signalling, n));
  }
}
