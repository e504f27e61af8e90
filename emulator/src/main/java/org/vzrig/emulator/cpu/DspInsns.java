package org.vzrig.emulator.cpu;

/** Comparisons, indexed loads, the accumulators and DSPControl (MIPS32 volume IV-e, revision 2). */
@Rare
final class DspInsns {
  private DspInsns() {}

  // --- comparisons

  private static int byteConditions(Dsp d, int rs, int rt, Dsp.Lane relation) {
    int lanes = d.bytes(rs, rt, relation);
    return lanes & 1 | lanes >>> 7 & 2 | lanes >>> 14 & 4 | lanes >>> 21 & 8;
  }

  @Insn(
      value = "011111 sssss ttttt 00000 00000 010001",
      micro = "000000 ttttt sssss 0000001001000101",
      name = "cmpu.eq.qb")
  static void cmpu_eq_qb(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    dsp.conditions(byteConditions(dsp, rs, rt, (d, a, b) -> a == b ? 1 : 0), 0xF);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00100 010001",
      micro = "000000 ttttt sssss ddddd 00011000101",
      name = "cmpgu.eq.qb")
  static int cmpgu_eq_qb(Cpu cpu, int rs, int rt) {
    return byteConditions(cpu.dsp(), rs, rt, (d, a, b) -> a == b ? 1 : 0);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11000 010001",
      micro = "000000 ttttt sssss ddddd 00110000101",
      name = "cmpgdu.eq.qb")
  static int cmpgdu_eq_qb(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    int result = byteConditions(dsp, rs, rt, (d, a, b) -> a == b ? 1 : 0);
    dsp.conditions(result, 0xF);
    return result;
  }

  @Insn(
      value = "011111 sssss ttttt 00000 01000 010001",
      micro = "000000 ttttt sssss 0000000000000101",
      name = "cmp.eq.ph")
  static void cmp_eq_ph(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    int lanes = dsp.halves(rs, rt, (d, a, b) -> a == b ? 1 : 0);
    dsp.conditions(lanes & 1 | lanes >>> 15 & 2, 3);
  }

  @Insn(
      value = "011111 sssss ttttt 00000 00001 010001",
      micro = "000000 ttttt sssss 0000001010000101",
      name = "cmpu.lt.qb")
  static void cmpu_lt_qb(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    dsp.conditions(byteConditions(dsp, rs, rt, (d, a, b) -> a < b ? 1 : 0), 0xF);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00101 010001",
      micro = "000000 ttttt sssss ddddd 00100000101",
      name = "cmpgu.lt.qb")
  static int cmpgu_lt_qb(Cpu cpu, int rs, int rt) {
    return byteConditions(cpu.dsp(), rs, rt, (d, a, b) -> a < b ? 1 : 0);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11001 010001",
      micro = "000000 ttttt sssss ddddd 00111000101",
      name = "cmpgdu.lt.qb")
  static int cmpgdu_lt_qb(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    int result = byteConditions(dsp, rs, rt, (d, a, b) -> a < b ? 1 : 0);
    dsp.conditions(result, 0xF);
    return result;
  }

  @Insn(
      value = "011111 sssss ttttt 00000 01001 010001",
      micro = "000000 ttttt sssss 0000000001000101",
      name = "cmp.lt.ph")
  static void cmp_lt_ph(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    int lanes = dsp.halves(rs, rt, (d, a, b) -> a < b ? 1 : 0);
    dsp.conditions(lanes & 1 | lanes >>> 15 & 2, 3);
  }

  @Insn(
      value = "011111 sssss ttttt 00000 00010 010001",
      micro = "000000 ttttt sssss 0000001011000101",
      name = "cmpu.le.qb")
  static void cmpu_le_qb(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    dsp.conditions(byteConditions(dsp, rs, rt, (d, a, b) -> a <= b ? 1 : 0), 0xF);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00110 010001",
      micro = "000000 ttttt sssss ddddd 00101000101",
      name = "cmpgu.le.qb")
  static int cmpgu_le_qb(Cpu cpu, int rs, int rt) {
    return byteConditions(cpu.dsp(), rs, rt, (d, a, b) -> a <= b ? 1 : 0);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11010 010001",
      micro = "000000 ttttt sssss ddddd 01000000101",
      name = "cmpgdu.le.qb")
  static int cmpgdu_le_qb(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    int result = byteConditions(dsp, rs, rt, (d, a, b) -> a <= b ? 1 : 0);
    dsp.conditions(result, 0xF);
    return result;
  }

