package org.vzrig.hypervisor.layout;

import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Flags;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.config.Where;

/**
 * A region after placement.
 *
 * @param where the line that asks for it
 * @param kind who chose the physical address
 * @param va guest physical address, 0 to FFFFFFFF
 * @param size bytes; placed regions are rounded up to 4 KiB
 * @param flags rights and caching, with {@code s} added for shared devices
 * @param pa physical address
 * @param device name of the device whose registers these are, or null for memory
 * @param emulator name of the emulator that serves it, or null
 */
public record MappedRegion(
    Where where,
    Region.Kind kind,
    long va,
    long size,
    Flags flags,
    long pa,
    @Nullable String device,
    @Nullable String emulator) {
  /** The address behind the last, in guest physical memory. */
  public long end() {
    return va + size;
  }

  /** Physical minus guest physical address. */
  public long offset() {
    return pa - va;
  }
}
