package org.vzrig.emulator.cpu;

/** Loads, stores, LL/SC and the byte atomics of the MCU ASE. */
final class MemoryInsns {
  private MemoryInsns() {}

  @Insn("100000 sssss ttttt iiiiiiiiiiiiiiii")
  static int lb(Cpu cpu, int rs, int simm) {
    return (byte) cpu.load8(rs + simm);
  }

  @Insn("100100 sssss ttttt iiiiiiiiiiiiiiii")
  static int lbu(Cpu cpu, int rs, int simm) {
    return cpu.load8(rs + simm);
  }

  @Insn("100001 sssss ttttt iiiiiiiiiiiiiiii")
  static int lh(Cpu cpu, int rs, int simm) {
    return (short) cpu.load16(rs + simm);
  }

  @Insn("100101 sssss ttttt iiiiiiiiiiiiiiii")
  static int lhu(Cpu cpu, int rs, int simm) {
    return cpu.load16(rs + simm);
  }

  @Insn("100011 sssss ttttt iiiiiiiiiiiiiiii")
  static int lw(Cpu cpu, int rs, int simm) {
    return cpu.load32(rs + simm);
  }

  @Insn("100010 sssss ttttt iiiiiiiiiiiiiiii")
  static int lwl(Cpu cpu, int rs, int rt, int simm) {
    int va = rs + simm;
    int shift = (3 - (va & 3)) * 8;
    return cpu.loadAround(va) << shift | rt & ~(-1 << shift);
  }

  @Insn("100110 sssss ttttt iiiiiiiiiiiiiiii")
  static int lwr(Cpu cpu, int rs, int rt, int simm) {
    int va = rs + simm;
    int shift = (va & 3) * 8;
    return cpu.loadAround(va) >>> shift | rt & ~(-1 >>> shift);
  }

  @Insn("101000 sssss ttttt iiiiiiiiiiiiiiii")
  static void sb(Cpu cpu, int rs, int rt, int simm) {
    cpu.store8(rs + simm, rt);
  }

  @Insn("101001 sssss ttttt iiiiiiiiiiiiiiii")
  static void sh(Cpu cpu, int rs, int rt, int simm) {
    cpu.store16(rs + simm, rt);
  }

  @Insn("101011 sssss ttttt iiiiiiiiiiiiiiii")
  static void sw(Cpu cpu, int rs, int rt, int simm) {
    cpu.store32(rs + simm, rt);
  }

  @Insn("101010 sssss ttttt iiiiiiiiiiiiiiii")
  static void swl(Cpu cpu, int rs, int rt, int simm) {
    cpu.storeLeft(rs + simm, rt);
  }

  @Insn("101110 sssss ttttt iiiiiiiiiiiiiiii")
  static void swr(Cpu cpu, int rs, int rt, int simm) {
    cpu.storeRight(rs + simm, rt);
  }

  @Insn("110000 sssss ttttt iiiiiiiiiiiiiiii")
  static int ll(Cpu cpu, int rs, int simm) {
    return cpu.loadLinked(rs + simm);
  }

  @Insn("111000 sssss ttttt iiiiiiiiiiiiiiii")
  static int sc(Cpu cpu, int rs, int rt, int simm) {
    return cpu.storeConditional(rs + simm, rt);
  }

  @Insn("110011 sssss hhhhh iiiiiiiiiiiiiiii")
  static void pref() {}

  @Insn(value = "000000 00000 00000 00000 hhhhh 001111", asm = "h?")
  static void sync() {}

  /** Caches are coherent here: only the address is checked. */
  @Insn("000001 sssss 11111 iiiiiiiiiiiiiiii")
  static void synci(Cpu cpu, int rs, int simm) {
    cpu.probe(rs + simm);
  }

  /** MCU ASE: clears a bit of a byte atomically. */
  @Insn("000001 sssss 00111 0 bbb oooooooooooo")
  static void aclr(Cpu cpu, int rs, int b, int o) {
    cpu.modifyByte(rs + (o << 20 >> 20), 1 << b, 0);
  }

  /** MCU ASE: sets a bit of a byte atomically. */
  @Insn("000001 sssss 00111 1 bbb oooooooooooo")
  static void aset(Cpu cpu, int rs, int b, int o) {
    cpu.modifyByte(rs + (o << 20 >> 20), 0, 1 << b);
  }
}
