package org.vzrig.emulator.cpu;

/** Products summed in an accumulator, and extractions from it (MIPS32 volume IV-e, revision 2). */
@Rare
final class DspAccumulatorInsns {
  private DspAccumulatorInsns() {}

  // --- dot products

  @Insn(
      value = "011111 sssss ttttt 000 qq 00000 110000",
      micro = "000000 ttttt sssss qq 00000010111100",
      name = "dpa.w.ph")
  static long dpa_w_ph(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc + (long) (rs >> 16) * (rt >> 16) + (long) (short) rs * (short) rt;
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00001 110000",
      micro = "000000 ttttt sssss qq 00010010111100",
      name = "dps.w.ph")
  static long dps_w_ph(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc - (long) (rs >> 16) * (rt >> 16) - (long) (short) rs * (short) rt;
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00010 110000",
      micro = "000000 ttttt sssss qq 10110010111100",
      name = "mulsa.w.ph")
  static long mulsa_w_ph(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc + (long) (rs >> 16) * (rt >> 16) - (long) (short) rs * (short) rt;
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01000 110000",
      micro = "000000 ttttt sssss qq 01000010111100",
      name = "dpax.w.ph")
  static long dpax_w_ph(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc + (long) (rs >> 16) * (short) rt + (long) (short) rs * (rt >> 16);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01001 110000",
      micro = "000000 ttttt sssss qq 01010010111100",
      name = "dpsx.w.ph")
  static long dpsx_w_ph(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc - (long) (rs >> 16) * (short) rt - (long) (short) rs * (rt >> 16);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00011 110000",
      micro = "000000 ttttt sssss qq 10000010111100",
      name = "dpau.h.qbl")
  static long dpau_h_qbl(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc + product(rs, rt, 24) + product(rs, rt, 16);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00111 110000",
      micro = "000000 ttttt sssss qq 11000010111100",
      name = "dpau.h.qbr")
  static long dpau_h_qbr(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc + product(rs, rt, 8) + product(rs, rt, 0);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01011 110000",
      micro = "000000 ttttt sssss qq 10010010111100",
      name = "dpsu.h.qbl")
  static long dpsu_h_qbl(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc - product(rs, rt, 24) - product(rs, rt, 16);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01111 110000",
      micro = "000000 ttttt sssss qq 11010010111100",
      name = "dpsu.h.qbr")
  static long dpsu_h_qbr(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return acc - product(rs, rt, 8) - product(rs, rt, 0);
  }

  /** Product of the unsigned bytes whose last bit is {@code shift}. */
  private static long product(int rs, int rt, int shift) {
    return (long) (rs >>> shift & 0xFF) * (rt >>> shift & 0xFF);
  }

  // --- dot products of fractions

