package org.vzrig.boards.image;

import org.vzrig.boards.Chip;

/** Folding of the addresses that a file may use for the same word. */
public final class Addresses {
  private Addresses() {}

  /**
   * The physical address that {@code address} stands for. KSEG0 and KSEG1 lose their segment. Boot
   * flash 1 and 2 become the lower and the upper alias, as an erased part maps them: all four are
   * ways to the same words. Everything else stays.
   */
  public static int physical(int address) {
    int physical = unmapped(address);
    if (inBoot(physical, Chip.BOOT_1)) {
      return physical - Chip.BOOT_1 + Chip.BOOT_LOWER;
    }
    if (inBoot(physical, Chip.BOOT_2)) {
      return physical - Chip.BOOT_2 + Chip.BOOT_UPPER;
    }
    return physical;
  }

  /** The same address in KSEG0, where it has one. */
  public static int kseg0(int physical) {
    return physical >>> 29 == 0 ? physical | 0x8000_0000 : physical;
  }

  /** The same address in KSEG1, where it has one. */
  public static int kseg1(int physical) {
    return physical >>> 29 == 0 ? physical | 0xA000_0000 : physical;
  }

  private static int unmapped(int address) {
    return address >>> 30 == 2 ? address & 0x1FFF_FFFF : address;
  }

  private static boolean inBoot(int physical, int base) {
    return Integer.compareUnsigned(physical - base, Chip.BOOT_BYTES) < 0;
  }
}
