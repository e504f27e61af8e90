package org.vzrig.hypervisor.rt.core;

import static org.vzrig.emulator.cpu.Cp0Reg.BADINSTR;
import static org.vzrig.emulator.cpu.Cp0Reg.BADINSTRP;
import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;
import static org.vzrig.emulator.cpu.Cp0Reg.COUNT;
import static org.vzrig.emulator.cpu.Cp0Reg.EPC;
import static org.vzrig.emulator.cpu.Cp0Reg.SRSCTL;

import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.cpu.Cp0;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;

/** The core as root software uses it while a thread is stopped in an exception. */
public final class Core {
  private final Cpu cpu;
  private final CpuBus bus;

  /** Root's view of {@code cpu}, with physical memory through {@code bus}. */
  public Core(Cpu cpu, CpuBus bus) {
    this.cpu = cpu;
    this.bus = bus;
  }

  /** The core itself. */
  public Cpu cpu() {
    return cpu;
  }

  /** Root context. */
  public Cp0 root() {
    return cpu.root();
  }

  /** Guest context. */
  public Cp0 guest() {
    return cpu.guest();
  }

  /** A root register. */
  public int root(Cp0Reg register) {
    return cpu.root().get(register);
  }

  /** A guest register. */
  public int guest(Cp0Reg register) {
    return cpu.guest().get(register);
  }

  /** Root Count now. */
  public int count() {
    return cpu.root().read(COUNT);
  }

  /** Register {@code r} of the thread that was stopped (its shadow set is SRSCtl.PSS). */
  public int gpr(int r) {
    return cpu.gpr(shadowSet(), r);
  }

  /** Sets register {@code r} of the thread that was stopped; register 0 stays 0. */
  public void gpr(int r, int value) {
    if (r != 0) {
      cpu.gpr(shadowSet(), r, value);
    }
  }

  private int shadowSet() {
    return root(SRSCTL) >>> Bits.SRSCTL_PSS_SHIFT & 0xF;
  }

  /** The instruction that caused the exception. */
  public int badInstr() {
    return root(BADINSTR);
  }

  /** Where the thread goes on after the instruction that was stopped, its branch done for it. */
  public int nextPc() {
    int epc = root(EPC);
    return (root(CAUSE) & Bits.CAUSE_BD) == 0
        ? epc + 4
        : Branches.target(root(BADINSTRP), epc, this::gpr, cpu.fcsr(), cpu.dspControl());
  }

  /** Moves the thread past the instruction that was stopped. */
  public void skip() {
    root().set(EPC, nextPc());
  }

  /** Reads a word at a physical address; the caller answers for a bus error. */
  public int read(int pa) {
    return bus.read(pa, 4);
  }

  /** Writes a word at a physical address; the caller answers for a bus error. */
  public void write(int pa, int value) {
    bus.write(pa, 4, value);
  }

  /** The chip's bus, for accesses of other sizes. */
  public CpuBus bus() {
    return bus;
  }
}
