package org.vzrig.emulator.cpu;

/** Branches, jumps and traps (MIPS32 volume II-A, release 5). Delay slots belong to the engine. */
final class BranchInsns {
  private BranchInsns() {}

  @Insn(
      value = "000100 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {
        "100101 ttttt sssss iiiiiiiiiiiiiiii",
        "010000 00111 sssss iiiiiiiiiiiiiiii; compact; beqzc s,i",
        "100011 sss iiiiiii; ; beqz s,i",
        "110011 iiiiiiiiii; ; b i"
      })
  static boolean beq(int rs, int rt) {
    return rs == rt;
  }

  @Insn(
      value = "000101 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {
        "101101 ttttt sssss iiiiiiiiiiiiiiii",
        "010000 00101 sssss iiiiiiiiiiiiiiii; compact; bnezc s,i",
        "101011 sss iiiiiii; ; bnez s,i"
      })
  static boolean bne(int rs, int rt) {
    return rs != rt;
  }

  @Insn(
      value = "000110 sssss 00000 iiiiiiiiiiiiiiii",
      micro = "010000 00100 sssss iiiiiiiiiiiiiiii")
  static boolean blez(int rs) {
    return rs <= 0;
  }

  @Insn(
      value = "000111 sssss 00000 iiiiiiiiiiiiiiii",
      micro = "010000 00110 sssss iiiiiiiiiiiiiiii")
  static boolean bgtz(int rs) {
    return rs > 0;
  }

  @Insn(
      value = "000001 sssss 00000 iiiiiiiiiiiiiiii",
      micro = "010000 00000 sssss iiiiiiiiiiiiiiii")
  static boolean bltz(int rs) {
    return rs < 0;
  }

  @Insn(
      value = "000001 sssss 00001 iiiiiiiiiiiiiiii",
      micro = "010000 00010 sssss iiiiiiiiiiiiiiii")
  static boolean bgez(int rs) {
    return rs >= 0;
  }

  @Insn(
      value = "000001 sssss 10000 iiiiiiiiiiiiiiii",
      micro = {
        "010000 00001 sssss iiiiiiiiiiiiiiii",
        "010000 10001 sssss iiiiiiiiiiiiiiii; short; bltzals s,i"
      },
      flow = Flow.BRANCH_LINK)
  static boolean bltzal(int rs) {
    return rs < 0;
  }

  @Insn(
      value = "000001 sssss 10001 iiiiiiiiiiiiiiii",
      micro = {
        "010000 00011 sssss iiiiiiiiiiiiiiii",
        "010000 10011 sssss iiiiiiiiiiiiiiii; short; bgezals s,i"
      },
      flow = Flow.BRANCH_LINK)
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

  @Insn(
      value = "000010 jjjjjjjjjjjjjjjjjjjjjjjjjj",
      micro = "110101 jjjjjjjjjjjjjjjjjjjjjjjjjj",
      flow = Flow.JUMP)
  static int j(int target) {
    return target;
  }

  @Insn(
      value = "000011 jjjjjjjjjjjjjjjjjjjjjjjjjj",
      micro = {
        "111101 jjjjjjjjjjjjjjjjjjjjjjjjjj",
        "011101 jjjjjjjjjjjjjjjjjjjjjjjjjj; short; jals j"
      },
      flow = Flow.JUMP_LINK)
  static int jal(int target) {
    return target;
  }

  /** The hint field selects JR.HB, whose hazard barrier costs nothing here. */
  @Insn(
      value = "000000 sssss 00000 00000 hhhhh 001000",
      micro = {
        "000000 00000 sssss 0000111100111100",
        "000000 00000 sssss 0001111100111100; h=16",
        "010001 01100 sssss",
        "010001 01101 sssss; compact; jrc s"
      },
      flow = Flow.JUMP,
      refines = "jalr")
  static int jr(int rs) {
    return rs;
  }

  /** The hint field selects JALR.HB, whose hazard barrier costs nothing here. */
  @Insn(
      value = "000000 sssss 00000 ddddd hhhhh 001001",
      micro = {
        "000000 ddddd sssss 0000111100111100",
        "000000 ddddd sssss 0001111100111100; h=16",
        "000000 ddddd sssss 0100111100111100; short; jalrs d,s",
        "000000 ddddd sssss 0101111100111100; h=16 short; jalrs d,s",
        "010001 01110 sssss; d=31",
        "010001 01111 sssss; d=31 short; jalrs d,s"
      },
      flow = Flow.JUMP_LINK)
  static int jalr(int rs) {
    return rs;
  }

  // --- traps

  @Insn(
      value = "000000 sssss ttttt kkkkkkkkkk 110000",
      micro = "000000 ttttt sssss kkkk 001000111100",
      asm = "s,t,k?")
  static void tge(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs >= rt);
  }

  @Insn(
      value = "000000 sssss ttttt kkkkkkkkkk 110001",
      micro = "000000 ttttt sssss kkkk 010000111100",
      asm = "s,t,k?")
  static void tgeu(Cpu cpu, int rs, int rt) {
    cpu.trapIf(Integer.compareUnsigned(rs, rt) >= 0);
  }

  @Insn(
      value = "000000 sssss ttttt kkkkkkkkkk 110010",
      micro = "000000 ttttt sssss kkkk 100000111100",
      asm = "s,t,k?")
  static void tlt(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs < rt);
  }

  @Insn(
      value = "000000 sssss ttttt kkkkkkkkkk 110011",
      micro = "000000 ttttt sssss kkkk 101000111100",
      asm = "s,t,k?")
  static void tltu(Cpu cpu, int rs, int rt) {
    cpu.trapIf(Integer.compareUnsigned(rs, rt) < 0);
  }

  @Insn(
      value = "000000 sssss ttttt kkkkkkkkkk 110100",
      micro = "000000 ttttt sssss kkkk 000000111100",
      asm = "s,t,k?")
  static void teq(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs == rt);
  }

  @Insn(
      value = "000000 sssss ttttt kkkkkkkkkk 110110",
      micro = "000000 ttttt sssss kkkk 110000111100",
      asm = "s,t,k?")
  static void tne(Cpu cpu, int rs, int rt) {
    cpu.trapIf(rs != rt);
  }

  @Insn(
      value = "000001 sssss 01000 iiiiiiiiiiiiiiii",
      micro = "010000 01001 sssss iiiiiiiiiiiiiiii")
  static void tgei(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs >= simm);
  }

  @Insn(
      value = "000001 sssss 01001 iiiiiiiiiiiiiiii",
      micro = "010000 01011 sssss iiiiiiiiiiiiiiii")
  static void tgeiu(Cpu cpu, int rs, int simm) {
    cpu.trapIf(Integer.compareUnsigned(rs, simm) >= 0);
  }

  @Insn(
      value = "000001 sssss 01010 iiiiiiiiiiiiiiii",
      micro = "010000 01000 sssss iiiiiiiiiiiiiiii")
  static void tlti(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs < simm);
  }

  @Insn(
      value = "000001 sssss 01011 iiiiiiiiiiiiiiii",
      micro = "010000 01010 sssss iiiiiiiiiiiiiiii")
  static void tltiu(Cpu cpu, int rs, int simm) {
    cpu.trapIf(Integer.compareUnsigned(rs, simm) < 0);
  }

  @Insn(
      value = "000001 sssss 01100 iiiiiiiiiiiiiiii",
      micro = "010000 01110 sssss iiiiiiiiiiiiiiii")
  static void teqi(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs == simm);
  }

  @Insn(
      value = "000001 sssss 01110 iiiiiiiiiiiiiiii",
      micro = "010000 01100 sssss iiiiiiiiiiiiiiii")
  static void tnei(Cpu cpu, int rs, int simm) {
    cpu.trapIf(rs != simm);
  }

  @Insn(
      value = "000000 kkkkkkkkkkkkkkkkkkkk 001100",
      micro = "000000 kkkkkkkkkk 1000101101111100",
      asm = "k?")
  static void syscall(Cpu cpu) {
    throw cpu.raise(ExcCode.SYS);
  }

  @Insn(
      value = "000000 kkkkkkkkkk bbbbbbbbbb 001101",
      micro = {"000000 kkkkkkkkkk bbbbbbbbbb 000111", "010001 101000 kkkk"},
      name = "break",
      asm = "k?,b?")
  static void break_(Cpu cpu) {
    throw cpu.raise(ExcCode.BP);
  }
}
