package org.vzrig.emulator.machine;

import java.util.Arrays;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.cpu.Cp0;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;

/** What two machines that run in lock step have to have in common. */
final class MachineState {
  private static final int SETS = 8;
  private static final int REGISTERS = 32;
  private static final int ACCUMULATORS = 4;

  private final Cpu a;
  private final Cpu b;
  private final StringBuilder text = new StringBuilder();
  private boolean differs;

  private MachineState(Machine first, Machine second) {
    a = first.cpu();
    b = second.cpu();
  }

  /** Both states side by side, what differs marked with an asterisk; empty when nothing differs. */
  static String difference(Machine first, Machine second) {
    if (same(first, second)) {
      return "";
    }
    MachineState state = new MachineState(first, second);
    state.describe(first, second);
    return state.text.toString();
  }

  private static boolean same(Machine first, Machine second) {
    MachineState state = new MachineState(first, second);
    state.registers();
    return !state.differs && mismatch(first, second) < 0;
  }

  private static int mismatch(Machine first, Machine second) {
    return Arrays.mismatch(ram(first), ram(second));
  }

  private static byte[] ram(Machine machine) {
    Memory ram = machine.bus().mapped(0);
    return ram == null ? new byte[0] : ram.bytes;
  }

  private void describe(Machine first, Machine second) {
    text.append("    %-16s %16s %16s%n".formatted("", "translator", "interpreter"));
    registers();
    int at = mismatch(first, second);
    if (at >= 0) {
      row("RAM %08X".formatted(at), ram(first)[at], ram(second)[at]);
    }
  }

  private void registers() {
    row("cycles", a.cycles(), b.cycles());
    row("pc", a.pc(), b.pc());
    for (int set = 0; set < SETS; set++) {
      for (int r = 1; r < REGISTERS; r++) {
        row("set " + set, r, a.gpr(set, r), b.gpr(set, r));
      }
    }
    for (int i = 0; i < ACCUMULATORS; i++) {
      row("ac", i, a.accumulator(i), b.accumulator(i));
    }
    for (int i = 0; i < REGISTERS; i++) {
      row("f", i, a.fpuRegister(i), b.fpuRegister(i));
    }
    row("FCSR", a.fcsr(), b.fcsr());
    row("DSPControl", a.dspControl(), b.dspControl());
    cp0("", a.root(), b.root());
    cp0("guest ", a.guest(), b.guest());
  }

  private void cp0(String prefix, Cp0 first, Cp0 second) {
    for (Cp0Reg reg : Cp0Reg.values()) {
      row(prefix, reg, first.get(reg), second.get(reg));
    }
  }

  private void row(String prefix, Object name, long first, long second) {
    boolean always = prefix.equals("set 0") || prefix.isEmpty();
    if (first != second || always) {
      row(prefix.equals("set 0") ? "r" + name : prefix + " " + name, first, second);
    }
  }

  private void row(String name, long first, long second) {
    differs |= first != second;
    if (!text.isEmpty()) {
      String mark = first == second ? " " : "*";
      text.append("  %s %-16s %16X %16X%n".formatted(mark, name, first, second));
    }
  }
}
