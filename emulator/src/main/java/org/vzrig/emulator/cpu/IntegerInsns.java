package org.vzrig.emulator.cpu;

/**
 * Arithmetic, logic, shift, bit-field and multiply instructions (MIPS32 volume II-A, release 5).
 */
final class IntegerInsns {
  private IntegerInsns() {}

  @Insn(
      value = "000000 00000 00000 00000 00000 000000",
      micro = "000000 00000000000000000000000000")
  static void nop() {}

  // --- three registers

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100000",
      micro = "000000 ttttt sssss ddddd 00100010000")
  static int add(Cpu cpu, int rs, int rt) {
    int sum = rs + rt;
    if (((rs ^ sum) & (rt ^ sum)) < 0) {
      throw cpu.raise(ExcCode.OV);
    }
    return sum;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100001",
      micro = {
        "000000 ttttt sssss ddddd 00101010000",
        "000001 ddd ttt sss 0",
        "000011 ddddd sssss; ; move d,s"
      })
  static int addu(int rs, int rt) {
    return rs + rt;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100010",
      micro = "000000 ttttt sssss ddddd 00110010000")
  static int sub(Cpu cpu, int rs, int rt) {
    int difference = rs - rt;
    if (((rs ^ rt) & (rs ^ difference)) < 0) {
      throw cpu.raise(ExcCode.OV);
    }
    return difference;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100011",
      micro = {"000000 ttttt sssss ddddd 00111010000", "000001 ddd ttt sss 1"})
  static int subu(int rs, int rt) {
    return rs - rt;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100100",
      micro = {"000000 ttttt sssss ddddd 01001010000", "010001 0010 sss ttt; d=s"})
  static int and(int rs, int rt) {
    return rs & rt;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100101",
      micro = {"000000 ttttt sssss ddddd 01010010000", "010001 0011 sss ttt; d=s"})
  static int or(int rs, int rt) {
    return rs | rt;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100110",
      micro = {"000000 ttttt sssss ddddd 01100010000", "010001 0001 sss ttt; d=s"})
  static int xor(int rs, int rt) {
    return rs ^ rt;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 100111",
      micro = {"000000 ttttt sssss ddddd 01011010000", "010001 0000 ddd sss; ; not d,s"})
  static int nor(int rs, int rt) {
    return ~(rs | rt);
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 101010",
      micro = "000000 ttttt sssss ddddd 01101010000")
  static int slt(int rs, int rt) {
    return rs < rt ? 1 : 0;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 101011",
      micro = "000000 ttttt sssss ddddd 01110010000")
  static int sltu(int rs, int rt) {
    return rs + Integer.MIN_VALUE < rt + Integer.MIN_VALUE ? 1 : 0;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 001010",
      micro = "000000 ttttt sssss ddddd 00001011000")
  static int movz(int rs, int rt, int rd) {
    return rt == 0 ? rs : rd;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 001011",
      micro = "000000 ttttt sssss ddddd 00000011000")
  static int movn(int rs, int rt, int rd) {
    return rt != 0 ? rs : rd;
  }

  // --- immediates

  @Insn(
      value = "001000 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "000100 ttttt sssss iiiiiiiiiiiiiiii")
  static int addi(Cpu cpu, int rs, int simm) {
    int sum = rs + simm;
    if (((rs ^ sum) & (simm ^ sum)) < 0) {
      throw cpu.raise(ExcCode.OV);
    }
    return sum;
  }

  @Insn(
      value = "001001 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {
        "001100 ttttt sssss iiiiiiiiiiiiiiii",
        "011011 ttt iiiiii 1; s=29 i*4",
        "011011 ttt sss iii 0; i:addiu",
        "010011 iiiiiiiii 1; s=29 t=29 i:sp",
        "010011 ttttt iiii 0; s=t",
        "111011 ttt iiiiiii; i:li; li t,i"
      })
  static int addiu(int rs, int simm) {
    return rs + simm;
  }

  @Insn(
      value = "001010 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "100100 ttttt sssss iiiiiiiiiiiiiiii")
  static int slti(int rs, int simm) {
    return rs < simm ? 1 : 0;
  }

  @Insn(
      value = "001011 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "101100 ttttt sssss iiiiiiiiiiiiiiii")
  static int sltiu(int rs, int simm) {
    return rs + Integer.MIN_VALUE < simm + Integer.MIN_VALUE ? 1 : 0;
  }

  @Insn(
      value = "001100 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {"110100 ttttt sssss iiiiiiiiiiiiiiii", "001011 ttt sss iiii; i:andi"})
  static int andi(int rs, int imm) {
    return rs & imm;
  }

  @Insn(
      value = "001101 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "010100 ttttt sssss iiiiiiiiiiiiiiii")
  static int ori(int rs, int imm) {
    return rs | imm;
  }

  @Insn(
      value = "001110 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011100 ttttt sssss iiiiiiiiiiiiiiii")
  static int xori(int rs, int imm) {
    return rs ^ imm;
  }

  @Insn(
      value = "001111 00000 ttttt iiiiiiiiiiiiiiii",
      micro = "010000 01101 ttttt iiiiiiiiiiiiiiii")
  static int lui(int imm) {
    return imm << 16;
  }

  // --- shifts

  @Insn(
      value = "000000 00000 ttttt ddddd aaaaa 000000",
      micro = {"000000 ddddd ttttt aaaaa 00000000000", "001001 ddd ttt aaa 0; a:shift"},
      refines = "nop")
  static int sll(int rt, int a) {
    return rt << a;
  }

  @Insn(
      value = "000000 00000 ttttt ddddd aaaaa 000010",
      micro = {"000000 ddddd ttttt aaaaa 00001000000", "001001 ddd ttt aaa 1; a:shift"})
  static int srl(int rt, int a) {
    return rt >>> a;
  }

  @Insn(
      value = "000000 00001 ttttt ddddd aaaaa 000010",
      micro = "000000 ddddd ttttt aaaaa 00011000000")
  static int rotr(int rt, int a) {
    return Integer.rotateRight(rt, a);
  }

  @Insn(
      value = "000000 00000 ttttt ddddd aaaaa 000011",
      micro = "000000 ddddd ttttt aaaaa 00010000000")
  static int sra(int rt, int a) {
    return rt >> a;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 000100",
      micro = "000000 ttttt sssss ddddd 00000010000",
      asm = "d,t,s")
  static int sllv(int rs, int rt) {
    return rt << rs;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 000110",
      micro = "000000 ttttt sssss ddddd 00001010000",
      asm = "d,t,s")
  static int srlv(int rs, int rt) {
    return rt >>> rs;
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00001 000110",
      micro = "000000 ttttt sssss ddddd 00011010000",
      asm = "d,t,s")
  static int rotrv(int rs, int rt) {
    return Integer.rotateRight(rt, rs);
  }

  @Insn(
      value = "000000 sssss ttttt ddddd 00000 000111",
      micro = "000000 ttttt sssss ddddd 00010010000",
      asm = "d,t,s")
  static int srav(int rs, int rt) {
    return rt >> rs;
  }

  // --- bits

  @Insn(
      value = "011100 sssss xxxxx ddddd 00000 100000",
      micro = "000000 ddddd sssss 0101101100111100")
  static int clz(int rs) {
    return Integer.numberOfLeadingZeros(rs);
  }

  @Insn(
      value = "011100 sssss xxxxx ddddd 00000 100001",
      micro = "000000 ddddd sssss 0100101100111100")
  static int clo(int rs) {
    return Integer.numberOfLeadingZeros(~rs);
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 10000 100000",
      micro = "000000 ddddd ttttt 0010101100111100")
  static int seb(int rt) {
    return (byte) rt;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 11000 100000",
      micro = "000000 ddddd ttttt 0011101100111100")
  static int seh(int rt) {
    return (short) rt;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 00010 100000",
      micro = "000000 ddddd ttttt 0111101100111100")
  static int wsbh(int rt) {
    return (rt & 0x00FF00FF) << 8 | rt >>> 8 & 0x00FF00FF;
  }

  @Insn(
      value = "011111 sssss ttttt mmmmm lllll 000000",
      micro = "000000 ttttt sssss mmmmm lllll 101100",
      asm = "t,s,l,+m")
  static int ext(int rs, int m, int l) {
    return rs >>> l & -1 >>> 31 - m;
  }

  @Insn(
      value = "011111 sssss ttttt mmmmm lllll 000100",
      micro = "000000 ttttt sssss mmmmm lllll 001100",
      asm = "t,s,l,-m")
  static int ins(int rs, int rt, int m, int l) {
    int mask = -1 >>> 31 - (m - l) << l;
    return rt & ~mask | rs << l & mask;
  }

  // --- multiply, divide, accumulators

  @Insn(
      value = "011100 sssss ttttt ddddd 00000 000010",
      micro = "000000 ttttt sssss ddddd 01000010000")
  static int mul(int rs, int rt) {
    return rs * rt;
  }

  @Insn(
      value = "000000 sssss ttttt 000 00 00000 011000",
      micro = "000000 ttttt sssss 1000101100111100",
      refines = "mult_ac")
  static long mult(int rs, int rt) {
    return (long) rs * rt;
  }

  @Insn(
      value = "000000 sssss ttttt 000 00 00000 011001",
      micro = "000000 ttttt sssss 1001101100111100",
      refines = "multu_ac")
  static long multu(int rs, int rt) {
    return (rs & 0xFFFF_FFFFL) * (rt & 0xFFFF_FFFFL);
  }

  @Insn(
      value = "011100 sssss ttttt 000 00 00000 000000",
      micro = "000000 ttttt sssss 1100101100111100",
      refines = "madd_ac")
  static long madd(int rs, int rt, long acc) {
    return acc + (long) rs * rt;
  }

  @Insn(
      value = "011100 sssss ttttt 000 00 00000 000001",
      micro = "000000 ttttt sssss 1101101100111100",
      refines = "maddu_ac")
  static long maddu(int rs, int rt, long acc) {
    return acc + (rs & 0xFFFF_FFFFL) * (rt & 0xFFFF_FFFFL);
  }

  @Insn(
      value = "011100 sssss ttttt 000 00 00000 000100",
      micro = "000000 ttttt sssss 1110101100111100",
      refines = "msub_ac")
  static long msub(int rs, int rt, long acc) {
    return acc - (long) rs * rt;
  }

  @Insn(
      value = "011100 sssss ttttt 000 00 00000 000101",
      micro = "000000 ttttt sssss 1111101100111100",
      refines = "msubu_ac")
  static long msubu(int rs, int rt, long acc) {
    return acc - (rs & 0xFFFF_FFFFL) * (rt & 0xFFFF_FFFFL);
  }

  /**
   * Division by zero is UNPREDICTABLE; the result here is the one QEMU and the M5150's iterative
   * divider give.
   */
  @Insn(
      value = "000000 sssss ttttt 00000 00000 011010",
      micro = "000000 ttttt sssss 1010101100111100",
      asm = "=zero,s,t")
  static long div(int rs, int rt) {
    if (rt == 0) {
      return (long) rs << 32 | (rs < 0 ? 1 : -1) & 0xFFFF_FFFFL;
    }
    return (long) (rs % rt) << 32 | rs / rt & 0xFFFF_FFFFL;
  }

  /** Division by zero is UNPREDICTABLE; the result here is all ones, remainder the dividend. */
  @Insn(
      value = "000000 sssss ttttt 00000 00000 011011",
      micro = "000000 ttttt sssss 1011101100111100",
      asm = "=zero,s,t")
  static long divu(int rs, int rt) {
    if (rt == 0) {
      return (long) rs << 32 | 0xFFFF_FFFFL;
    }
    return (long) Integer.remainderUnsigned(rs, rt) << 32
        | Integer.divideUnsigned(rs, rt) & 0xFFFF_FFFFL;
  }

  @Insn(
      value = "000000 000 00 00000 ddddd 00000 010000",
      micro = {"000000 00000 ddddd 0000110101111100", "010001 10000 ddddd"},
      refines = "mfhi_ac")
  static int mfhi(long acc) {
    return (int) (acc >>> 32);
  }

  @Insn(
      value = "000000 000 00 00000 ddddd 00000 010010",
      micro = {"000000 00000 ddddd 0001110101111100", "010001 10010 ddddd"},
      refines = "mflo_ac")
  static int mflo(long acc) {
    return (int) acc;
  }

  @Insn(
      value = "000000 sssss 00000 000 00 00000 010001",
      micro = "000000 00000 sssss 0010110101111100",
      refines = "mthi_ac")
  static long mthi(int rs, long acc) {
    return (long) rs << 32 | acc & 0xFFFF_FFFFL;
  }

  @Insn(
      value = "000000 sssss 00000 000 00 00000 010011",
      micro = "000000 00000 sssss 0011110101111100",
      refines = "mtlo_ac")
  static long mtlo(int rs, long acc) {
    return acc & 0xFFFF_FFFF_0000_0000L | rs & 0xFFFF_FFFFL;
  }
}
