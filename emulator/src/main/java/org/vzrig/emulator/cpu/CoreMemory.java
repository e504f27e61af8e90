package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.bus.Memory;

/**
 * Fetches, loads and stores of the core: the fast path through remembered translations; {@link Mmu}
 * has the slow one.
 */
abstract sealed class CoreMemory extends CoreRights permits CoreEngine {
  final Tlb rootTlb = new Tlb(this::flushTranslations);
  final Tlb guestTlb = new Tlb(this::flushTranslations);
  final Mmu mmu;

  /** Remembered translations of the current mode. */
  transient SoftTlb soft;

  private boolean linked;
  private final int[] words = new int[10];

  CoreMemory(CpuBus bus) {
    mmu = new Mmu(self(), bus);
    soft = mmu.mode(0);
  }

  /** The root TLB. */
  public Tlb rootTlb() {
    return rootTlb;
  }

  /** The guest TLB. */
  public Tlb guestTlb() {
    return guestTlb;
  }

  /**
   * Drops all remembered translations: after permissions or mappings outside the core have changed.
   */
  public void flushTranslations() {
    mmu.flush();
    codeLost();
  }

  /** Clears LLbit, as ERET does. */
  public void clearLink() {
    linked = false;
  }

  // --- for the rest of the core

  /**
   * Decoded or translated instructions were dropped: the engine must not go on with what it holds.
   */
  void codeLost() {
    lost = true;
    limit = 0;
  }

  /** The instruction at pc accessed what the fast path will never reach. */
  void accessedDevice() {
    if (codePage.accessedDevice(pc)) {
      slowPage = codePage;
      slowIndex = CodePage.index(pc);
    }
  }

  /** Makes {@link Cpu#run} look again at what it has to do before the next instruction. */
  void leaveEngine() {
    limit = 0;
  }

  boolean inDelaySlot() {
    return delaySlot == n;
  }

  /** Where to go on after an exception at pc: at the branch if pc is its delay slot. */
  int restart(boolean slot) {
    if (!slot) {
      return pc;
    }
    return (pc & 1) == 0 ? pc - 4 : branchPc;
  }

  /** The instruction at pc, for BadInstr. */
  int currentWord() {
    return inLowBits(pc, instructionAt(pc));
  }

  /** The branch before the delay slot at pc, for BadInstrP. */
  int previousWord() {
    int branch = restart(true);
    boolean known = ((pc ^ branch) & SoftTlb.PAGE) == 0 || fetchable(branch);
    return known ? inLowBits(branch, instructionAt(branch)) : 0;
  }

  private static int inLowBits(int va, int word) {
    return (va & 1) != 0 && InsnTable.microLength(word) == 2 ? word >>> 16 : word;
  }

  /**
   * The instruction at {@code va}, which lies in {@link #codePage}; in microMIPS left-aligned, as
   * {@link CodePage#word} gives it, with both halves where they can be fetched.
   */
  int instructionAt(int va) {
    int word = codePage.word(va);
    return (va & 1) != 0 && codePage.straddles(va, word) ? word | secondHalf(va + 1) : word;
  }

  private int secondHalf(int va) {
    try {
      return mmu.fetchHalf(va);
    } catch (CpuException e) {
      return 0;
    }
  }

  /** The address after the instruction at {@code va}, which lies in {@link #codePage}. */
  int following(int va) {
    return va + ((va & 1) == 0 ? 4 : InsnTable.microLength(codePage.word(va)));
  }

  /** The page at {@code va} in its instruction set, if fetches may be remembered there; or null. */
  @Nullable CodePage codeAt(int va) {
    CodePage page = mmu.codeAt(va);
    return page == null ? null : page.view(va);
  }

  /** Whether an instruction can be fetched from {@code va}; then {@link #codePage} holds it. */
  boolean fetchable(int va) {
    try {
      codePage = mmu.fetch(va);
      return true;
    } catch (CpuException e) {
      return false;
    }
  }

  // --- called by the generated engine

  /** Decoded instructions of the page of {@code address}, or what leaves if that is microMIPS. */
  long[] fetchPage(int address) {
    return (address & 1) == 0 ? page(address) : CodePage.OTHER;
  }

  /** Decoded instructions of the page of {@code address}, or what leaves if that is MIPS32. */
  long[] fetchMicroPage(int address) {
    return (address & 1) == 0 ? CodePage.OTHER : page(address);
  }

  /** The microMIPS instruction whose second half lies in the page after {@code address}'s. */
  long straddling(int address) {
    return InsnTable.MIPS32.packMicro(codePage.word(address) | mmu.fetchHalf(address + 1));
  }

