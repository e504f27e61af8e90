package org.vzrig.hypervisor.rt.exit;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Cpu;

/** Where the registers of the core's optional units are. */
final class UnitStates {
  private UnitStates() {}

  /** The DSP's accumulators 1 to 3; accumulator 0 is HI and LO and belongs to every switch. */
  static LazyUnits.State dsp(Cpu cpu) {
    return new LazyUnits.State() {
      @Override
      public Object save() {
        return new long[] {cpu.accumulator(1), cpu.accumulator(2), cpu.accumulator(3)};
      }

      @Override
      public void restore(@Nullable Object saved) {
        long[] values = saved == null ? new long[3] : (long[]) saved;
        for (int i = 0; i < values.length; i++) {
          cpu.accumulator(i + 1, values[i]);
        }
      }
    };
  }

  /** The FPU's registers; a core without FPU has none. */
  static LazyUnits.State fpu() {
    return new LazyUnits.State() {
      @Override
      public Object save() {
        return new long[0];
      }

      @Override
      public void restore(@Nullable Object saved) {
        // nothing to restore where there are no registers
      }
    };
  }
}
