package org.vzrig.boards;

/**
 * A range of the chip's physical address space.
 *
 * @param name what the data sheet calls it
 * @param kind what stands there
 * @param base first physical address
 * @param size length in bytes
 */
public record Region(String name, Kind kind, int base, int size) {
  /** What stands in a region. */
  public enum Kind {
    /** Data memory. */
    RAM,
    /** Program flash. */
    PROGRAM_FLASH,
    /** Boot flash through the lower alias, where the processor starts. */
    BOOT_LOWER,
    /** Boot flash through the upper alias. */
    BOOT_UPPER,
    /** Boot flash panel 1 at its own address. */
    BOOT_1,
    /** Boot flash panel 2 at its own address. */
    BOOT_2,
    /** Special function registers. */
    SFR,
    /** External bus interface. */
    EBI,
    /** Serial quad interface, execute in place. */
    SQI;

    /** Whether programming tools write here. */
    public boolean flash() {
      return this == PROGRAM_FLASH || boot();
    }

    /** Whether this is boot flash under one of its four addresses. */
    public boolean boot() {
      return this == BOOT_LOWER || this == BOOT_UPPER || this == BOOT_1 || this == BOOT_2;
    }
  }

  /** Whether {@code address} (physical) lies in the region. */
  public boolean contains(int address) {
    return Integer.compareUnsigned(address - base, size) < 0;
  }

  /** First physical address behind the region. */
  public int end() {
    return base + size;
  }
}
