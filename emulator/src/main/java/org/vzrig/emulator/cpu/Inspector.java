package org.vzrig.emulator.cpu;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Registers and addresses of root and guests as a debugger sees them: looking has no side effects.
 * Belongs to the machine thread.
 */
public final class Inspector {
  private static final int PHYSICAL = 0x1FFF_FFFF;

  private final Cpu cpu;

  /** Looks into {@code cpu}. */
  public Inspector(Cpu cpu) {
    this.cpu = cpu;
  }

  /** GuestID in guest mode, else {@link CoreObserver#ROOT}. */
  public int context() {
    return cpu.probe.context();
  }

  /** Shadow set that {@code context} uses: a guest that does not execute has the set of its id. */
  public int shadowSet(int context) {
    if (context == context()) {
      return cpu.currentSet();
    }
    return context == CoreObserver.ROOT ? cpu.root.get(Cp0Reg.SRSCTL) & 7 : context;
  }

  /** A floating-point register, all 64 bits; with Status.FR = 0 an even one holds a pair. */
  public long fpr(int f) {
    return cpu.fpu.reg[f];
  }

  /** Sets a floating-point register. */
  public void fpr(int f, long value) {
    cpu.fpu.reg[f] = value;
  }

  /** The control and status register of the FPU. */
  public int fcsr() {
    return cpu.fpu.fcsr();
  }

  /** The implementation register of the FPU. */
  public int fir() {
    return Fpu.FIR;
  }

  /**
   * The guest physical address of {@code va} in guest {@code context}; mapped segments only while
   * that guest executes.
   */
  public OptionalInt guestPhysical(int context, int va) {
    if (va >>> 30 == 2) {
      return OptionalInt.of(va & PHYSICAL);
    }
    return context == context()
        ? lookUp(cpu.guest, cpu.guestTlb, va, context)
        : OptionalInt.empty();
  }

  /** The physical address that root's TLB gives to a guest physical address. */
  public OptionalInt physicalOfGuest(int context, int guestPhysical) {
    return lookUp(cpu.root, cpu.rootTlb, guestPhysical, context);
  }

  /** The physical address of {@code va} in root mode. */
  public OptionalInt physicalOfRoot(int va) {
    boolean error = va >= 0 && cpu.root.has(Cp0Reg.STATUS, Status.ERL);
    if (va >>> 30 == 2 || error) {
      return OptionalInt.of(error ? va : va & PHYSICAL);
    }
    return lookUp(cpu.root, cpu.rootTlb, va, 0);
  }

  private static OptionalInt lookUp(Cp0 cp0, Tlb tlb, int va, int guestId) {
    @Nullable TlbEntry entry = tlb.find(va, cp0.get(Cp0Reg.ENTRYHI) & 0xFF, guestId);
    if (entry == null || (entry.half(va) & TlbEntry.V) == 0) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(entry.physical(entry.half(va), va, cp0.smallPages() ? 4 : 6));
  }
}
