package org.vzrig.emulator.cpu;

import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The TLB instructions over one TLB with the registers of one context: TLBR, TLBWI, TLBWR, TLBP,
 * TLBINV, TLBINVF in root and in guest mode, and their TLBG forms, which use the guest's registers
 * and GuestCtl1.RID.
 */
final class TlbPort {
  private final Tlb tlb;
  private final Cp0 cp0;
  private final IntSupplier guestId;
  private final @Nullable IntConsumer entryGuestId;

  /** The guest's own instructions: entries of other GuestIDs read as invalid. */
  TlbPort(Tlb tlb, Cp0 cp0, IntSupplier guestId) {
    this.tlb = tlb;
    this.cp0 = cp0;
    this.guestId = guestId;
    entryGuestId = null;
  }

  /**
   * Root's instructions.
   *
   * @param guestId GuestID that entries are written and looked for with
   * @param entryGuestId told the GuestID of an entry that TLBR has read
   */
  TlbPort(Tlb tlb, Cp0 cp0, IntSupplier guestId, IntConsumer entryGuestId) {
    this.tlb = tlb;
    this.cp0 = cp0;
    this.guestId = guestId;
    this.entryGuestId = entryGuestId;
  }

  void read() {
    TlbEntry e = tlb.entry(cp0.get(Cp0Reg.INDEX) & Tlb.SIZE - 1);
    if (entryGuestId != null) {
      entryGuestId.accept(e.guestId());
    } else if (e.guestId() != guestId.getAsInt()) {
      e = TlbEntry.INVALID;
    }
    cp0.set(Cp0Reg.ENTRYHI, e.hi());
    cp0.set(Cp0Reg.ENTRYLO0, e.lo0());
    cp0.set(Cp0Reg.ENTRYLO1, e.lo1());
    cp0.set(Cp0Reg.PAGEMASK, cp0.smallPages() ? e.mask() : e.mask() & ~TlbEntry.MASKX);
  }

  void writeIndexed() {
    tlb.write(cp0.get(Cp0Reg.INDEX) & Tlb.SIZE - 1, entry());
  }

  void writeRandom() {
    tlb.write(cp0.read(Cp0Reg.RANDOM), entry());
  }

  private TlbEntry entry() {
    int hi = cp0.get(Cp0Reg.ENTRYHI);
    int pageMask = cp0.get(Cp0Reg.PAGEMASK);
    TlbEntry e =
        TlbEntry.of(
            hi, cp0.get(Cp0Reg.ENTRYLO0), cp0.get(Cp0Reg.ENTRYLO1), pageMask, guestId.getAsInt());
    return cp0.smallPages()
        ? new TlbEntry(hi & ~pageMask, e.lo0(), e.lo1(), pageMask, e.guestId())
        : e;
  }

  void probe() {
    int hi = cp0.get(Cp0Reg.ENTRYHI);
    int index = tlb.indexOf(hi & 0xFFFF_F800, hi & 0xFF, guestId.getAsInt());
    cp0.set(Cp0Reg.INDEX, index < 0 ? 1 << 31 | cp0.get(Cp0Reg.INDEX) : index);
  }

  /** TLBINV (entries of the current ASID that are not global) or TLBINVF (all of the GuestID). */
  void invalidate(boolean all) {
    int asid = cp0.get(Cp0Reg.ENTRYHI) & 0xFF;
    for (int i = 0; i < Tlb.SIZE; i++) {
      TlbEntry e = tlb.entry(i);
      boolean mine = all || (e.lo0() & TlbEntry.G) == 0 && (e.hi() & 0xFF) == asid;
      if (mine && e.guestId() == guestId.getAsInt()) {
        tlb.write(
            i, new TlbEntry(e.hi() | TlbEntry.EHINV, e.lo0(), e.lo1(), e.mask(), e.guestId()));
      }
    }
  }
}
