package org.vzrig.hypervisor.rt.sched;

import java.util.Arrays;
import org.vzrig.emulator.cpu.Cp0Reg;

/** CP0 registers of a context that is not in the core. */
final class SavedRegisters {
  private final int[] values = new int[256];

  int get(Cp0Reg register) {
    return values[index(register)];
  }

  void set(Cp0Reg register, int value) {
    values[index(register)] = value;
  }

  void clear() {
    Arrays.fill(values, 0);
  }

  private static int index(Cp0Reg register) {
    return register.number() << 3 | register.select();
  }
}
