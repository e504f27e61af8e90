package org.vzrig.emulator.cpu;

/**
 * Instructions that only microMIPS has, and the jump between the two instruction sets (MIPS32
 * volume II-B, chapter 5).
 */
final class MicroInsns {
  private MicroInsns() {}

  /** Everything that no other microMIPS pattern describes. */
  @Insn(name = "reserved/micro", micro = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww")
  static void reservedMicro(Cpu cpu, int w) {
    throw cpu.reservedMicro(w);
  }

  /** Goes on in the other instruction set; bit 0 of a PC tells which one it is in. */
  @Insn(
      value = "011101 jjjjjjjjjjjjjjjjjjjjjjjjjj",
      micro = "111100 jjjjjjjjjjjjjjjjjjjjjjjjjj",
      flow = Flow.JUMP_LINK)
  static int jalx(int pc, int j) {
    return (pc + 4 & 0xF000_0000 | j << 2) + (~pc & 1);
  }

  /** Returns, and gives back the stack frame. */
  @Insn(micro = "010001 11000 iiiii; i*4 compact", asm = "i~", flow = Flow.JUMP)
  static int jraddiusp(int[] gpr, int imm) {
    gpr[29] += imm;
    return gpr[31];
  }

  @Insn(micro = "011110 ttt ppppppppppppppppppppppp; ; addiu t,=$pc,p")
  static int addiupc(int pc, int p) {
    return (pc & ~3) + (p << 9 >> 7);
  }

  @Insn(micro = "000000 ttttt sssss ddddd 00100 011000", asm = "d,t(s)")
  static int lwxs(Cpu cpu, int rs, int rt) {
    return cpu.load32(rs + 4 * rt);
  }

  /** Fields p selects the two destinations. */
  @Insn(micro = "100001 ppp ttt sss 0; s:movep t:movep", asm = "p^,s,t")
  static void movep(int[] gpr, int p, int rs, int rt) {
    gpr[MOVEP_FIRST[p]] = rs;
    gpr[MOVEP_SECOND[p]] = rt;
  }

  static final int[] MOVEP_FIRST = {5, 5, 6, 4, 4, 4, 4, 4};
  static final int[] MOVEP_SECOND = {6, 7, 7, 21, 22, 5, 6, 7};

  // --- several registers: an exception leaves them all as they were

  @Insn(micro = "001000 ttttt sssss 0001 iiiiiiiiiiii", asm = "t,i(s)")
  static void lwp(Cpu cpu, int[] gpr, int rs, int t, int simm) {
    int first = cpu.load32(rs + simm);
    int second = cpu.load32(rs + simm + 4);
    set(gpr, t, first);
    set(gpr, t + 1 & 31, second);
  }

  @Insn(micro = "001000 ttttt sssss 1001 iiiiiiiiiiii", asm = "t,i(s)")
  static void swp(Cpu cpu, int[] gpr, int rs, int t, int simm) {
    cpu.store32(rs + simm, gpr[t]);
    cpu.store32(rs + simm + 4, gpr[t + 1 & 31]);
  }

  @Insn(
      micro = {"001000 rrrrr sssss 0101 iiiiiiiiiiii", "010001 0100 rr iiii; s=29 r:list i*4"},
      asm = "r^,i(s)")
  static void lwm(Cpu cpu, int[] gpr, int rs, int r, int simm) {
    int count = registers(r);
    int[] values = cpu.loadWords(rs + simm, count);
    for (int i = 0; i < count; i++) {
      gpr[register(r, i)] = values[i];
    }
  }

  @Insn(
      micro = {"001000 rrrrr sssss 1101 iiiiiiiiiiii", "010001 0101 rr iiii; s=29 r:list i*4"},
      asm = "r^,i(s)")
  static void swm(Cpu cpu, int[] gpr, int rs, int r, int simm) {
    for (int i = 0; i < registers(r); i++) {
      cpu.store32(rs + simm + 4 * i, gpr[register(r, i)]);
    }
  }

  private static void set(int[] gpr, int register, int value) {
    if (register != 0) {
      gpr[register] = value;
    }
  }

  /** How many registers the list of LWM and SWM has: up to nine from r16 on, and r31. */
  static int registers(int list) {
    return Math.min(list & 0xF, 9) + (list >>> 4);
  }

  /** Register {@code i} of the list. */
  static int register(int list, int i) {
    if (i == Math.min(list & 0xF, 9)) {
      return 31;
    }
    return i == 8 ? 30 : 16 + i;
  }
}
