package org.vzrig.emulator.cpu;

/** Loads, stores, LL/SC and the byte atomics of the MCU ASE. */
final class MemoryInsns {
  private MemoryInsns() {}

  @Insn(
      value = "100000 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "000111 ttttt sssss iiiiiiiiiiiiiiii")
  static int lb(Cpu cpu, int rs, int simm) {
    return (byte) cpu.load8(rs + simm);
  }

  @Insn(
      value = "100100 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {"000101 ttttt sssss iiiiiiiiiiiiiiii", "000010 ttt sss iiii; i:lbu"})
  static int lbu(Cpu cpu, int rs, int simm) {
    return cpu.load8(rs + simm);
  }

  @Insn(
      value = "100001 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "001111 ttttt sssss iiiiiiiiiiiiiiii")
  static int lh(Cpu cpu, int rs, int simm) {
    return (short) cpu.load16(rs + simm);
  }

  @Insn(
      value = "100101 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {"001101 ttttt sssss iiiiiiiiiiiiiiii", "001010 ttt sss iiii; i*2"})
  static int lhu(Cpu cpu, int rs, int simm) {
    return cpu.load16(rs + simm);
  }

  @Insn(
      value = "100011 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {
        "111111 ttttt sssss iiiiiiiiiiiiiiii",
        "011010 ttt sss iiii; i*4",
        "011001 ttt iiiiiii; s=28 i~4",
        "010010 ttttt iiiii; s=29 i*4"
      })
  static int lw(Cpu cpu, int rs, int simm) {
    return cpu.load32(rs + simm);
  }

  @Insn(
      value = "100010 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011000 ttttt sssss 0000 iiiiiiiiiiii")
  static int lwl(Cpu cpu, int rs, int rt, int simm) {
    int va = rs + simm;
    int shift = (3 - (va & 3)) * 8;
    return cpu.loadAround(va) << shift | rt & ~(-1 << shift);
  }

  @Insn(
      value = "100110 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011000 ttttt sssss 0001 iiiiiiiiiiii")
  static int lwr(Cpu cpu, int rs, int rt, int simm) {
    int va = rs + simm;
    int shift = (va & 3) * 8;
    return cpu.loadAround(va) >>> shift | rt & ~(-1 >>> shift);
  }

  @Insn(
      value = "101000 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {"000110 ttttt sssss iiiiiiiiiiiiiiii", "100010 ttt sss iiii; t:store i*1"})
  static void sb(Cpu cpu, int rs, int rt, int simm) {
    cpu.store8(rs + simm, rt);
  }

  @Insn(
      value = "101001 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {"001110 ttttt sssss iiiiiiiiiiiiiiii", "101010 ttt sss iiii; t:store i*2"})
  static void sh(Cpu cpu, int rs, int rt, int simm) {
    cpu.store16(rs + simm, rt);
  }

  @Insn(
      value = "101011 sssss ttttt iiiiiiiiiiiiiiii",
      micro = {
        "111110 ttttt sssss iiiiiiiiiiiiiiii",
        "111010 ttt sss iiii; t:store i*4",
        "110010 ttttt iiiii; s=29 i*4"
      })
  static void sw(Cpu cpu, int rs, int rt, int simm) {
    cpu.store32(rs + simm, rt);
  }

  @Insn(
      value = "101010 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011000 ttttt sssss 1000 iiiiiiiiiiii")
  static void swl(Cpu cpu, int rs, int rt, int simm) {
    cpu.storeLeft(rs + simm, rt);
  }

  @Insn(
      value = "101110 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011000 ttttt sssss 1001 iiiiiiiiiiii")
  static void swr(Cpu cpu, int rs, int rt, int simm) {
    cpu.storeRight(rs + simm, rt);
  }

  @Insn(
      value = "110000 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011000 ttttt sssss 0011 iiiiiiiiiiii")
  static int ll(Cpu cpu, int rs, int simm) {
    return cpu.loadLinked(rs + simm);
  }

  @Insn(
      value = "111000 sssss ttttt iiiiiiiiiiiiiiii",
      micro = "011000 ttttt sssss 1011 iiiiiiiiiiii")
  static int sc(Cpu cpu, int rs, int rt, int simm) {
    return cpu.storeConditional(rs + simm, rt);
  }

  @Insn(
      value = "110011 sssss hhhhh iiiiiiiiiiiiiiii",
      micro = "011000 hhhhh sssss 0010 iiiiiiiiiiii")
  static void pref() {}

  @Insn(
      value = "000000 00000 00000 00000 hhhhh 001111",
      micro = "000000 00000 hhhhh 0110101101111100",
      asm = "h?")
  static void sync() {}

  /** Caches are coherent here: only the address is checked. */
  @Insn(
      value = "000001 sssss 11111 iiiiiiiiiiiiiiii",
      micro = "010000 10000 sssss iiiiiiiiiiiiiiii")
  static void synci(Cpu cpu, int rs, int simm) {
    cpu.probe(rs + simm);
  }

  /** MCU ASE: clears a bit of a byte atomically. */
  @Insn(
      value = "000001 sssss 00111 0 bbb oooooooooooo",
      micro = "001000 00 bbb sssss 1011 oooooooooooo")
  static void aclr(Cpu cpu, int rs, int b, int o) {
    cpu.modifyByte(rs + (o << 20 >> 20), 1 << b, 0);
  }

  /** MCU ASE: sets a bit of a byte atomically. */
  @Insn(
      value = "000001 sssss 00111 1 bbb oooooooooooo",
      micro = "001000 00 bbb sssss 0011 oooooooooooo")
  static void aset(Cpu cpu, int rs, int b, int o) {
    cpu.modifyByte(rs + (o << 20 >> 20), 0, 1 << b);
  }
}
