package org.vzrig.flasher;

/**
 * A part as programmers know it.
 *
 * @param name name without the PIC32 prefix, such as MZ2048EFG100
 * @param id DEVID without the silicon revision in bits 31:28
 * @param flashBytes program flash in bytes
 * @param family what it has in common with others
 */
public record Part(String name, int id, int flashBytes, Family family) {
  /** Physical address of program flash. */
  public static final int FLASH = 0x1D00_0000;

  /** Physical address of boot flash. */
  public static final int BOOT = 0x1FC0_0000;

  /** Whether a byte at physical {@code address} is in program flash. */
  public boolean inFlash(int address) {
    return Integer.compareUnsigned(address - FLASH, flashBytes) < 0;
  }

  /**
   * Whether a byte at physical {@code address} is in boot flash; on MZ and MK under the lower or
   * the upper alias.
   */
  public boolean inBoot(int address) {
    int offset = family.twoPanels() ? (address - BOOT) & ~0x2_0000 : address - BOOT;
    return Integer.compareUnsigned(offset, family.bootWindow()) < 0;
  }
}
