package org.vzrig.emulator.cpu;

/**
 * Sums, products, shifts and changes of precision on the lanes of general registers (MIPS32 volume
 * IV-e, revision 2).
 */
@Rare
final class DspArithmeticInsns {
  private DspArithmeticInsns() {}

  // --- sums

  @Insn(
      value = "011111 sssss ttttt ddddd 00000 010000",
      micro = "000000 ttttt sssss ddddd 00011001101",
      name = "addu.qb")
  static int addu_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> d.noteUnsigned(a + b, 8, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00001 010000",
      micro = "000000 ttttt sssss ddddd 01011001101",
      name = "subu.qb")
  static int subu_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> d.noteUnsigned(a - b, 8, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00100 010000",
      micro = "000000 ttttt sssss ddddd 10011001101",
      name = "addu_s.qb")
  static int addu_s_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> d.saturateUnsigned(a + b, 8, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00101 010000",
      micro = "000000 ttttt sssss ddddd 11011001101",
      name = "subu_s.qb")
  static int subu_s_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> d.saturateUnsigned(a - b, 8, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01000 010000",
      micro = "000000 ttttt sssss ddddd 00100001101",
      name = "addu.ph")
  static int addu_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().unsignedHalves(rs, rt, (d, a, b) -> d.noteUnsigned(a + b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01001 010000",
      micro = "000000 ttttt sssss ddddd 01100001101",
      name = "subu.ph")
  static int subu_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().unsignedHalves(rs, rt, (d, a, b) -> d.noteUnsigned(a - b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01100 010000",
      micro = "000000 ttttt sssss ddddd 10100001101",
      name = "addu_s.ph")
  static int addu_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().unsignedHalves(rs, rt, (d, a, b) -> d.saturateUnsigned(a + b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01101 010000",
      micro = "000000 ttttt sssss ddddd 11100001101",
      name = "subu_s.ph")
  static int subu_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().unsignedHalves(rs, rt, (d, a, b) -> d.saturateUnsigned(a - b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01010 010000",
      micro = "000000 ttttt sssss ddddd 00000001101",
      name = "addq.ph")
  static int addq_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.note(a + b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01011 010000",
      micro = "000000 ttttt sssss ddddd 01000001101",
      name = "subq.ph")
  static int subq_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.note(a - b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01110 010000",
      micro = "000000 ttttt sssss ddddd 10000001101",
      name = "addq_s.ph")
  static int addq_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.saturate(a + b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01111 010000",
      micro = "000000 ttttt sssss ddddd 11000001101",
      name = "subq_s.ph")
  static int subq_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.saturate(a - b, 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10110 010000",
      micro = "000000 ttttt sssss ddddd 01100000101",
      name = "addq_s.w")
  static int addq_s_w(Cpu cpu, int rs, int rt) {
    return cpu.dsp().saturate((long) rs + rt, 32, Dsp.SUM);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10111 010000",
      micro = "000000 ttttt sssss ddddd 01101000101",
      name = "subq_s.w")
  static int subq_s_w(Cpu cpu, int rs, int rt) {
    return cpu.dsp().saturate((long) rs - rt, 32, Dsp.SUM);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10000 010000",
      micro = "000000 ttttt sssss ddddd 01110000101")
  static int addsc(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    long sum = (rs & 0xFFFF_FFFFL) + (rt & 0xFFFF_FFFFL);
    d.control = sum >>> 32 != 0 ? d.control | Dsp.CARRY : d.control & ~Dsp.CARRY;
    return (int) sum;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10001 010000",
      micro = "000000 ttttt sssss ddddd 01111000101")
  static int addwc(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    long sum = (long) rs + rt + (d.control >>> 13 & 1);
    if (sum != (int) sum) {
      d.flag(Dsp.SUM);
    }
    return (int) sum;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10010 010000",
      micro = "000000 ttttt sssss ddddd 01010010101")
  static int modsub(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return rs == 0 ? rt >>> 8 & 0xFFFF : rs - (rt & 0xFF);
  }

  @Insn(
      value = "011111 sssss 00000 ddddd 10100 010000",
      micro = "000000 ddddd sssss 1111000100111100",
      name = "raddu.w.qb")
  static int raddu_w_qb(Cpu cpu, int rs) {
    cpu.dsp();
    return (rs & 0xFF) + (rs >>> 8 & 0xFF) + (rs >>> 16 & 0xFF) + (rs >>> 24);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00000 011000",
      micro = "000000 ttttt sssss ddddd 00101001101",
      name = "adduh.qb")
  static int adduh_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> a + b >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00001 011000",
      micro = "000000 ttttt sssss ddddd 01101001101",
      name = "subuh.qb")
  static int subuh_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> a - b >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00010 011000",
      micro = "000000 ttttt sssss ddddd 10101001101",
      name = "adduh_r.qb")
  static int adduh_r_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> a + b + 1 >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00011 011000",
      micro = "000000 ttttt sssss ddddd 11101001101",
      name = "subuh_r.qb")
  static int subuh_r_qb(Cpu cpu, int rs, int rt) {
    return cpu.dsp().bytes(rs, rt, (d, a, b) -> a - b + 1 >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01000 011000",
      micro = "000000 ttttt sssss ddddd 00001001101",
      name = "addqh.ph")
  static int addqh_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> a + b >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01001 011000",
      micro = "000000 ttttt sssss ddddd 01001001101",
      name = "subqh.ph")
  static int subqh_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> a - b >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01010 011000",
      micro = "000000 ttttt sssss ddddd 10001001101",
      name = "addqh_r.ph")
  static int addqh_r_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> a + b + 1 >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01011 011000",
      micro = "000000 ttttt sssss ddddd 11001001101",
      name = "subqh_r.ph")
  static int subqh_r_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> a - b + 1 >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10000 011000",
      micro = "000000 ttttt sssss ddddd 00010001101",
      name = "addqh.w")
  static int addqh_w(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return (int) ((long) rs + rt >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10001 011000",
      micro = "000000 ttttt sssss ddddd 01010001101",
      name = "subqh.w")
  static int subqh_w(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return (int) ((long) rs - rt >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10010 011000",
      micro = "000000 ttttt sssss ddddd 10010001101",
      name = "addqh_r.w")
  static int addqh_r_w(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return (int) ((long) rs + rt + 1 >> 1);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10011 011000",
      micro = "000000 ttttt sssss ddddd 11010001101",
      name = "subqh_r.w")
  static int subqh_r_w(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return (int) ((long) rs - rt + 1 >> 1);
  }

  // --- absolute values

  @Insn(
      value = "011111 00000 ttttt ddddd 00001 010010",
      micro = "000000 ddddd ttttt 0000000100111100",
      name = "absq_s.qb")
  static int absq_s_qb(Cpu cpu, int rt) {
    return cpu.dsp().bytes(0, rt, (d, a, b) -> d.saturate(Math.abs((byte) b), 8, Dsp.SUM));
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 01001 010010",
      micro = "000000 ddddd ttttt 0001000100111100",
      name = "absq_s.ph")
  static int absq_s_ph(Cpu cpu, int rt) {
    return cpu.dsp().halves(0, rt, (d, a, b) -> d.saturate(Math.abs(b), 16, Dsp.SUM));
  }

  @Insn(
      value = "011111 00000 ttttt ddddd 10001 010010",
      micro = "000000 ddddd ttttt 0010000100111100",
      name = "absq_s.w")
  static int absq_s_w(Cpu cpu, int rt) {
    return cpu.dsp().saturate(Math.abs((long) rt), 32, Dsp.SUM);
  }

  // --- products

  @Insn(
      value = "011111 sssss ttttt ddddd 00110 010000",
      micro = "000000 ttttt sssss ddddd 00010010101",
      name = "muleu_s.ph.qbl")
  static int muleu_s_ph_qbl(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    int upper = d.saturateUnsigned((rs >>> 24) * (rt >>> 16), 16, Dsp.PRODUCT);
    int lower = d.saturateUnsigned((rs >>> 16 & 0xFF) * (rt & 0xFFFF), 16, Dsp.PRODUCT);
    return upper << 16 | lower;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 00111 010000",
      micro = "000000 ttttt sssss ddddd 00011010101",
      name = "muleu_s.ph.qbr")
  static int muleu_s_ph_qbr(Cpu cpu, int rs, int rt) {
    Dsp d = cpu.dsp();
    int upper = d.saturateUnsigned((rs >>> 8 & 0xFF) * (rt >>> 16), 16, Dsp.PRODUCT);
    int lower = d.saturateUnsigned((rs & 0xFF) * (rt & 0xFFFF), 16, Dsp.PRODUCT);
    return upper << 16 | lower;
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11100 010000",
      micro = "000000 ttttt sssss ddddd 00000100101",
      name = "muleq_s.w.phl")
  static int muleq_s_w_phl(Cpu cpu, int rs, int rt) {
    return cpu.dsp().fraction(rs >> 16, rt >> 16, Dsp.PRODUCT);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11101 010000",
      micro = "000000 ttttt sssss ddddd 00001100101",
      name = "muleq_s.w.phr")
  static int muleq_s_w_phr(Cpu cpu, int rs, int rt) {
    return cpu.dsp().fraction(rs, rt, Dsp.PRODUCT);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11110 010000",
      micro = "000000 ttttt sssss ddddd 00101010101",
      name = "mulq_s.ph")
  static int mulq_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.fraction16(a, b, 0));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 11111 010000",
      micro = "000000 ttttt sssss ddddd 00100010101",
      name = "mulq_rs.ph")
  static int mulq_rs_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.fraction16(a, b, 0x8000));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01100 011000",
      micro = "000000 ttttt sssss ddddd 00000101101",
      name = "mul.ph")
  static int mul_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.note(a * b, 16, Dsp.PRODUCT));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 01110 011000",
      micro = "000000 ttttt sssss ddddd 10000101101",
      name = "mul_s.ph")
  static int mul_s_ph(Cpu cpu, int rs, int rt) {
    return cpu.dsp().halves(rs, rt, (d, a, b) -> d.saturate((long) a * b, 16, Dsp.PRODUCT));
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10110 011000",
      micro = "000000 ttttt sssss ddddd 00111010101",
      name = "mulq_s.w")
  static int mulq_s_w(Cpu cpu, int rs, int rt) {
    return cpu.dsp().fraction32(rs, rt, 0);
  }

  @Insn(
      value = "011111 sssss ttttt ddddd 10111 011000",
      micro = "000000 ttttt sssss ddddd 00110010101",
      name = "mulq_rs.w")
  static int mulq_rs_w(Cpu cpu, int rs, int rt) {
    return cpu.dsp().fraction32(rs, rt, 1L << 31);
  }
}
