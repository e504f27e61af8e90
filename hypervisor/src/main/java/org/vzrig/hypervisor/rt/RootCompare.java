package org.vzrig.hypervisor.rt;

import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.sched.Timers;

/** Root's Count and Compare. */
final class RootCompare implements Timers.CompareRegister {
  private final Core core;

  RootCompare(Core core) {
    this.core = core;
  }

  @Override
  public int count() {
    return core.count();
  }

  @Override
  public void compare(int value) {
    core.root().write(Cp0Reg.COMPARE, value);
  }
}
