package org.vzrig.hypervisor.rt.exit;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Cpu;

/** Where the registers of the core's optional units are. */
final class UnitStates {
  private static final int FPU_REGISTERS = 32;

  private UnitStates() {}

  /**
   * DSPControl and the accumulators 1 to 3; accumulator 0 is HI and LO and belongs to every switch.
   */
  static LazyUnits.State dsp(Cpu cpu) {
    return new LazyUnits.State() {
      @Override
      public Object save() {
        return new long[] {
          cpu.dspControl(), cpu.accumulator(1), cpu.accumulator(2), cpu.accumulator(3)
        };
      }

      @Override
      public void restore(@Nullable Object saved) {
        long[] values = saved == null ? new long[4] : (long[]) saved;
        cpu.dspControl((int) values[0]);
        for (int i = 1; i < values.length; i++) {
          cpu.accumulator(i, values[i]);
        }
      }
    };
  }

  /** The FPU's registers and FCSR, which is at first what it is now. */
  static LazyUnits.State fpu(Cpu cpu) {
    int fcsr = cpu.fcsr();
    return new LazyUnits.State() {
      @Override
      public Object save() {
        long[] values = new long[FPU_REGISTERS + 1];
        for (int i = 0; i < FPU_REGISTERS; i++) {
          values[i] = cpu.fpuRegister(i);
        }
        values[FPU_REGISTERS] = cpu.fcsr();
        return values;
      }

      @Override
      public void restore(@Nullable Object saved) {
        long[] values = saved == null ? new long[FPU_REGISTERS + 1] : (long[]) saved;
        for (int i = 0; i < FPU_REGISTERS; i++) {
          cpu.fpuRegister(i, values[i]);
        }
        cpu.fcsr(saved == null ? fcsr : (int) values[FPU_REGISTERS]);
      }
    };
  }
}
