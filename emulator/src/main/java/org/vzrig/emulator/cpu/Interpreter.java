package org.vzrig.emulator.cpu;

/**
 * An engine that executes decoded instructions one after the other; its code is generated from the
 * table.
 */
interface Interpreter {
  /**
   * Executes from {@code cpu.pc} until {@code cpu.n} reaches {@code cpu.limit}, or an instruction
   * changes what the engine keeps in locals. Never stops between a branch and its delay slot.
   *
   * @throws CpuException with {@code cpu.pc} and {@code cpu.n} at the instruction that raised it
   */
  void run(Cpu cpu);
}
