package org.vzrig.emulator.cpu;

/**
 * Shifts, changes of precision, replication and bit operations (MIPS32 volume IV-e, revision 2).
 */
@Rare
final class DspShiftInsns {
  private DspShiftInsns() {}

  // --- shifts by a constant and by a register

  @Insn(
      value = "011111 00 aaa ttttt ddddd 00000 010011",
      micro = "000000 ddddd ttttt aaa 0100001111100",
      name = "shll.qb",
      asm = "d,t,a")
  static int shll_qb(Cpu cpu, int rt, int a) {
    return cpu.dsp().bytesBy(rt, a, (d, x, by) -> d.shiftByte(x, by));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00010 010011",
      micro = "000000 ttttt sssss ddddd 01110010101",
      name = "shllv.qb",
      asm = "d,t,s")
  static int shllv_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytesBy(rt, rs & 7, (d, x, by) -> d.shiftByte(x, by));
  }

  @Insn(
      value = "011111 00 aaa ttttt ddddd 00001 010011",
      micro = "000000 ddddd ttttt aaa 1100001111100",
      name = "shrl.qb",
      asm = "d,t,a")
  static int shrl_qb(Cpu cpu, int rt, int a) {
    return cpu.dsp().bytesBy(rt, a, (d, x, by) -> x >>> by);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00011 010011",
      micro = "000000 ttttt sssss ddddd 01101010101",
      name = "shrlv.qb",
      asm = "d,t,s")
  static int shrlv_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytesBy(rt, rs & 7, (d, x, by) -> x >>> by);
  }

  @Insn(
      value = "011111 00 aaa ttttt ddddd 00100 010011",
      micro = "000000 ddddd ttttt aaa 0000111111100",
      name = "shra.qb",
      asm = "d,t,a")
  static int shra_qb(Cpu cpu, int rt, int a) {
    return cpu.dsp().bytesBy(rt, a, (d, x, by) -> (byte) x >> by);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00110 010011",
      micro = "000000 ttttt sssss ddddd 00111001101",
      name = "shrav.qb",
      asm = "d,t,s")
  static int shrav_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytesBy(rt, rs & 7, (d, x, by) -> (byte) x >> by);
  }

  @Insn(
      value = "011111 00 aaa ttttt ddddd 00101 010011",
      micro = "000000 ddddd ttttt aaa 1000111111100",
      name = "shra_r.qb",
      asm = "d,t,a")
  static int shra_r_qb(Cpu cpu, int rt, int a) {
    return cpu.dsp().bytesBy(rt, a, (d, x, by) -> Dsp.shiftRounded((byte) x, by));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00111 010011",
      micro = "000000 ttttt sssss ddddd 10111001101",
      name = "shrav_r.qb",
      asm = "d,t,s")
  static int shrav_r_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytesBy(rt, rs & 7, (d, x, by) -> Dsp.shiftRounded((byte) x, by));
  }

  @Insn(
      value = "011111 0 aaaa ttttt ddddd 01000 010011",
      micro = "000000 ddddd ttttt aaaa 001110110101",
      name = "shll.ph",
      asm = "d,t,a")
  static int shll_ph(Cpu cpu, int rt, int a) {
    return cpu.dsp().halvesBy(rt, a, (d, x, by) -> d.shiftHalf(x, by));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01010 010011",
      micro = "000000 ttttt sssss ddddd 01110001101",
      name = "shllv.ph",
      asm = "d,t,s")
  static int shllv_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halvesBy(rt, rs & 15, (d, x, by) -> d.shiftHalf(x, by));
  }

  @Insn(
      value = "011111 0 aaaa ttttt ddddd 01100 010011",
      micro = "000000 ddddd ttttt aaaa 101110110101",
      name = "shll_s.ph",
      asm = "d,t,a")
  static int shll_s_ph(Cpu cpu, int rt, int a) {
    return cpu.dsp().halvesBy(rt, a, (d, x, by) -> d.saturate((long) x << by, 16, Dsp.SHIFT));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01110 010011",
      micro = "000000 ttttt sssss ddddd 11110001101",
      name = "shllv_s.ph",
      asm = "d,t,s")
  static int shllv_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halvesBy(rt, rs & 15, (d, x, by) -> d.saturate((long) x << by, 16, Dsp.SHIFT));
  }

  @Insn(
      value = "011111 0 aaaa ttttt ddddd 01001 010011",
      micro = "000000 ddddd ttttt aaaa 001100110101",
      name = "shra.ph",
      asm = "d,t,a")
  static int shra_ph(Cpu cpu, int rt, int a) {
    return cpu.dsp().halvesBy(rt, a, (d, x, by) -> x >> by);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01011 010011",
      micro = "000000 ttttt sssss ddddd 00110001101",
      name = "shrav.ph",
      asm = "d,t,s")
  static int shrav_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halvesBy(rt, rs & 15, (d, x, by) -> x >> by);
  }

  @Insn(
      value = "011111 0 aaaa ttttt ddddd 01101 010011",
      micro = "000000 ddddd ttttt aaaa 011100110101",
      name = "shra_r.ph",
      asm = "d,t,a")
  static int shra_r_ph(Cpu cpu, int rt, int a) {
    return cpu.dsp().halvesBy(rt, a, (d, x, by) -> Dsp.shiftRounded(x, by));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01111 010011",
      micro = "000000 ttttt sssss ddddd 10110001101",
      name = "shrav_r.ph",
      asm = "d,t,s")
  static int shrav_r_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halvesBy(rt, rs & 15, (d, x, by) -> Dsp.shiftRounded(x, by));
  }

  @Insn(
      value = "011111 0 aaaa ttttt ddddd 11001 010011",
      micro = "000000 ddddd ttttt aaaa 001111111100",
      name = "shrl.ph",
      asm = "d,t,a")
  static int shrl_ph(Cpu cpu, int rt, int a) {
    return cpu.dsp().halvesBy(rt, a, (d, x, by) -> (x & 0xFFFF) >>> by);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11011 010011",
      micro = "000000 ttttt sssss ddddd 01100010101",
      name = "shrlv.ph",
      asm = "d,t,s")
  static int shrlv_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halvesBy(rt, rs & 15, (d, x, by) -> (x & 0xFFFF) >>> by);
  }

  @Insn(
      value = "011111 aaaaa ttttt ddddd 10100 010011",
      micro = "000000 ddddd ttttt aaaaa 01111110101",
      name = "shll_s.w",
      asm = "d,t,a")
  static int shll_s_w(Cpu cpu, int rt, int a) {
    return cpu.dsp().saturate((long) rt << a, 32, Dsp.SHIFT);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10110 010011",
      micro = "000000 ttttt sssss ddddd 01111010101",
      name = "shllv_s.w",
      asm = "d,t,s")
  static int shllv_s_w(Cpu cpu, int rs, int rt) {
    return cpu.dsp().saturate((long) rt << (rs & 31), 32, Dsp.SHIFT);
  }

  @Insn(
      value = "011111 aaaaa ttttt ddddd 10101 010011",
      micro = "000000 ddddd ttttt aaaaa 01011110101",
      name = "shra_r.w",
      asm = "d,t,a")
  static int shra_r_w(Cpu cpu, int rt, int a) {
    cpu.dsp();
    return Dsp.shiftRounded(rt, a);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10111 010011",
      micro = "000000 ttttt sssss ddddd 01011010101",
      name = "shrav_r.w",
      asm = "d,t,s")
  static int shrav_r_w(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return Dsp.shiftRounded(rt, (rs & 31));
  }

  // --- more precision

  @Insn(
      value = "011111 00000 ttttt ddddd 01100 010010",
      micro = "000000 ddddd ttttt 0101000100111100",
      name = "preceq.w.phl")
  static int preceq_w_phl(Cpu cpu, int rt) {
    cpu.dsp();
    return rt & 0xFFFF_0000;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 01101 010010",
      micro = "000000 ddddd ttttt 0110000100111100",
      name = "preceq.w.phr")
  static int preceq_w_phr(Cpu cpu, int rt) {
    cpu.dsp();
    return rt << 16;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 00100 010010",
      micro = "000000 ddddd ttttt 0111000100111100",
      name = "precequ.ph.qbl")
  static int precequ_ph_qbl(Cpu cpu, int rt) {
    cpu.dsp();
    return rt >>> 1 & 0x7F80_0000 | rt >>> 9 & 0x7F80;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 00101 010010",
      micro = "000000 ddddd ttttt 1001000100111100",
      name = "precequ.ph.qbr")
  static int precequ_ph_qbr(Cpu cpu, int rt) {
    cpu.dsp();
    return rt << 15 & 0x7F80_0000 | rt << 7 & 0x7F80;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 00110 010010",
      micro = "000000 ddddd ttttt 0111001100111100",
      name = "precequ.ph.qbla")
  static int precequ_ph_qbla(Cpu cpu, int rt) {
    cpu.dsp();
    return rt >>> 1 & 0x7F80_7F80;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 00111 010010",
      micro = "000000 ddddd ttttt 1001001100111100",
      name = "precequ.ph.qbra")
  static int precequ_ph_qbra(Cpu cpu, int rt) {
    cpu.dsp();
    return rt << 7 & 0x7F80_7F80;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 11100 010010",
      micro = "000000 ddddd ttttt 1011000100111100",
      name = "preceu.ph.qbl")
  static int preceu_ph_qbl(Cpu cpu, int rt) {
    cpu.dsp();
    return rt >>> 8 & 0x00FF_0000 | rt >>> 16 & 0xFF;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 11101 010010",
      micro = "000000 ddddd ttttt 1101000100111100",
      name = "preceu.ph.qbr")
  static int preceu_ph_qbr(Cpu cpu, int rt) {
    cpu.dsp();
    return rt << 8 & 0x00FF_0000 | rt & 0xFF;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 11110 010010",
      micro = "000000 ddddd ttttt 1011001100111100",
      name = "preceu.ph.qbla")
  static int preceu_ph_qbla(Cpu cpu, int rt) {
    cpu.dsp();
    return rt >>> 8 & 0x00FF_00FF;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 11111 010010",
      micro = "000000 ddddd ttttt 1101001100111100",
      name = "preceu.ph.qbra")
  static int preceu_ph_qbra(Cpu cpu, int rt) {
    cpu.dsp();
    return rt & 0x00FF_00FF;
  }

  // --- less precision

  @Insn(
      value = "011111 sssss ttttt ddddd 01100 010001",
      micro = "000000 ttttt sssss ddddd 00010101101",
      name = "precrq.qb.ph")
  static int precrq_qb_ph(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return rs & 0xFF00_0000 | rs << 8 & 0x00FF_0000 | rt >>> 16 & 0xFF00 | rt >>> 8 & 0xFF;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01101 010001",
      micro = "000000 ttttt sssss ddddd 00001101101",
      name = "precr.qb.ph")
  static int precr_qb_ph(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return rs << 8 & 0xFF00_0000 | rs << 16 & 0x00FF_0000 | rt >>> 8 & 0xFF00 | rt & 0xFF;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01111 010001",
      micro = "000000 ttttt sssss ddddd 00101101101",
      name = "precrqu_s.qb.ph")
  static int precrqu_s_qb_ph(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    return byteOf(d, rs >> 16) << 24
        | byteOf(d, (short) rs) << 16
        | byteOf(d, rt >> 16) << 8
        | byteOf(d, (short) rt);
  }

  private static int byteOf(Dsp d, int half) {
    if (half < 0 || half > 0x7F80) {
      d.flag(Dsp.SHIFT);
    }
    return half < 0 ? 0 : half >> 7;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10100 010001",
      micro = "000000 ttttt sssss ddddd 00011101101",
      name = "precrq.ph.w")
  static int precrq_ph_w(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return rs & 0xFFFF_0000 | rt >>> 16;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10101 010001",
      micro = "000000 ttttt sssss ddddd 00100101101",
      name = "precrq_rs.ph.w")
  static int precrq_rs_ph_w(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    return halfOf(d, rs) << 16 | halfOf(d, rt) & 0xFFFF;
  }

  private static int halfOf(Dsp d, int word) {
    return d.saturate((long) word + 0x8000 >> 16, 16, Dsp.SHIFT);
  }

  @Insn(
      value = "011111 sssss ttttt aaaaa 11110 010001",
      micro = "000000 ttttt sssss aaaaa 01111001101",
      name = "precr_sra.ph.w",
      asm = "t,s,a")
  static int precr_sra_ph_w(Cpu cpu, int rs, int rt, int a) {
    cpu.dsp();
    return rt >> a << 16 | rs >> a & 0xFFFF;
  }

  @Insn(
      value = "011111 sssss ttttt aaaaa 11111 010001",
      micro = "000000 ttttt sssss aaaaa 11111001101",
      name = "precr_sra_r.ph.w",
      asm = "t,s,a")
  static int precr_sra_r_ph_w(Cpu cpu, int rs, int rt, int a) {
    cpu.dsp();
    return Dsp.shiftRounded(rt, a) << 16 | Dsp.shiftRounded(rs, a) & 0xFFFF;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01110 010001",
      micro = "000000 ttttt sssss ddddd 00110101101",
      name = "packrl.ph")
  static int packrl_ph(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return rs << 16 | rt >>> 16;
  }

  // --- replication and bits

  @Insn(
      value = "011111 00 aaaaaaaa ddddd 00010 010010",
      micro = "000000 ddddd aaaaaaaa 0010111111100",
      name = "repl.qb")
  static int repl_qb(Cpu cpu, int a) {
    cpu.dsp();
    return a * 0x0101_0101;
  }

  @Insn(
      value = "011111 aaaaaaaaaa ddddd 01010 010010",
      micro = "000000 aaaaaaaaaa ddddd 00000111101",
      name = "repl.ph",
      asm = "d,a~")
  static int repl_ph(Cpu cpu, int a) {
    cpu.dsp();
    return (a << 22 >> 22 & 0xFFFF) * 0x1_0001;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 00011 010010",
      micro = "000000 ddddd ttttt 0001001100111100",
      name = "replv.qb")
  static int replv_qb(Cpu cpu, int rt) {
    cpu.dsp();
    return (rt & 0xFF) * 0x0101_0101;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 01011 010010",
      micro = "000000 ddddd ttttt 0000001100111100",
      name = "replv.ph")
  static int replv_ph(Cpu cpu, int rt) {
    cpu.dsp();
    return (rt & 0xFFFF) * 0x1_0001;
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 11011 010010",
      micro = "000000 ddddd ttttt 0011000100111100")
  static int bitrev(Cpu cpu, int rt) {
    cpu.dsp();
    return Integer.reverse(rt) >>> 16;
  }

  @Insn(
      value = "011111 sssss ttttt 00000 00000 001100",
      micro = "000000 ttttt sssss 0100000100111100",
      asm = "t,s")
  static int insv(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    int from = d.pos() & 0x1F;
    int size = d.scount() & 0x1F;
    if (size == 0 || from + size > 32) {
      return rt;
    }
    int mask = -1 >>> 32 - size << from;
    return rt & ~mask | rs << from & mask;
  }

  @Insn(
      value = "011111 sssss ttttt aaaaa 00000 110001",
      micro = "000000 ttttt sssss aaaaa 01000010101",
      asm = "t,s,a")
  static int append(Cpu cpu, int rs, int rt, int a) {
    cpu.dsp();
    return a == 0 ? rt : rt << a | rs & -1 >>> 32 - a;
  }

  @Insn(
      value = "011111 sssss ttttt aaaaa 00001 110001",
      micro = "000000 ttttt sssss aaaaa 01001010101",
      asm = "t,s,a")
  static int prepend(Cpu cpu, int rs, int rt, int a) {
    cpu.dsp();
    return a == 0 ? rt : rt >>> a | rs << 32 - a;
  }

  @Insn(
      value = "011111 sssss ttttt 000 aa 10000 110001",
      micro = "000000 ttttt sssss aa 00100010111100",
      asm = "t,s,a")
  static int balign(Cpu cpu, int rs, int rt, int a) {
    cpu.dsp();
    return (a & 1) == 0 ? rt : rt << 8 * a | rs >>> 32 - 8 * a;
  }
}
