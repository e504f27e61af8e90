package org.vzrig.hypervisor.rt.exit;

import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;
import static org.vzrig.emulator.cpu.Cp0Reg.STATUS;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * FPU and DSP registers change hands only when a thread uses them: its first instruction stops, the
 * unit is handed over, and the instruction runs again.
 */
final class LazyUnits {
  /** The registers of a unit. */
  interface State {
    /** A copy of the registers. */
    Object save();

    /** Sets the registers to a copy, or to what a thread starts with. */
    void restore(@Nullable Object saved);
  }

  /** A unit with its owner. */
  private static final class Unit {
    private final int enable;
    private final State state;
    private final Map<Integer, Object> saved = new HashMap<>();
    private @Nullable VmThread owner;

    Unit(int enable, State state) {
      this.enable = enable;
      this.state = state;
    }

    void handOver(VmThread thread) {
      if (owner == thread) {
        return;
      }
      if (owner != null) {
        saved.put(owner.id(), state.save());
      }
      state.restore(saved.get(thread.id()));
      owner = thread;
    }

    void forget(VmThread thread) {
      saved.remove(thread.id());
      owner = owner == thread ? null : owner;
    }
  }

  private final Core core;
  private final Unit fpu;
  private final Unit dsp;

  LazyUnits(Core core, State fpuState, State dspState) {
    this.core = core;
    fpu = new Unit(Bits.STATUS_CU1 | Bits.STATUS_FR, fpuState);
    dsp = new Unit(Bits.STATUS_MX, dspState);
  }

  /** A coprocessor is not usable: only the FPU can be lent. */
  void coprocessor(VmThread thread) {
    if (Bits.coprocessor(core.root(CAUSE)) != 1 || (core.root(STATUS) & Bits.STATUS_CU1) != 0) {
      throw new GuestFault("CUx exception");
    }
    lend(fpu, thread);
  }

  /** DSP instructions are disabled. */
  void dsp(VmThread thread) {
    if ((core.root(STATUS) & Bits.STATUS_MX) != 0) {
      throw new GuestFault("Unexpect type of exception");
    }
    lend(dsp, thread);
  }

  private void lend(Unit unit, VmThread thread) {
    core.root().set(STATUS, core.root(STATUS) | unit.enable);
    unit.handOver(thread);
  }

  /** The thread starts anew and has no registers of its own yet. */
  void forget(VmThread thread) {
    fpu.forget(thread);
    dsp.forget(thread);
  }
}
