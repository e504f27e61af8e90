package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.Sfr;
import org.vzrig.emulator.time.EventQueue;

/**
 * A core with 512 KiB of RAM at 0, 128 KiB of boot flash at 1FC00000 and a scratch device register
 * at 1F800000.
 */
final class TestCore implements CpuBus, CoreLines {
  static final int BOOT = 0xBFC0_0000;
  static final int RAM = 0xA000_0000;

  final Memory ram = new Memory("RAM", 512 * 1024, 0);
  final Memory boot = new Memory("BFM", 128 * 1024, 0xFF);
  final EventQueue events = new EventQueue();
  final Cpu cpu = new Cpu(this, events, this);
  int device;
  boolean timerLine;
  boolean performanceLine;

  TestCore() {
    events.onEarlier(cpu::kick);
  }

  /** Puts a program at a KSEG address. */
  TestCore at(int va, Asm program) {
    int pa = va & 0x1FFF_FFFF;
    for (int i = 0; i < program.words().size(); i++) {
      memoryAt(pa).store(offset(pa) + 4 * i, 4, program.words().get(i));
    }
    return this;
  }

  /** Puts a microMIPS program at a KSEG address. */
  TestCore at(int va, MicroAsm program) {
    int pa = va & 0x1FFF_FFFF;
    byte[] bytes = program.bytes();
    for (int i = 0; i < bytes.length; i++) {
      memoryAt(pa).store(offset(pa) + i, 1, bytes[i]);
    }
    return this;
  }

  TestCore run(long cycles) {
    long end = cpu.cycles() + cycles;
    while (cpu.cycles() < end) {
      cpu.run(Math.min(end, events.nextDeadline()));
      events.fireDue(cpu.cycles());
    }
    return this;
  }

  int r(int register) {
    return cpu.gpr(cpu.currentSet(), register);
  }

  int root(Cp0Reg reg) {
    return cpu.root().get(reg);
  }

  int guest(Cp0Reg reg) {
    return cpu.guest().get(reg);
  }

  private Memory memoryAt(int pa) {
    Memory memory = memory(pa);
    if (memory == null) {
      throw new IllegalArgumentException(Integer.toHexString(pa));
    }
    return memory;
  }

  @Override
  public @Nullable Memory memory(int pa) {
    if (Integer.compareUnsigned(pa, ram.size()) < 0) {
      return ram;
    }
    return pa >= 0x1FC0_0000 && pa < 0x1FC0_0000 + boot.size() ? boot : null;
  }

  @Override
  public int offset(int pa) {
    return pa < ram.size() ? pa : pa - 0x1FC0_0000;
  }

  @Override
  public @Nullable Sfr module(int pa) {
    return null;
  }

  @Override
  public boolean writable(int pa) {
    return Integer.compareUnsigned(pa, ram.size()) < 0;
  }

  @Override
  public int read(int pa, int size) {
    if (pa == 0x1F80_0000) {
      return device;
    }
    Memory memory = memory(pa);
    if (memory == null) {
      throw BusError.INSTANCE;
    }
    return memory.load(offset(pa), size);
  }

  @Override
  public void write(int pa, int size, int value) {
    if (pa != 0x1F80_0000) {
      throw BusError.INSTANCE;
    }
    device = value;
  }

  @Override
  public void timer(boolean active) {
    timerLine = active;
    cpu.request(active ? 5 : 0, 0x200, 0);
  }

  @Override
  public void software(int n, boolean active) {}

  @Override
  public void performanceCounter(boolean active) {
    performanceLine = active;
  }

  /** Puts a handler where exceptions go to after reset that goes on after the instruction. */
  void skipWhatRaises() {
    at(
        0xBFC0_0380,
        new Asm()
            .mfc0(26, Cp0Reg.EPC)
            .op("addiu", 's', 26, 't', 26, 'i', 4)
            .mtc0(26, Cp0Reg.EPC)
            .op("eret"));
  }
}