  @Insn(
      value = "011111 sssss ttttt 00000 01010 010001",
      micro = "000000 ttttt sssss 0000000010000101",
      name = "cmp.le.ph")
  static void cmp_le_ph(Cpu cpu, int rs, int rt) {
    Dsp dsp = cpu.dsp();
    int lanes = dsp.halves(rs, rt, (d, a, b) -> a <= b ? 1 : 0);
    dsp.conditions(lanes & 1 | lanes >>> 15 & 2, 3);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00011 010001",
      micro = "000000 ttttt sssss ddddd 00111101101",
      name = "pick.qb")
  static int pick_qb(Cpu cpu, int rs, int rt) {
    int conditions = cpu.dsp().control >>> Dsp.CCOND_SHIFT;
    int spread =
        conditions & 1 | (conditions & 2) << 7 | (conditions & 4) << 14 | (conditions & 8) << 21;
    int mask = spread * 0xFF;
    return rs & mask | rt & ~mask;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01011 010001",
      micro = "000000 ttttt sssss ddddd 01000101101",
      name = "pick.ph")
  static int pick_ph(Cpu cpu, int rs, int rt) {
    int conditions = cpu.dsp().control >>> Dsp.CCOND_SHIFT;
    int mask = (conditions & 1 | (conditions & 2) << 15) * 0xFFFF;
    return rs & mask | rt & ~mask;
  }

  // --- indexed loads, branch, control

  @Insn(
      value = "011111 sssss ttttt ddddd 00000 001010",
      micro = "000000 ttttt sssss ddddd 00110100101",
      asm = "d,t(s)")
  static int lwx(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return cpu.load32(rs + rt);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00100 001010",
      micro = "000000 ttttt sssss ddddd 00101100101",
      asm = "d,t(s)")
  static int lhx(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return (short) cpu.load16(rs + rt);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00110 001010",
      micro = "000000 ttttt sssss ddddd 01000100101",
      asm = "d,t(s)")
  static int lbux(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return cpu.load8(rs + rt);
  }

  @Insn(
      value = "000001 00000 11100 iiiiiiiiiiiiiiii",
      micro = "010000 1101100000 iiiiiiiiiiiiiiii",
      asm = "i")
  static boolean bposge32(Cpu cpu) {
    return cpu.dsp().pos() >= 32;
  }

  @Insn(
      value = "011111 0000 mmmmmm ddddd 10010 111000",
      micro = "000000 ddddd 0 mmmmmm 00011001111100")
  static int rddsp(Cpu cpu, int m) {
    return cpu.dsp().control & Dsp.selected(m);
  }

  /**
   * The assembler's form without a mask sets all ten bits of the field; those above the six fields
   * select nothing.
   */
  @Insn(
      value = "011111 1111111111 ddddd 10010 111000",
      micro = "000000 ddddd 0111111 00011001111100",
      name = "rddsp/all",
      asm = "d",
      refines = "rddsp")
  static int rddspAll(Cpu cpu) {
    return rddsp(cpu, 0x3F);
  }

  /** WRDSP with all ten bits of the mask set, as {@link #rddspAll}. */
  @Insn(
      value = "011111 sssss 1111111111 10011 111000",
      micro = "000000 sssss 0111111 01011001111100",
      name = "wrdsp/all",
      asm = "s",
      refines = "wrdsp")
  static void wrdspAll(Cpu cpu, int rs) {
    wrdsp(cpu, rs, 0x3F);
  }

  @Insn(
      value = "011111 sssss 0000 mmmmmm 10011 111000",
      micro = "000000 sssss 0 mmmmmm 01011001111100",
      asm = "s,m")
  static void wrdsp(Cpu cpu, int rs, int m) {
    Dsp d = cpu.dsp();
    int bits = Dsp.selected(m);
    d.control = d.control & ~bits | rs & bits;
  }
}
