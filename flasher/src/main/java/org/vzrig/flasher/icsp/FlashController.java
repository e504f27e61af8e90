package org.vzrig.flasher.icsp;

import org.vzrig.flasher.Family;

/**
 * The flash controller of a family, as its data sheet has it (section "Flash program memory").
 * NVMKEY stands 10h and NVMADDR 20h behind NVMCON everywhere.
 *
 * @param nvmcon virtual address of NVMCON
 * @param sourceOffset offset of NVMSRCADDR from NVMCON
 * @param protectOffset offset of NVMBWP from NVMCON, 0 where there is none
 * @param unprotected value of NVMBWP that opens all pages of boot flash
 * @param unitOperation operation that programs one unit
 * @param unitWords words of a unit, the least that can be programmed at once with its ECC
 * @param buffer physical address of RAM that a row fits in, beside {@link Stub}'s program
 */
record FlashController(
    int nvmcon,
    int sourceOffset,
    int protectOffset,
    int unprotected,
    int unitOperation,
    int unitWords,
    int buffer) {
  /** The one of {@code family}. */
  static FlashController of(Family family) {
    return switch (family) {
      // the row buffer of the MX lies in the part of RAM that the bus matrix leaves for data
      case MX1, MX3 -> new FlashController(0xBF80_F400, 0x40, 0, 0, 1, 1, 0x400);
      case MZ -> new FlashController(0xBF80_0600, 0x70, 0x90, 0x8080, 2, 4, 0x1000);
      case MK -> new FlashController(0xBF80_0A00, 0x70, 0x90, 0x8080, 2, 4, 0x1000);
      case MM_GPL, MM_GPM -> new FlashController(0xBF80_2930, 0x50, 0x70, 0x8000, 2, 2, 0x300);
      case BOOTLOADER -> throw new IllegalArgumentException("a boot loader is no part");
    };
  }
}
