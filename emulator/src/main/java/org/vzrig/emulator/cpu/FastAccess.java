package org.vzrig.emulator.cpu;

import org.vzrig.emulator.bus.Memory;

/**
 * Loads and stores of translated code: what the soft TLB remembers, and nothing else. Whatever
 * needs more makes the code leave its region at that instruction, for the interpreter to execute
 * it; so nothing that translated code holds in locals can change under it, and the JIT keeps it in
 * registers.
 */
final class FastAccess {
  /** Thrown where the fast way does not do; the handler is in the same compiled method. */
  static final CpuException LEAVE = new CpuException();

  private FastAccess() {}

  static int load8(Cpu cpu, int va) {
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] == (va & 0xFFFF_F000)) {
      return t.readMemory[slot][t.readOffset[slot] + (va & 0xFFF)] & 0xFF;
    }
    throw LEAVE;
  }

  static int load16(Cpu cpu, int va) {
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] == (va & 0xFFFF_F001)) {
      return (short) Memory.HALF.get(t.readMemory[slot], t.readOffset[slot] + (va & 0xFFF))
          & 0xFFFF;
    }
    throw LEAVE;
  }

  static int load32(Cpu cpu, int va) {
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] == (va & 0xFFFF_F003)) {
      return (int) Memory.WORD.get(t.readMemory[slot], t.readOffset[slot] + (va & 0xFFF));
    }
    throw LEAVE;
  }

  static long load64(Cpu cpu, int va) {
    if ((va & 7) != 0) {
      throw LEAVE;
    }
    return load32(cpu, va) & 0xFFFF_FFFFL | (long) load32(cpu, va + 4) << 32;
  }

  static void store8(Cpu cpu, int va, int value) {
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & 0xFFFF_F000)) {
      throw LEAVE;
    }
    t.writeMemory[slot][t.writeOffset[slot] + (va & 0xFFF)] = (byte) value;
  }

  static void store16(Cpu cpu, int va, int value) {
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & 0xFFFF_F001)) {
      throw LEAVE;
    }
    Memory.HALF.set(t.writeMemory[slot], t.writeOffset[slot] + (va & 0xFFF), (short) value);
  }

  static void store32(Cpu cpu, int va, int value) {
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & 0xFFFF_F003)) {
      throw LEAVE;
    }
    Memory.WORD.set(t.writeMemory[slot], t.writeOffset[slot] + (va & 0xFFF), value);
  }

  static void store64(Cpu cpu, int va, long value) {
    if ((va & 7) != 0) {
      throw LEAVE;
    }
    store32(cpu, va, (int) value);
    store32(cpu, va + 4, (int) (value >>> 32));
  }
}
