package org.vzrig.hypervisor.config;

/**
 * A piece of guest physical memory as a configuration asks for it.
 *
 * @param where the line that asks for it
 * @param kind who chooses the physical address
 * @param va first address as written, 0 to FFFFFFFF
 * @param size bytes as written, 0 to FFFFFFFF
 * @param flags rights and caching
 * @param pa physical address as written; the alignment for {@link Kind#ROM} and {@link Kind#RAM}
 */
public record Region(Where where, Kind kind, long va, long size, Flags flags, long pa) {
  /** Who chooses the physical address. */
  public enum Kind {
    /** The configuration gives it: {@code code data rodata dma} and device registers. */
    FIXED,
    /** Placed in the board's flash pool. */
    ROM,
    /** Placed in the board's RAM pool. */
    RAM
  }

  /** The alignment asked for by a region that is placed. */
  public long alignment() {
    return pa;
  }
}
