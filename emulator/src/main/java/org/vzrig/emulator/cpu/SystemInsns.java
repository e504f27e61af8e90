package org.vzrig.emulator.cpu;

/**
 * Privileged, virtualization and hardware-register instructions (MIPS32 volumes II-A, III and
 * IV-i).
 */
final class SystemInsns {
  private SystemInsns() {}

  /** Everything that no other pattern describes. */
  @Insn("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww")
  static void reserved(Cpu cpu, int w) {
    throw cpu.reservedInstruction(w);
  }

  // --- CP0 moves

  @Insn(
      value = "010000 00000 ttttt ccccc 00000000 eee",
      micro = "000000 ttttt ccccc 00 eee 00011111100",
      asm = "t,c,e?")
  static int mfc0(Cpu cpu, int c, int e) {
    return cpu.cop0.move(c << 3 | e);
  }

  @Insn(
      value = "010000 00100 ttttt ccccc 00000000 eee",
      micro = "000000 ttttt ccccc 00 eee 01011111100",
      asm = "t,c,e?",
      flow = Flow.END)
  static void mtc0(Cpu cpu, int rt, int c, int e) {
    cpu.cop0.move(c << 3 | e, rt);
  }

  @Insn(
      value = "010000 00011 ttttt ccccc 00000 000 eee",
      micro = "000000 ttttt ccccc 00 eee 10011111100",
      asm = "t,c,e?")
  static int mfgc0(Cpu cpu, int c, int e) {
    return cpu.cop0.moveGuest(c << 3 | e);
  }

  @Insn(
      value = "010000 00011 ttttt ccccc 01000 000 eee",
      micro = "000000 ttttt ccccc 00 eee 11011111100",
      asm = "t,c,e?",
      flow = Flow.END)
  static void mtgc0(Cpu cpu, int rt, int c, int e) {
    cpu.cop0.moveGuest(c << 3 | e, rt);
  }

  @Insn(
      value = "010000 01011 ttttt 01100 00000 000000",
      micro = "000000 00000 ttttt 0100011101111100",
      asm = "t?",
      flow = Flow.END)
  static int di(Cpu cpu) {
    return cpu.cop0.interruptEnable(false);
  }

  @Insn(
      value = "010000 01011 ttttt 01100 00000 100000",
      micro = "000000 00000 ttttt 0101011101111100",
      asm = "t?",
      flow = Flow.END)
  static int ei(Cpu cpu) {
    return cpu.cop0.interruptEnable(true);
  }

  @Insn(
      value = "010000 01010 ttttt ddddd 00000000000",
      micro = "000000 ddddd ttttt 1110000101111100",
      asm = "d,t",
      flow = Flow.END)
  static int rdpgpr(Cpu cpu, int t) {
    return cpu.cop0.previousSet()[t];
  }

  @Insn(
      value = "010000 01110 ttttt ddddd 00000000000",
      micro = "000000 ddddd ttttt 1111000101111100",
      flow = Flow.END)
  static void wrpgpr(Cpu cpu, int rt, int d) {
    cpu.cop0.previousSet()[d] = d == 0 ? 0 : rt;
  }

  // --- TLB

