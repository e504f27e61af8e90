package org.vzrig.flasher;

/**
 * A word, or a block known by its checksum only, that is not what it should be.
 *
 * @param address physical address
 * @param expected expected word or checksum
 * @param found word or checksum found
 * @param bytes 4 for a word, or the bytes that the checksums cover
 */
public record Mismatch(int address, int expected, int found, int bytes) {
  @Override
  public String toString() {
    return bytes == 4
        ? "%08X: expected %08X, found %08X".formatted(address, expected, found)
        : "%08X-%08X: expected checksum %04X, found %04X"
            .formatted(address, address + bytes - 1, expected, found);
  }
}
