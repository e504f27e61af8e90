package org.vzrig.hypervisor.rt.sched;

import java.util.Arrays;
import java.util.List;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;

/** The root half of a thread that is not running: what an exception left, and how to go on. */
public final class RootContext {
  /** What a later return needs. */
  private static final List<Cp0Reg> LOADED =
      List.of(
          Cp0Reg.CONTEXT,
          Cp0Reg.EPC,
          Cp0Reg.SRSCTL,
          Cp0Reg.GUESTCTL0,
          Cp0Reg.GUESTCTL0EXT,
          Cp0Reg.GUESTCTL1,
          Cp0Reg.GUESTCTL2,
          Cp0Reg.GUESTCTL3,
          Cp0Reg.GTOFFSET,
          Cp0Reg.ENTRYHI,
          Cp0Reg.USERLOCAL,
          Cp0Reg.STATUS);

  /** What is kept for diagnostics only. */
  private static final List<Cp0Reg> SHOWN =
      List.of(Cp0Reg.CAUSE, Cp0Reg.BADVADDR, Cp0Reg.BADINSTR, Cp0Reg.BADINSTRP);

  private final SavedRegisters values = new SavedRegisters();
  private final int[] gprs = new int[32];
  private long accumulator;

  /** A register as it was saved. */
  public int get(Cp0Reg register) {
    return values.get(register);
  }

  /** Changes a saved register. */
  public void set(Cp0Reg register, int value) {
    values.set(register, value);
  }

  /** Changes a saved general register. */
  void gpr(int r, int value) {
    gprs[r] = value;
  }

  void reset() {
    values.clear();
    Arrays.fill(gprs, 0);
    accumulator = 0;
  }

  /**
   * Copies from the core, with general registers from {@code set} unless that is the thread's own.
   */
  void save(Cpu cpu, int set, boolean own) {
    LOADED.forEach(register -> set(register, cpu.root().get(register)));
    SHOWN.forEach(register -> set(register, cpu.root().get(register)));
    accumulator = cpu.accumulator(0);
    if (!own) {
      for (int r = 1; r < gprs.length; r++) {
        gprs[r] = cpu.gpr(set, r);
      }
    }
  }

  /** Copies to the core, with general registers to {@code set} unless that is the thread's own. */
  void load(Cpu cpu, int set, boolean own) {
    LOADED.forEach(register -> cpu.root().set(register, get(register)));
    cpu.accumulator(0, accumulator);
    if (!own) {
      for (int r = 1; r < gprs.length; r++) {
        cpu.gpr(set, r, gprs[r]);
      }
    }
  }
}
