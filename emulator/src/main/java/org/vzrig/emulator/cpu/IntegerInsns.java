package org.vzrig.emulator.cpu;

/**
 * Arithmetic, logic, shift, bit-field and multiply instructions (MIPS32 volume II-A, release 5).
 */
final class IntegerInsns {
  private IntegerInsns() {}

  @Insn("000000 00000 00000 00000 00000 000000")
  static void nop() {}

  // --- three registers

  @Insn("000000 sssss ttttt ddddd 00000 100000")
  static int add(Cpu cpu, int rs, int rt) {
    int sum = rs + rt;
    if (((rs ^ sum) & (rt ^ sum)) < 0) {
      throw cpu.raise(ExcCode.OV);
    }
    return sum;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100001")
  static int addu(int rs, int rt) {
    return rs + rt;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100010")
  static int sub(Cpu cpu, int rs, int rt) {
    int difference = rs - rt;
    if (((rs ^ rt) & (rs ^ difference)) < 0) {
      throw cpu.raise(ExcCode.OV);
    }
    return difference;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100011")
  static int subu(int rs, int rt) {
    return rs - rt;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100100")
  static int and(int rs, int rt) {
    return rs & rt;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100101")
  static int or(int rs, int rt) {
    return rs | rt;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100110")
  static int xor(int rs, int rt) {
    return rs ^ rt;
  }

  @Insn("000000 sssss ttttt ddddd 00000 100111")
  static int nor(int rs, int rt) {
    return ~(rs | rt);
  }

  @Insn("000000 sssss ttttt ddddd 00000 101010")
  static int slt(int rs, int rt) {
    return rs < rt ? 1 : 0;
  }

  @Insn("000000 sssss ttttt ddddd 00000 101011")
  static int sltu(int rs, int rt) {
    return rs + Integer.MIN_VALUE < rt + Integer.MIN_VALUE ? 1 : 0;
  }

  @Insn("000000 sssss ttttt ddddd 00000 001010")
  static int movz(int rs, int rt, int rd) {
    return rt == 0 ? rs : rd;
  }

  @Insn("000000 sssss ttttt ddddd 00000 001011")
  static int movn(int rs, int rt, int rd) {
    return rt != 0 ? rs : rd;
  }

  // --- immediates

  @Insn("001000 sssss ttttt iiiiiiiiiiiiiiii")
  static int addi(Cpu cpu, int rs, int simm) {
    int sum = rs + simm;
    if (((rs ^ sum) & (simm ^ sum)) < 0) {
      throw cpu.raise(ExcCode.OV);
    }
    return sum;
  }

  @Insn("001001 sssss ttttt iiiiiiiiiiiiiiii")
  static int addiu(int rs, int simm) {
    return rs + simm;
  }

  @Insn("001010 sssss ttttt iiiiiiiiiiiiiiii")
  static int slti(int rs, int simm) {
    return rs < simm ? 1 : 0;
  }

  @Insn("001011 sssss ttttt iiiiiiiiiiiiiiii")
  static int sltiu(int rs, int simm) {
    return rs + Integer.MIN_VALUE < simm + Integer.MIN_VALUE ? 1 : 0;
  }

  @Insn("001100 sssss ttttt iiiiiiiiiiiiiiii")
  static int andi(int rs, int imm) {
    return rs & imm;
  }

  @Insn("001101 sssss ttttt iiiiiiiiiiiiiiii")
  static int ori(int rs, int imm) {
    return rs | imm;
  }

  @Insn("001110 sssss ttttt iiiiiiiiiiiiiiii")
  static int xori(int rs, int imm) {
    return rs ^ imm;
  }

  @Insn("001111 00000 ttttt iiiiiiiiiiiiiiii")
  static int lui(int imm) {
    return imm << 16;
  }

  // --- shifts

  @Insn(value = "000000 00000 ttttt ddddd aaaaa 000000", refines = "nop")
  static int sll(int rt, int a) {
    return rt << a;
  }

  @Insn("000000 00000 ttttt ddddd aaaaa 000010")
  static int srl(int rt, int a) {
    return rt >>> a;
  }

  @Insn("000000 00001 ttttt ddddd aaaaa 000010")
  static int rotr(int rt, int a) {
    return Integer.rotateRight(rt, a);
  }

  @Insn("000000 00000 ttttt ddddd aaaaa 000011")
  static int sra(int rt, int a) {
    return rt >> a;
  }

  @Insn(value = "000000 sssss ttttt ddddd 00000 000100", asm = "d,t,s")
  static int sllv(int rs, int rt) {
    return rt << rs;
  }

  @Insn(value = "000000 sssss ttttt ddddd 00000 000110", asm = "d,t,s")
  static int srlv(int rs, int rt) {
    return rt >>> rs;
  }

  @Insn(value = "000000 sssss ttttt ddddd 00001 000110", asm = "d,t,s")
  static int rotrv(int rs, int rt) {
    return Integer.rotateRight(rt, rs);
  }

  @Insn(value = "000000 sssss ttttt ddddd 00000 000111", asm = "d,t,s")
  static int srav(int rs, int rt) {
    return rt >> rs;
  }

  // --- bits

  @Insn("011100 sssss xxxxx ddddd 00000 100000")
  static int clz(int rs) {
    return Integer.numberOfLeadingZeros(rs);
  }

  @Insn("011100 sssss xxxxx ddddd 00000 100001")
  static int clo(int rs) {
    return Integer.numberOfLeadingZeros(~rs);
  }

  @Insn("011111 00000 ttttt ddddd 10000 100000")
  static int seb(int rt) {
    return (byte) rt;
  }

  @Insn("011111 00000 ttttt ddddd 11000 100000")
  static int seh(int rt) {
    return (short) rt;
  }

  @Insn("011111 00000 ttttt ddddd 00010 100000")
  static int wsbh(int rt) {
    return (rt & 0x00FF00FF) << 8 | rt >>> 8 & 0x00FF00FF;
  }

  @Insn(value = "011111 sssss ttttt mmmmm lllll 000000", asm = "t,s,l,+m")
  static int ext(int rs, int m, int l) {
    return rs >>> l & -1 >>> 31 - m;
  }

  @Insn(value = "011111 sssss ttttt mmmmm lllll 000100", asm = "t,s,l,-m")
  static int ins(int rs, int rt, int m, int l) {
    int mask = -1 >>> 31 - (m - l) << l;
    return rt & ~mask | rs << l & mask;
  }

  // --- multiply, divide, accumulators

  @Insn("011100 sssss ttttt ddddd 00000 000010")
  static int mul(int rs, int rt) {
    return rs * rt;
  }

  @Insn(value = "000000 sssss ttttt 000 00 00000 011000", refines = "mult_ac")
  static long mult(int rs, int rt) {
    return (long) rs * rt;
  }

  @Insn(value = "000000 sssss ttttt 000 00 00000 011001", refines = "multu_ac")
  static long multu(int rs, int rt) {
    return (rs & 0xFFFF_FFFFL) * (rt & 0xFFFF_FFFFL);
  }

  @Insn(value = "011100 sssss ttttt 000 00 00000 000000", refines = "madd_ac")
  static long madd(int rs, int rt, long acc) {
    return acc + (long) rs * rt;
  }

  @Insn(value = "011100 sssss ttttt 000 00 00000 000001", refines = "maddu_ac")
  static long maddu(int rs, int rt, long acc) {
    return acc + (rs & 0xFFFF_FFFFL) * (rt & 0xFFFF_FFFFL);
  }

  @Insn(value = "011100 sssss ttttt 000 00 00000 000100", refines = "msub_ac")
  static long msub(int rs, int rt, long acc) {
    return acc - (long) rs * rt;
  }

  @Insn(value = "011100 sssss ttttt 000 00 00000 000101", refines = "msubu_ac")
  static long msubu(int rs, int rt, long acc) {
    return acc - (rs & 0xFFFF_FFFFL) * (rt & 0xFFFF_FFFFL);
  }

  /**
   * Division by zero is UNPREDICTABLE; the result here is the one QEMU and the M5150's iterative
   * divider give.
   */
  @Insn(value = "000000 sssss ttttt 00000 00000 011010", asm = "=zero,s,t")
  static long div(int rs, int rt) {
    if (rt == 0) {
      return (long) rs << 32 | (rs < 0 ? 1 : -1) & 0xFFFF_FFFFL;
    }
    return (long) (rs % rt) << 32 | rs / rt & 0xFFFF_FFFFL;
  }

  /** Division by zero is UNPREDICTABLE; the result here is all ones, remainder the dividend. */
  @Insn(value = "000000 sssss ttttt 00000 00000 011011", asm = "=zero,s,t")
  static long divu(int rs, int rt) {
    if (rt == 0) {
      return (long) rs << 32 | 0xFFFF_FFFFL;
    }
    return (long) Integer.remainderUnsigned(rs, rt) << 32
        | Integer.divideUnsigned(rs, rt) & 0xFFFF_FFFFL;
  }

  @Insn(value = "000000 000 00 00000 ddddd 00000 010000", refines = "mfhi_ac")
  static int mfhi(long acc) {
    return (int) (acc >>> 32);
  }

  @Insn(value = "000000 000 00 00000 ddddd 00000 010010", refines = "mflo_ac")
  static int mflo(long acc) {
    return (int) acc;
  }

  @Insn(value = "000000 sssss 00000 000 00 00000 010001", refines = "mthi_ac")
  static long mthi(int rs, long acc) {
    return (long) rs << 32 | acc & 0xFFFF_FFFFL;
  }

  @Insn(value = "000000 sssss 00000 000 00 00000 010011", refines = "mtlo_ac")
  static long mtlo(int rs, long acc) {
    return acc & 0xFFFF_FFFF_0000_0000L | rs & 0xFFFF_FFFFL;
  }
}