  private long[] page(int address) {
    watch.check(address, Watchpoints.FETCH);
    CodePage page = mmu.fetch(address);
    codePage = page;
    return plain ? page.plain : page.code;
  }

  /** The decoded instruction under the start of translated code. */
  long plainWord(int address) {
    int index = CodePage.index(address);
    if (codePage.plain[index] == 0) {
      codePage.decode(address);
    }
    return codePage.plain[index];
  }

  void decode(int address) {
    codePage.decode(address);
  }

  // --- loads and stores: the fast path is a tag compare

  int load8(int va) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    return t.readTag[slot] == (va & 0xFFFF_F000)
        ? t.readMemory[slot][t.readOffset[slot] + (va & 0xFFF)] & 0xFF
        : mmu.load(va, 1);
  }

  int load16(int va) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    return t.readTag[slot] == (va & 0xFFFF_F001)
        ? (short) Memory.HALF.get(t.readMemory[slot], t.readOffset[slot] + (va & 0xFFF)) & 0xFFFF
        : mmu.load(va, 2);
  }

  int load32(int va) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    return t.readTag[slot] == (va & 0xFFFF_F003)
        ? (int) Memory.WORD.get(t.readMemory[slot], t.readOffset[slot] + (va & 0xFFF))
        : mmu.load(va, 4);
  }

  void store8(int va, int value) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] == (va & 0xFFFF_F000)) {
      t.writeMemory[slot][t.writeOffset[slot] + (va & 0xFFF)] = (byte) value;
    } else {
      mmu.store(va, 1, value);
    }
  }

  void store16(int va, int value) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] == (va & 0xFFFF_F001)) {
      Memory.HALF.set(t.writeMemory[slot], t.writeOffset[slot] + (va & 0xFFF), (short) value);
    } else {
      mmu.store(va, 2, value);
    }
  }

  void store32(int va, int value) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] == (va & 0xFFFF_F003)) {
      Memory.WORD.set(t.writeMemory[slot], t.writeOffset[slot] + (va & 0xFFF), value);
    } else {
      mmu.store(va, 4, value);
    }
  }

  // --- rarer accesses

  long load64(int va) {
    if ((va & 7) != 0) {
      throw raise(ExcCode.ADEL).at(va);
    }
    return load32(va) & 0xFFFF_FFFFL | (long) load32(va + 4) << 32;
  }

  void store64(int va, long value) {
    if ((va & 7) != 0) {
      throw raise(ExcCode.ADES).at(va);
    }
    store32(va, (int) value);
    store32(va + 4, (int) (value >>> 32));
  }

  /** LWL and LWR: the word around {@code va}; an exception reports {@code va} itself. */
  int loadAround(int va) {
    mmu.translate(va, Mmu.Access.LOAD);
    return load32(va & ~3);
  }

  /** SWL: the upper bytes of {@code value} up to byte {@code va}. */
  void storeLeft(int va, int value) {
    mmu.translate(va, Mmu.Access.STORE);
    for (int i = 0; i <= (va & 3); i++) {
      store8((va & ~3) + i, value >>> 8 * (3 - (va & 3) + i));
    }
  }

  /** SWR: the lower bytes of {@code value} from byte {@code va} on. */
  void storeRight(int va, int value) {
    mmu.translate(va, Mmu.Access.STORE);
    for (int i = 0; i + (va & 3) < 4; i++) {
      store8(va + i, value >>> 8 * i);
    }
  }

  /**
   * Loads {@code count} words from {@code va} on, all of them or none; valid until the next call.
   */
  int[] loadWords(int va, int count) {
    for (int i = 0; i < count; i++) {
      words[i] = load32(va + 4 * i);
    }
    return words;
  }

  int loadLinked(int va) {
    int value = load32(va);
    linked = true;
    root.put(Cp0Reg.LLADDR, mmu.translate(va, Mmu.Access.LOAD) >>> 4);
    return value;
  }

  int storeConditional(int va, int value) {
    if ((va & 3) != 0) {
      store32(va, value);
    }
    if (!linked) {
      return 0;
    }
    store32(va, value);
    linked = false;
    return 1;
  }

  /** Checks that {@code va} can be read, as CACHE and SYNCI do. */
  void probe(int va) {
    mmu.translate(va, Mmu.Access.LOAD);
  }

  void modifyByte(int va, int clear, int set) {
    store8(va, load8(va) & ~clear | set);
  }
}
