package org.vzrig.emulator.cpu;

/**
 * Moves, loads, stores and branches of coprocessor 1 (MIPS32 volume II-A, release 5). Operands
 * {@code fs}, {@code ft}, {@code fd}, {@code fr} are numbers of FPU registers.
 */
@Rare
final class FpuInsns {
  private FpuInsns() {}

  // --- moves

  @Insn(
      value = "010001 00000 ttttt SSSSS 00000 000000",
      micro = "010101 ttttt SSSSS 0010000000111011")
  static int mfc1(float fs) {
    return Float.floatToRawIntBits(fs);
  }

  @Insn(
      value = "010001 00010 ttttt SSSSS 00000 000000",
      micro = "010101 ttttt SSSSS 0001000000111011")
  static int cfc1(Cpu cpu, int fs) {
    return cpu.fpu().control(fs);
  }

  @Insn(
      value = "010001 00011 ttttt SSSSS 00000 000000",
      micro = "010101 ttttt SSSSS 0011000000111011")
  static int mfhc1(long fs) {
    return (int) (fs >>> 32);
  }

  @Insn(
      value = "010001 00100 ttttt SSSSS 00000 000000",
      micro = "010101 ttttt SSSSS 0010100000111011")
  static float mtc1(int rt) {
    return Float.intBitsToFloat(rt);
  }

  @Insn(
      value = "010001 00110 ttttt SSSSS 00000 000000",
      micro = "010101 ttttt SSSSS 0001100000111011")
  static void ctc1(Cpu cpu, int rt, int fs) {
    cpu.fpu().control(fs, rt);
  }

  @Insn(
      value = "010001 00111 ttttt SSSSS 00000 000000",
      micro = "010101 ttttt SSSSS 0011100000111011")
  static long mthc1(int rt, long fs) {
    return fs & 0xFFFF_FFFFL | (long) rt << 32;
  }

  @Insn(
      value = "000000 sssss yyy 00 ddddd 00000 000001",
      micro = "010101 ddddd sssss yyy 0000101111011")
  static int movf(boolean cc, int rs, int rd) {
    return cc ? rd : rs;
  }

  @Insn(
      value = "000000 sssss yyy 01 ddddd 00000 000001",
      micro = "010101 ddddd sssss yyy 0100101111011")
  static int movt(boolean cc, int rs, int rd) {
    return cc ? rs : rd;
  }

  // --- branches

  @Insn(
      value = "010001 01000 yyy 00 iiiiiiiiiiiiiiii",
      micro = "010000 11100 yyy 00 iiiiiiiiiiiiiiii",
      asm = "y?,i")
  static boolean bc1f(boolean cc) {
    return !cc;
  }

  @Insn(
      value = "010001 01000 yyy 01 iiiiiiiiiiiiiiii",
      micro = "010000 11101 yyy 00 iiiiiiiiiiiiiiii",
      asm = "y?,i")
  static boolean bc1t(boolean cc) {
    return cc;
  }

  @Insn(value = "010001 01000 yyy 10 iiiiiiiiiiiiiiii", asm = "y?,i", flow = Flow.LIKELY)
  static boolean bc1fl(boolean cc) {
    return !cc;
  }

  @Insn(value = "010001 01000 yyy 11 iiiiiiiiiiiiiiii", asm = "y?,i", flow = Flow.LIKELY)
  static boolean bc1tl(boolean cc) {
    return cc;
  }

  // --- loads and stores

  @Insn(
      value = "110001 sssss TTTTT iiiiiiiiiiiiiiii",
      micro = "100111 TTTTT sssss iiiiiiiiiiiiiiii",
      asm = "T,i(s)")
  static float lwc1(Cpu cpu, int rs, int simm) {
    return Float.intBitsToFloat(cpu.load32(rs + simm));
  }

  @Insn(
      value = "110101 sssss TTTTT iiiiiiiiiiiiiiii",
      micro = "101111 TTTTT sssss iiiiiiiiiiiiiiii",
      asm = "T,i(s)")
  static double ldc1(Cpu cpu, int rs, int simm) {
    return Double.longBitsToDouble(cpu.load64(rs + simm));
  }

  @Insn(
      value = "111001 sssss TTTTT iiiiiiiiiiiiiiii",
      micro = "100110 TTTTT sssss iiiiiiiiiiiiiiii",
      asm = "T,i(s)")
  static void swc1(Cpu cpu, int rs, float ft, int simm) {
    cpu.store32(rs + simm, Float.floatToRawIntBits(ft));
  }

  @Insn(
      value = "111101 sssss TTTTT iiiiiiiiiiiiiiii",
      micro = "101110 TTTTT sssss iiiiiiiiiiiiiiii",
      asm = "T,i(s)")
  static void sdc1(Cpu cpu, int rs, double ft, int simm) {
    cpu.store64(rs + simm, Double.doubleToRawLongBits(ft));
  }

  @Insn(
      value = "010011 sssss ttttt 00000 DDDDD 000000",
      micro = "010101 ttttt sssss DDDDD 00001001000",
      asm = "D,t(s)")
  static float lwxc1(Cpu cpu, int rs, int rt) {
    return Float.intBitsToFloat(cpu.load32(rs + rt));
  }

  @Insn(
      value = "010011 sssss ttttt 00000 DDDDD 000001",
      micro = "010101 ttttt sssss DDDDD 00011001000",
      asm = "D,t(s)")
  static double ldxc1(Cpu cpu, int rs, int rt) {
    return Double.longBitsToDouble(cpu.load64(rs + rt));
  }

  /** Ignores the lower three bits of the address. */
  @Insn(
      value = "010011 sssss ttttt 00000 DDDDD 000101",
      micro = "010101 ttttt sssss DDDDD 00101001000",
      asm = "D,t(s)")
  static double luxc1(Cpu cpu, int rs, int rt) {
    cpu.fpu.requireWide();
    return Double.longBitsToDouble(cpu.load64(rs + rt & ~7));
  }

  @Insn(
      value = "010011 sssss ttttt SSSSS 00000 001000",
      micro = "010101 ttttt sssss SSSSS 00010001000",
      asm = "S,t(s)")
  static void swxc1(Cpu cpu, int rs, int rt, float fs) {
    cpu.store32(rs + rt, Float.floatToRawIntBits(fs));
  }

  @Insn(
      value = "010011 sssss ttttt SSSSS 00000 001001",
      micro = "010101 ttttt sssss SSSSS 00100001000",
      asm = "S,t(s)")
  static void sdxc1(Cpu cpu, int rs, int rt, double fs) {
    cpu.store64(rs + rt, Double.doubleToRawLongBits(fs));
  }

  /** Ignores the lower three bits of the address. */
  @Insn(
      value = "010011 sssss ttttt SSSSS 00000 001101",
      micro = "010101 ttttt sssss SSSSS 00110001000",
      asm = "S,t(s)")
  static void suxc1(Cpu cpu, int rs, int rt, double fs) {
    cpu.fpu.requireWide();
    cpu.store64(rs + rt & ~7, Double.doubleToRawLongBits(fs));
  }

  @Insn(
      value = "010011 sssss ttttt hhhhh 00000 001111",
      micro = "010101 ttttt sssss hhhhh 00110100000",
      asm = "h,t(s)")
  static void prefx(Cpu cpu) {
    cpu.fpu();
  }
}