  @Insn(
      value = "011111 sssss ttttt 000 qq 00100 110000",
      micro = "000000 ttttt sssss qq 00001010111100",
      name = "dpaq_s.w.ph")
  static long dpaq_s_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc + d.fraction(rs >> 16, rt >> 16, 16 + q) + d.fraction(rs, rt, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00101 110000",
      micro = "000000 ttttt sssss qq 00011010111100",
      name = "dpsq_s.w.ph")
  static long dpsq_s_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc - d.fraction(rs >> 16, rt >> 16, 16 + q) - d.fraction(rs, rt, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00110 110000",
      micro = "000000 ttttt sssss qq 11110010111100",
      name = "mulsaq_s.w.ph")
  static long mulsaq_s_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc + d.fraction(rs >> 16, rt >> 16, 16 + q) - d.fraction(rs, rt, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 11000 110000",
      micro = "000000 ttttt sssss qq 10001010111100",
      name = "dpaqx_s.w.ph")
  static long dpaqx_s_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc + d.fraction(rs >> 16, rt, 16 + q) + d.fraction(rs, rt >> 16, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 11001 110000",
      micro = "000000 ttttt sssss qq 10011010111100",
      name = "dpsqx_s.w.ph")
  static long dpsqx_s_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc - d.fraction(rs >> 16, rt, 16 + q) - d.fraction(rs, rt >> 16, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 11010 110000",
      micro = "000000 ttttt sssss qq 11001010111100",
      name = "dpaqx_sa.w.ph")
  static long dpaqx_sa_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return d.saturate(
        acc + d.fraction(rs >> 16, rt, 16 + q) + d.fraction(rs, rt >> 16, 16 + q), 32, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 11011 110000",
      micro = "000000 ttttt sssss qq 11011010111100",
      name = "dpsqx_sa.w.ph")
  static long dpsqx_sa_w_ph(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return d.saturate(
        acc - d.fraction(rs >> 16, rt, 16 + q) - d.fraction(rs, rt >> 16, 16 + q), 32, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01100 110000",
      micro = "000000 ttttt sssss qq 01001010111100",
      name = "dpaq_sa.l.w")
  static long dpaq_sa_l_w(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return d.saturatedSum(acc, d.fraction64(rs, rt, 16 + q), 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01101 110000",
      micro = "000000 ttttt sssss qq 01011010111100",
      name = "dpsq_sa.l.w")
  static long dpsq_sa_l_w(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return d.saturatedDifference(acc, d.fraction64(rs, rt, 16 + q), 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 10100 110000",
      micro = "000000 ttttt sssss qq 01101001111100",
      name = "maq_s.w.phl")
  static long maq_s_w_phl(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc + d.fraction(rs >> 16, rt >> 16, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 10110 110000",
      micro = "000000 ttttt sssss qq 00101001111100",
      name = "maq_s.w.phr")
  static long maq_s_w_phr(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return acc + d.fraction(rs, rt, 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 10000 110000",
      micro = "000000 ttttt sssss qq 11101001111100",
      name = "maq_sa.w.phl")
  static long maq_sa_w_phl(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return d.saturated32(acc + d.fraction(rs >> 16, rt >> 16, 16 + q), 16 + q);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 10010 110000",
      micro = "000000 ttttt sssss qq 10101001111100",
      name = "maq_sa.w.phr")
  static long maq_sa_w_phr(Cpu cpu, int rs, int rt, int q, long acc) {
    Dsp d = cpu.dsp();
    return d.saturated32(acc + d.fraction(rs, rt, 16 + q), 16 + q);
  }

  // --- the instructions of MIPS32 on all accumulators

  @Insn(
      value = "000000 sssss ttttt 000 qq 00000 011000",
      micro = "000000 ttttt sssss qq 00110010111100",
      name = "mult/ac")
  static long mult_ac(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return IntegerInsns.mult(rs, rt);
  }

  @Insn(
      value = "000000 sssss ttttt 000 qq 00000 011001",
      micro = "000000 ttttt sssss qq 01110010111100",
      name = "multu/ac")
  static long multu_ac(Cpu cpu, int rs, int rt) {
    cpu.dsp();
    return IntegerInsns.multu(rs, rt);
  }

  @Insn(
      value = "011100 sssss ttttt 000 qq 00000 000000",
      micro = "000000 ttttt sssss qq 00101010111100",
      name = "madd/ac")
  static long madd_ac(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return IntegerInsns.madd(rs, rt, acc);
  }

  @Insn(
      value = "011100 sssss ttttt 000 qq 00000 000001",
      micro = "000000 ttttt sssss qq 01101010111100",
      name = "maddu/ac")
  static long maddu_ac(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return IntegerInsns.maddu(rs, rt, acc);
  }

  @Insn(
      value = "011100 sssss ttttt 000 qq 00000 000100",
      micro = "000000 ttttt sssss qq 10101010111100",
      name = "msub/ac")
  static long msub_ac(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return IntegerInsns.msub(rs, rt, acc);
  }

  @Insn(
      value = "011100 sssss ttttt 000 qq 00000 000101",
      micro = "000000 ttttt sssss qq 11101010111100",
      name = "msubu/ac")
  static long msubu_ac(Cpu cpu, int rs, int rt, long acc) {
    cpu.dsp();
    return IntegerInsns.msubu(rs, rt, acc);
  }

  @Insn(
      value = "000000 000 qq 00000 ddddd 00000 010000",
      micro = "000000 00000 ddddd qq 00000001111100",
      name = "mfhi/ac")
  static int mfhi_ac(Cpu cpu, long acc) {
    cpu.dsp();
    return IntegerInsns.mfhi(acc);
  }

  @Insn(
      value = "000000 000 qq 00000 ddddd 00000 010010",
      micro = "000000 00000 ddddd qq 01000001111100",
      name = "mflo/ac")
  static int mflo_ac(Cpu cpu, long acc) {
    cpu.dsp();
    return IntegerInsns.mflo(acc);
  }

  @Insn(
      value = "000000 sssss 00000 000 qq 00000 010001",
      micro = "000000 00000 sssss qq 10000001111100",
      name = "mthi/ac")
  static long mthi_ac(Cpu cpu, int rs, long acc) {
    cpu.dsp();
    return IntegerInsns.mthi(rs, acc);
  }

  @Insn(
      value = "000000 sssss 00000 000 qq 00000 010011",
      micro = "000000 00000 sssss qq 11000001111100",
      name = "mtlo/ac")
  static long mtlo_ac(Cpu cpu, int rs, long acc) {
    cpu.dsp();
    return IntegerInsns.mtlo(rs, acc);
  }

  // --- extraction

  @Insn(
      value = "011111 aaaaa ttttt 000 qq 00000 111000",
      micro = "000000 ttttt aaaaa qq 00111001111100",
      name = "extr.w",
      asm = "t,q,a")
  static int extr_w(Cpu cpu, long acc, int a) {
    return extract(cpu.dsp(), acc, a, false, false);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00001 111000",
      micro = "000000 ttttt sssss qq 00111010111100",
      name = "extrv.w",
      asm = "t,q,s")
  static int extrv_w(Cpu cpu, int rs, long acc) {
    return extract(cpu.dsp(), acc, rs & 31, false, false);
  }

  @Insn(
      value = "011111 aaaaa ttttt 000 qq 00100 111000",
      micro = "000000 ttttt aaaaa qq 01111001111100",
      name = "extr_r.w",
      asm = "t,q,a")
  static int extr_r_w(Cpu cpu, long acc, int a) {
    return extract(cpu.dsp(), acc, a, true, false);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00101 111000",
      micro = "000000 ttttt sssss qq 01111010111100",
      name = "extrv_r.w",
      asm = "t,q,s")
  static int extrv_r_w(Cpu cpu, int rs, long acc) {
    return extract(cpu.dsp(), acc, rs & 31, true, false);
  }

  @Insn(
      value = "011111 aaaaa ttttt 000 qq 00110 111000",
      micro = "000000 ttttt aaaaa qq 10111001111100",
      name = "extr_rs.w",
      asm = "t,q,a")
  static int extr_rs_w(Cpu cpu, long acc, int a) {
    return extract(cpu.dsp(), acc, a, true, true);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00111 111000",
      micro = "000000 ttttt sssss qq 10111010111100",
      name = "extrv_rs.w",
      asm = "t,q,s")
  static int extrv_rs_w(Cpu cpu, int rs, long acc) {
    return extract(cpu.dsp(), acc, rs & 31, true, true);
  }

  @Insn(
      value = "011111 aaaaa ttttt 000 qq 01110 111000",
      micro = "000000 ttttt aaaaa qq 11111001111100",
      name = "extr_s.h",
      asm = "t,q,a")
  static int extr_s_h(Cpu cpu, long acc, int a) {
    return cpu.dsp().saturate(acc >> a, 16, Dsp.EXTRACTION);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01111 111000",
      micro = "000000 ttttt sssss qq 11111010111100",
      name = "extrv_s.h",
      asm = "t,q,s")
  static int extrv_s_h(Cpu cpu, int rs, long acc) {
    return cpu.dsp().saturate(acc >> (rs & 31), 16, Dsp.EXTRACTION);
  }

  @Insn(
      value = "011111 aaaaa ttttt 000 qq 00010 111000",
      micro = "000000 ttttt aaaaa qq 10011001111100",
      asm = "t,q,a")
  static int extp(Cpu cpu, long acc, int a) {
    return field(cpu.dsp(), acc, a, false);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 00011 111000",
      micro = "000000 ttttt sssss qq 10100010111100",
      asm = "t,q,s")
  static int extpv(Cpu cpu, int rs, long acc) {
    return field(cpu.dsp(), acc, rs & 31, false);
  }

  @Insn(
      value = "011111 aaaaa ttttt 000 qq 01010 111000",
      micro = "000000 ttttt aaaaa qq 11011001111100",
      asm = "t,q,a")
  static int extpdp(Cpu cpu, long acc, int a) {
    return field(cpu.dsp(), acc, a, true);
  }

  @Insn(
      value = "011111 sssss ttttt 000 qq 01011 111000",
      micro = "000000 ttttt sssss qq 11100010111100",
      asm = "t,q,s")
  static int extpdpv(Cpu cpu, int rs, long acc) {
    return field(cpu.dsp(), acc, rs & 31, true);
  }

  /** Whether rounding is asked for or not, an overflow that it makes is noted. */
  private static int extract(Dsp d, long acc, int shift, boolean round, boolean saturate) {
    long cut = acc >> shift;
    long half = shift == 0 ? 0 : acc >> shift - 1 & 1;
    long rounded = cut + half;
    boolean overflow = rounded != (int) rounded;
    if (overflow || cut != (int) cut) {
      d.flag(Dsp.EXTRACTION);
    }
    if (saturate && overflow) {
      return acc < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
    }
    return (int) (round ? rounded : cut);
  }

  /** The {@code size} + 1 bits below DSPControl.pos; EFI tells that there are not as many. */
  private static int field(Dsp d, long acc, int size, boolean move) {
    int below = d.pos() - (size + 1);
    if (below < -1) {
      d.control |= Dsp.EFI;
      return 0;
    }
    d.control &= ~Dsp.EFI;
    int result = (int) (acc >>> below + 1) & (int) (-1L >>> 63 - size);
    if (move) {
      d.pos(below);
    }
    return result;
  }

  @Insn(
      value = "011111 aaaaaa 0000000 qq 11010 111000",
      micro = "000000 0000 aaaaaa qq 00000000011101",
      asm = "q,a~")
  static long shilo(Cpu cpu, long acc, int a) {
    cpu.dsp();
    return shift(acc, a);
  }

  @Insn(
      value = "011111 sssss 00000 000 qq 11011 111000",
      micro = "000000 00000 sssss qq 01001001111100",
      asm = "q,s")
  static long shilov(Cpu cpu, int rs, long acc) {
    cpu.dsp();
    return shift(acc, rs & 63);
  }

  /** Right by 0 to 31, left by 1 to 32: {@code by} has six bits with a sign. */
  private static long shift(long acc, int by) {
    int signed = by << 26 >> 26;
    return signed >= 0 ? acc >>> signed : acc << -signed;
  }

  @Insn(
      value = "011111 sssss 00000 000 qq 11111 111000",
      micro = "000000 00000 sssss qq 00001001111100",
      asm = "s,q")
  static long mthlip(Cpu cpu, int rs, long acc) {
    Dsp d = cpu.dsp();
    if (d.pos() <= 32) {
      d.pos(d.pos() + 32);
    }
    return acc << 32 | rs & 0xFFFF_FFFFL;
  }
}