  @Insn(
      value = "010000 10000 00000 00000 00000 000001",
      micro = "000000 00000000000001001101111100",
      flow = Flow.END)
  static void tlbr(Cpu cpu) {
    cpu.cop0.tlb().read();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 000010",
      micro = "000000 00000000000010001101111100",
      flow = Flow.END)
  static void tlbwi(Cpu cpu) {
    cpu.cop0.tlb().writeIndexed();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 000110",
      micro = "000000 00000000000011001101111100",
      flow = Flow.END)
  static void tlbwr(Cpu cpu) {
    cpu.cop0.tlb().writeRandom();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 001000",
      micro = "000000 00000000000000001101111100",
      flow = Flow.END)
  static void tlbp(Cpu cpu) {
    cpu.cop0.tlb().probe();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 000011",
      micro = "000000 00000000000100001101111100",
      flow = Flow.END)
  static void tlbinv(Cpu cpu) {
    cpu.cop0.tlb().invalidate(false);
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 000100",
      micro = "000000 00000000000101001101111100",
      flow = Flow.END)
  static void tlbinvf(Cpu cpu) {
    cpu.cop0.tlb().invalidate(true);
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 001001",
      micro = "000000 00000000000001000101111100",
      flow = Flow.END)
  static void tlbgr(Cpu cpu) {
    cpu.cop0.guestTlb().read();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 001010",
      micro = "000000 00000000000010000101111100",
      flow = Flow.END)
  static void tlbgwi(Cpu cpu) {
    cpu.cop0.guestTlb().writeIndexed();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 001110",
      micro = "000000 00000000000011000101111100",
      flow = Flow.END)
  static void tlbgwr(Cpu cpu) {
    cpu.cop0.guestTlb().writeRandom();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 010000",
      micro = "000000 00000000000000000101111100",
      flow = Flow.END)
  static void tlbgp(Cpu cpu) {
    cpu.cop0.guestTlb().probe();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 001011",
      micro = "000000 00000000000100000101111100",
      flow = Flow.END)
  static void tlbginv(Cpu cpu) {
    cpu.cop0.guestTlb().invalidate(false);
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 001100",
      micro = "000000 00000000000101000101111100",
      flow = Flow.END)
  static void tlbginvf(Cpu cpu) {
    cpu.cop0.guestTlb().invalidate(true);
  }

  // --- control

  @Insn(
      value = "010000 10000 00000 00000 00000 011000",
      micro = "000000 00000000001111001101111100",
      flow = Flow.END)
  static void eret(Cpu cpu) {
    cpu.cop0.exceptionReturn();
  }

  @Insn(
      value = "010000 10000 00000 00000 00000 011111",
      micro = "000000 00000000001110001101111100",
      flow = Flow.END)
  static void deret(Cpu cpu) {
    cpu.cop0.debugReturn();
  }

  /**
   * MCU ASE: returns as ERET does; chaining to the next interrupt is an optimisation that is never
   * enabled here.
   */
  @Insn(
      value = "010000 10000 00000 00000 00000 111000",
      micro = "000000 00000000001101001101111100",
      flow = Flow.END)
  static void iret(Cpu cpu) {
    cpu.cop0.exceptionReturn();
  }

  @Insn(
      value = "010000 1 kkkkkkkkkkkkkkkkkkk 100000",
      micro = "000000 kkkkkkkkkk 1001001101111100",
      name = "wait",
      asm = "k?",
      flow = Flow.END)
  static void wait_(Cpu cpu) {
    cpu.cop0.waitForInterrupt();
  }

  @Insn(
      value = "010000 1 0000 kkkkkkkkkk 00000 101000",
      micro = "000000 kkkkkkkkkk 1100001101111100",
      asm = "k?")
  static void hypcall(Cpu cpu) {
    throw cpu.cop0.hypercall();
  }

  @Insn(
      value = "011100 kkkkkkkkkkkkkkkkkkkk 111111",
      micro = {"000000 kkkkkkkkkk 1101101101111100", "010001 101100 kkkk"},
      asm = "k?")
  static void sdbbp(Cpu cpu) {
    throw cpu.exceptions.breakpoint();
  }

  @Insn(
      value = "101111 sssss ooooo iiiiiiiiiiiiiiii",
      micro = "001000 ooooo sssss 0110 iiiiiiiiiiii",
      asm = "o,i(s)")
  static void cache(Cpu cpu, int rs, int o, int simm) {
    cpu.cop0.cache(o, rs + simm);
  }

  @Insn(
      value = "011111 00000 ttttt nnnnn 00000 111011",
      micro = "000000 ttttt nnnnn 0110101100111100")
  static int rdhwr(Cpu cpu, int n) {
    return cpu.cop0.hardwareRegister(n);
  }
}
