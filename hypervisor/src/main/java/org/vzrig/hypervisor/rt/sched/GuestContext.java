package org.vzrig.hypervisor.rt.sched;

import java.util.List;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.cpu.Tlb;
import org.vzrig.emulator.cpu.TlbEntry;

/**
 * The guest half of CP0 of a thread that is not running.
 *
 * <p>Only wired entries of the guest TLB are kept; the others stay where they are, tagged with the
 * guest's id, until another guest needs their place.
 */
public final class GuestContext {
  /** In the order in which they are loaded. */
  private static final List<Cp0Reg> KEPT =
      List.of(
          Cp0Reg.INDEX,
          Cp0Reg.ENTRYHI,
          Cp0Reg.ENTRYLO0,
          Cp0Reg.ENTRYLO1,
          Cp0Reg.PAGEMASK,
          Cp0Reg.PAGEGRAIN,
          Cp0Reg.WIRED,
          Cp0Reg.CONTEXT,
          Cp0Reg.USERLOCAL,
          Cp0Reg.HWRENA,
          Cp0Reg.BADVADDR,
          Cp0Reg.BADINSTR,
          Cp0Reg.BADINSTRP,
          Cp0Reg.STATUS,
          Cp0Reg.INTCTL,
          Cp0Reg.EPC,
          Cp0Reg.NESTEDEXC,
          Cp0Reg.NESTEDEPC,
          Cp0Reg.EBASE,
          Cp0Reg.ERROREPC,
          Cp0Reg.KSCRATCH0,
          Cp0Reg.KSCRATCH1,
          Cp0Reg.COMPARE,
          Cp0Reg.CAUSE);

  private final SavedRegisters values = new SavedRegisters();
  private TlbEntry[] wired = {};

  /** A register as it was saved. */
  public int get(Cp0Reg register) {
    return values.get(register);
  }

  /** Changes a saved register. */
  public void set(Cp0Reg register, int value) {
    values.set(register, value);
  }

  /** All registers 0, nothing wired. */
  void reset() {
    values.clear();
    wired = new TlbEntry[0];
  }

  /** Copies the guest context of the core into this block. */
  void save(Cpu cpu) {
    for (Cp0Reg register : KEPT) {
      set(register, cpu.guest().get(register));
    }
    wired = new TlbEntry[Math.min(get(Cp0Reg.WIRED), Tlb.SIZE)];
    for (int i = 0; i < wired.length; i++) {
      wired[i] = cpu.guestTlb().entry(i);
    }
  }

  /** Copies this block into the guest context of the core. */
  void load(Cpu cpu) {
    for (int i = 0; i < wired.length; i++) {
      cpu.guestTlb().write(i, wired[i]);
    }
    for (Cp0Reg register : KEPT) {
      cpu.guest().set(register, get(register));
    }
  }
}
