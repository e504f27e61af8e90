package org.vzrig.hypervisor.layout;

import org.jspecify.annotations.Nullable;

/**
 * Two neighbouring pages of one size: what a TLB entry maps, or below 4 KiB what only software
 * looks at.
 *
 * @param va guest physical address of the pair, a multiple of twice the page size
 * @param pageSize bytes of each page, a power of four from 16 to 256 Mi (4 in rare splits)
 * @param even the page at {@code va}, or null when nothing is there
 * @param odd the page at {@code va + pageSize}, or null when nothing is there
 * @param emulator name of the device emulator that gets every trapped access, or null
 * @param allowed which words may be reached, or null for all
 */
public record PagePair(
    int va,
    int pageSize,
    @Nullable Half even,
    @Nullable Half odd,
    @Nullable String emulator,
    @Nullable Bitmask allowed) {
  /** Whether the TLB can hold the pair; smaller pairs are served by trapping every access. */
  public boolean hardware() {
    return pageSize >= 4096;
  }

  /** The page of this address, which must lie in the pair; null when nothing is there. */
  public @Nullable Half half(int address) {
    return address - va < pageSize ? even : odd;
  }

  /** Whether the word at this address, which must lie in the pair, may be reached. */
  public boolean allows(int address) {
    return half(address) != null && (allowed == null || allowed.allows(address - va));
  }

  /**
   * The physical address behind a guest physical address that lies in a present page of the pair.
   */
  public int physical(int address) {
    Half half = half(address);
    if (half == null) {
      throw new IllegalArgumentException("no page at %08x".formatted(address));
    }
    return half.pa() + (address - va & pageSize - 1);
  }

  /** CP0 PageMask for this pair, only meaningful when {@link #hardware()}. */
  public int pageMask() {
    return 2 * pageSize - 1 & ~0x1FFF;
  }

  /** EntryLo0 in tinyVP's format, 0 for an absent page. */
  public int entryLo0() {
    return even == null ? 0 : even.entryLo();
  }

  /** EntryLo1 in tinyVP's format, 0 for an absent page. */
  public int entryLo1() {
    return odd == null ? 0 : odd.entryLo();
  }
}
