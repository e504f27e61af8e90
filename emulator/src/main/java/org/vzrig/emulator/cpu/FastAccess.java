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
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE) {
      return w.memory[at + w.offset] & 0xFF;
    }
    int slot = readSlot(cpu, va, 0);
    return cpu.soft.readMemory[slot][cpu.soft.readOffset[slot] + (va & 0xFFF)] & 0xFF;
  }

  static int load16(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 1) == 0) {
      return (short) Memory.HALF.get(w.memory, at + w.offset) & 0xFFFF;
    }
    int slot = readSlot(cpu, va, 1);
    int offset = cpu.soft.readOffset[slot] + (va & 0xFFF);
    return (short) Memory.HALF.get(cpu.soft.readMemory[slot], offset) & 0xFFFF;
  }

  static int load32(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 3) == 0) {
      return (int) Memory.WORD.get(w.memory, at + w.offset);
    }
    int slot = readSlot(cpu, va, 3);
    int offset = cpu.soft.readOffset[slot] + (va & 0xFFF);
    return (int) Memory.WORD.get(cpu.soft.readMemory[slot], offset);
  }

  static long load64(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 7) == 0) {
      return (long) Memory.DOUBLE_WORD.get(w.memory, at + w.offset);
    }
    int slot = readSlot(cpu, va, 7);
    int offset = cpu.soft.readOffset[slot] + (va & 0xFFF);
    return (long) Memory.DOUBLE_WORD.get(cpu.soft.readMemory[slot], offset);
  }

  private static int readSlot(Cpu cpu, int va, int alignment) {
    int slot = SoftTlb.slot(va);
    if (cpu.soft.readTag[slot] != (va & (SoftTlb.PAGE | alignment))) {
      throw LEAVE;
    }
    return slot;
  }

  static void store8(Cpu cpu, int va, int value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE) {
      w.memory[at + w.offset] = (byte) value;
      return;
    }
    int slot = writeSlot(cpu, va, 0);
    cpu.soft.writeMemory[slot][cpu.soft.writeOffset[slot] + (va & 0xFFF)] = (byte) value;
  }

  static void store16(Cpu cpu, int va, int value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 1) == 0) {
      Memory.HALF.set(w.memory, at + w.offset, (short) value);
      return;
    }
    int slot = writeSlot(cpu, va, 1);
    int offset = cpu.soft.writeOffset[slot] + (va & 0xFFF);
    Memory.HALF.set(cpu.soft.writeMemory[slot], offset, (short) value);
  }

  static void store32(Cpu cpu, int va, int value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 3) == 0) {
      Memory.WORD.set(w.memory, at + w.offset, value);
      return;
    }
    int slot = writeSlot(cpu, va, 3);
    int offset = cpu.soft.writeOffset[slot] + (va & 0xFFF);
    Memory.WORD.set(cpu.soft.writeMemory[slot], offset, value);
  }

  static void store64(Cpu cpu, int va, long value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 7) == 0) {
      Memory.DOUBLE_WORD.set(w.memory, at + w.offset, value);
      return;
    }
    int slot = writeSlot(cpu, va, 7);
    int offset = cpu.soft.writeOffset[slot] + (va & 0xFFF);
    Memory.DOUBLE_WORD.set(cpu.soft.writeMemory[slot], offset, value);
  }

  private static int writeSlot(Cpu cpu, int va, int alignment) {
    int slot = SoftTlb.slot(va);
    if (cpu.soft.writeTag[slot] != (va & (SoftTlb.PAGE | alignment))) {
      throw LEAVE;
    }
    return slot;
  }
}
