package org.vzrig.emulator.cpu;

/**
 * One dual entry of a TLB.
 *
 * @param hi EntryHi: VPN2 31:13 (12:11 for 1 KiB pages), EHINV 10, ASID 7:0
 * @param lo0 EntryLo0 of the even page: RI 31, XI 30, PFN 25:6, C 5:3, D 2, V 1, G 0 (set when both
 *     halves had it)
 * @param lo1 EntryLo1 of the odd page
 * @param mask PageMask 28:11, where bits 12:11 are set unless the pages are of 1 KiB
 * @param guestId GuestID 0 to 7 that the entry belongs to; 0 is root
 */
public record TlbEntry(int hi, int lo0, int lo1, int mask, int guestId) {
  /** EntryHi.EHINV: the entry matches nothing. */
  public static final int EHINV = 1 << 10;

  /** EntryLo.RI: loads are inhibited. */
  public static final int RI = 1 << 31;

  /** EntryLo.XI: fetches are inhibited. */
  public static final int XI = 1 << 30;

  /** EntryLo.D: stores are allowed. */
  public static final int D = 4;

  /** EntryLo.V. */
  public static final int V = 2;

  /** EntryLo.G. */
  public static final int G = 1;

  /** PageMask bits 12:11, which pages of 4 KiB and more have set. */
  static final int MASKX = 0x1800;

  /** What every entry is after reset. */
  static final TlbEntry INVALID = new TlbEntry(EHINV, 0, 0, MASKX, 0);

  /**
   * An entry from register values, as TLBWI makes it with PageGrain.ESP = 0: the G bit is kept only
   * when both halves have it.
   */
  public static TlbEntry of(int hi, int lo0, int lo1, int pageMask, int guestId) {
    int local = ~(~(lo0 & lo1) & G);
    int mask = pageMask | MASKX;
    return new TlbEntry(hi & ~(mask & 0xFFFF_E000), lo0 & local, lo1 & local, mask, guestId);
  }

  /** Whether the entry translates {@code va} for this address space. */
  boolean matches(int va, int asid, int id) {
    return ((va ^ hi) & ~(mask | 0x7FF)) == 0
        && (hi & EHINV) == 0
        && guestId == id
        && ((lo0 & G) != 0 || (hi & 0xFF) == asid);
  }

  /** Bytes of one page of the pair: 1 KiB to 256 MiB. */
  public int pageSize() {
    return (mask | 0x7FF) + 1 >>> 1;
  }

  /** EntryLo of the half that translates {@code va}. */
  int half(int va) {
    return (va & pageSize()) == 0 ? lo0 : lo1;
  }

  /**
   * Physical address of {@code va} through {@code lo}; {@code shift} is 6, or 4 with PageGrain.ESP.
   */
  int physical(int lo, int va, int shift) {
    int offset = pageSize() - 1;
    return (lo & 0x03FF_FFC0) << shift & ~offset | va & offset;
  }
}
