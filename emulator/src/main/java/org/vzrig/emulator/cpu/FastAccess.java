package org.vzrig.emulator.cpu;

import org.vzrig.emulator.bus.Memory;

/**
 * Loads and stores of translated code: what a window or the soft TLB remembers, and nothing else.
 * Whatever needs more makes the code leave its region at that instruction, for the interpreter to
 * execute it; so nothing that translated code holds in locals can change under it, and the JIT
 * keeps it in registers.
 *
 * <p>Where there are few accesses, nothing may be a call that the JIT does not inline: after one,
 * it loads the windows again in every turn of a loop, which takes twice the time. Where there are
 * many, the fields of the windows are locals of the code ({@link WindowLocals}), and what misses
 * them is such a call.
 */
final class FastAccess {
  /** Thrown where the fast way does not do; the handler is in the same compiled method. */
  static final CpuException LEAVE = new CpuException();

  private FastAccess() {}

  /** For {@link Fpu#inexact}: leaves where more than Cause would change. */
  static void inexact(Fpu fpu, double error) {
    if (!fpu.onlyCause(error)) {
      throw LEAVE;
    }
  }

  static int load8(int va, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    return at + Integer.MIN_VALUE < size + Integer.MIN_VALUE
        ? memory[at + offset] & 0xFF
        : load8(cpu, va);
  }

  static int load8(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE) {
      return w.memory[at + w.offset] & 0xFF;
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] != (va & SoftTlb.PAGE)) {
      throw LEAVE;
    }
    return t.readMemory[slot][t.readOffset[slot] + (va & 0xFFF)] & 0xFF;
  }

  static int load16(int va, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    return at + Integer.MIN_VALUE < size + Integer.MIN_VALUE && (va & 1) == 0
        ? (short) Memory.HALF.get(memory, at + offset) & 0xFFFF
        : load16(cpu, va);
  }

  static int load16(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 1) == 0) {
      return (short) Memory.HALF.get(w.memory, at + w.offset) & 0xFFFF;
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] != (va & (SoftTlb.PAGE | 1))) {
      throw LEAVE;
    }
    int offset = t.readOffset[slot] + (va & 0xFFF);
    return (short) Memory.HALF.get(t.readMemory[slot], offset) & 0xFFFF;
  }

  static int load32(int va, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    return at + Integer.MIN_VALUE < size + Integer.MIN_VALUE && (va & 3) == 0
        ? (int) Memory.WORD.get(memory, at + offset)
        : load32(cpu, va);
  }

  static int load32(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 3) == 0) {
      return (int) Memory.WORD.get(w.memory, at + w.offset);
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] != (va & (SoftTlb.PAGE | 3))) {
      throw LEAVE;
    }
    int offset = t.readOffset[slot] + (va & 0xFFF);
    return (int) Memory.WORD.get(t.readMemory[slot], offset);
  }

  static long load64(int va, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    return at + Integer.MIN_VALUE < size + Integer.MIN_VALUE && (va & 7) == 0
        ? (long) Memory.DOUBLE_WORD.get(memory, at + offset)
        : load64(cpu, va);
  }

  static long load64(Cpu cpu, int va) {
    Window w = cpu.soft.read;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 7) == 0) {
      return (long) Memory.DOUBLE_WORD.get(w.memory, at + w.offset);
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.readTag[slot] != (va & (SoftTlb.PAGE | 7))) {
      throw LEAVE;
    }
    int offset = t.readOffset[slot] + (va & 0xFFF);
    return (long) Memory.DOUBLE_WORD.get(t.readMemory[slot], offset);
  }

  static void store8(int va, int value, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    if (at + Integer.MIN_VALUE < size + Integer.MIN_VALUE) {
      memory[at + offset] = (byte) value;
    } else {
      store8(cpu, va, value);
    }
  }

  static void store8(Cpu cpu, int va, int value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE) {
      w.memory[at + w.offset] = (byte) value;
      return;
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & SoftTlb.PAGE)) {
      throw LEAVE;
    }
    t.writeMemory[slot][t.writeOffset[slot] + (va & 0xFFF)] = (byte) value;
  }

  static void store16(int va, int value, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    if (at + Integer.MIN_VALUE < size + Integer.MIN_VALUE && (va & 1) == 0) {
      Memory.HALF.set(memory, at + offset, (short) value);
    } else {
      store16(cpu, va, value);
    }
  }

  static void store16(Cpu cpu, int va, int value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 1) == 0) {
      Memory.HALF.set(w.memory, at + w.offset, (short) value);
      return;
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & (SoftTlb.PAGE | 1))) {
      throw LEAVE;
    }
    int offset = t.writeOffset[slot] + (va & 0xFFF);
    Memory.HALF.set(t.writeMemory[slot], offset, (short) value);
  }

  static void store32(int va, int value, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    if (at + Integer.MIN_VALUE < size + Integer.MIN_VALUE && (va & 3) == 0) {
      Memory.WORD.set(memory, at + offset, value);
    } else {
      store32(cpu, va, value);
    }
  }

  static void store32(Cpu cpu, int va, int value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 3) == 0) {
      Memory.WORD.set(w.memory, at + w.offset, value);
      return;
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & (SoftTlb.PAGE | 3))) {
      throw LEAVE;
    }
    int offset = t.writeOffset[slot] + (va & 0xFFF);
    Memory.WORD.set(t.writeMemory[slot], offset, value);
  }

  static void store64(int va, long value, Cpu cpu, byte[] memory, int start, int size, int offset) {
    int at = (va & Window.SEGMENTS) - start;
    if (at + Integer.MIN_VALUE < size + Integer.MIN_VALUE && (va & 7) == 0) {
      Memory.DOUBLE_WORD.set(memory, at + offset, value);
    } else {
      store64(cpu, va, value);
    }
  }

  static void store64(Cpu cpu, int va, long value) {
    Window w = cpu.soft.write;
    int at = (va & Window.SEGMENTS) - w.start;
    if (at + Integer.MIN_VALUE < w.size + Integer.MIN_VALUE && (va & 7) == 0) {
      Memory.DOUBLE_WORD.set(w.memory, at + w.offset, value);
      return;
    }
    SoftTlb t = cpu.soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] != (va & (SoftTlb.PAGE | 7))) {
      throw LEAVE;
    }
    int offset = t.writeOffset[slot] + (va & 0xFFF);
    Memory.DOUBLE_WORD.set(t.writeMemory[slot], offset, value);
  }
}
