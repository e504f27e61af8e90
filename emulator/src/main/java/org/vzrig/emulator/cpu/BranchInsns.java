package org.vzrig.emulator.cpu;

/** Branches, jumps and traps (MIPS32 volume II-A, release 5). Delay slots belong to the engine. */
final class BranchInsns {
  private BranchInsns() {}

  @Insn("000100 sssss ttttt iiiiiiiiiiiiiiii")
  static boolean beq(int rs, int rt) {
    return rs == rt;
  }

  @Insn("000101 sssss ttttt iiiiiiiiiiiiiiii")
  static boolean bne(int rs, int rt) {
    return rs != rt;
  }

  @Insn("000110 sssss 00000 iiiiiiiiiiiiiiii")
  static boolean blez(int rs) {
    return rs <= 0;
  }

  @Insn("000111 sssss 00000 iiiiiiiiiiiiiiii")
  static boolean bgtz(int rs) {
    return rs > 0;
  }

  @Insn("000001 sssss 00000 iiiiiiiiiiiiiiii")
  static boolean bltz(int rs) {
    return rs < 0;
  }

  @Insn("000001 sssss 00001 iiiiiiiiiiiiiiii")
  static boolean bgez(int rs) {
    return rs >= 0;
  }

  @Insn(value = "000001 sssss 10000 iiiiiiiiiiiiiiii", flow = Flow.BRANCH_LINK)
  static boolean bltzal(int rs) {
    return rs < 0;
  }

  @Insn(value = "000001 sssss 10001 iiiiiiiiiiiiiiii", flow = Flow.BRANCH_LINK)
  static boolean bgezal(int rs) {
    return rs >= 0;
  }

  @Insn(value = "010100 sssss ttttt iiiiiiiiiiiiiiii", flow = Flow.LIKELY)
  static boolean beql(int rs, int rt) {
    return rs == rt;
  }

  @Insn(value = "010101 sssss ttttt iiiiiiiiiiiiiiii", flow = Flow.LIKELY)
  static boolean bnel(int rs, int rt) {
    return rs != rt;
  }

  @Insn(value = "010110 sssss 00000 iiiiiiiiiiiiiiii", flow = Flow.LIKELY)
  static boolean blezl(int rs) {
    return rs <= 0;
  }

  @Insn(value = "010111 sssss 00000 iiiiiiiiiiiiiiii", flow = Flow.LIKELY)
  static boolean bgtzl(int rs) {
    return rs > 0;
  }

  @Insn(value = "000001 sssss 00010 iiiiiiiiiiiiiiii", flow = Flow.LIKELY)
  static boolean bltzl(int rs) {
    return rs < 0;
  }

  @Insn(value = "000001 sssss 00011 iiiiiiiiiiiiiiii", flow = Flow.LIKELY)
  static boolean bgezl(int rs) {
    return rs >= 0;
  }

  @Insn(value = "000001 sssss 10010 iiiiiiiiiiiiiiii", flow = Flow.LIKELY_LINK)
  static boolean bltzall(int rs) {
    return rs < 0;
  }

  @Insn(value = "000001 sssss 10011 iiiiiiiiiiiiiiii", flow = Flow.LIKELY_LINK)
  static boolean bgezall(int rs) {
    return rs >= 0;
  }

  @Insn(value = "000010 jjjjjjjjjjjjjjjjjjjjjjjjjj", flow = Flow.JUMP)
  static int j(int target) {
    return target;
  }

  @Insn(value = "000011 jjjjjjjjjjjjjjjjjjjjjjjjjj", flow = Flow.JUMP_LINK)
  static int jal(int target) {
    return target;
  }

  /** The hint field selects JR.HB, whose hazard barrier costs nothing here. */
  @Insn(value = "000000 sssss 00000 00000 hhhhh 001000", flow = Flow.JUMP)
  static int jr(int rs) {
    return rs;
  }

  /** The hint field selects JALR.HB, whose hazard barrier costs nothing here. */
  @Insn(value = "000000 sssss 00000 ddddd hhhhh 001001", flow = Flow.JUMP_LINK)
  static int jalr(int rs) {
    return rs;
  }

  // --- traps

  @Insn(value = "000000 sssss ttttt kkkkkkkkkk 110000", asm = "s,t,k?")
  static void tge(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs >= rt);
  }

  @Insn(value = "000000 sssss ttttt kkkkkkkkkk 110001", asm = "s,t,k?")
  static void tgeu(Cpu cpu, int rs, int rt) {
    cpu.trapIf(Integer.compareUnsigned(rs, rt) >= 0);
  }

  @Insn(value = "000000 sssss ttttt kkkkkkkkkk 110010", asm = "s,t,k?")
  static void tlt(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs < rt);
  }

  @Insn(value = "000000 sssss ttttt kkkkkkkkkk 110011", asm = "s,t,k?")
  static void tltu(Cpu cpu, int rs, int rt) {
    cpu.trapIf(Integer.compareUnsigned(rs, rt) < 0);
  }

  @Insn(value = "000000 sssss ttttt kkkkkkkkkk 110100", asm = "s,t,k?")
  static void teq(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs == rt);
  }

  @Insn(value = "000000 sssss ttttt kkkkkkkkkk 110110", asm = "s,t,k?")
  static void tne(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs != rt);
  }

  @Insn("000001 sssss 01000 iiiiiiiiiiiiiiii")
  static void tgei(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs >= simm);
  }

  @Insn("000001 sssss 01001 iiiiiiiiiiiiiiii")
  static void tgeiu(Cpu cpu, int rs, int simm) {
    cpu.trapIf(Integer.compareUnsigned(rs, simm) >= 0);
  }

  @Insn("000001 sssss 01010 iiiiiiiiiiiiiiii")
  static void tlti(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs < simm);
  }

  @Insn("000001 sssss 01011 iiiiiiiiiiiiiiii")
  static void tltiu(Cpu cpu, int rs, int simm) {
    cpu.trapIf(Integer.compareUnsigned(rs, simm) < 0);
  }

  @Insn("000001 sssss 01100 iiiiiiiiiiiiiiii")
  static void teqi(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs == simm);
  }

  @Insn("000001 sssss 01110 iiiiiiiiiiiiiiii")
  static void tnei(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs != simm);
  }

  @Insn(value = "000000 kkkkkkkkkkkkkkkkkkkk 001100", asm = "k?")
  static void syscall(Cpu cpu) {
    throw cpu.raise(ExcCode.SYS);
  }

  @Insn(value = "000000 kkkkkkkkkk bbbbbbbbbb 001101", name = "break", asm = "k?,b?")
  static void break_(Cpu cpu) {
    throw cpu.raise(ExcCode.BP);
  }
}
