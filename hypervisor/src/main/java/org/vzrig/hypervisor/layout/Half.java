package org.vzrig.hypervisor.layout;

import org.vzrig.hypervisor.config.Flags;

/**
 * One page of a pair.
 *
 * @param pa physical address of the page's first byte
 * @param flags rights, caching, and what a trapped access does
 */
public record Half(int pa, Flags flags) {
  /** The value for EntryLo in tinyVP's format: G marks that writes are ignored. */
  public int entryLo() {
    return pa >>> 12 << 6 | flags.entryLoBits();
  }

  /** The value for the root TLB: as {@link #entryLo()} without the borrowed G. */
  public int tlbLo() {
    return entryLo() & ~1;
  }

  /**
   * The value in tinyVP's software-only leaf below 4 KiB: the address and the low bits of C, D, V,
   * G.
   */
  public int softwareLo() {
    return pa | flags.entryLoBits() & 0xF;
  }
}
