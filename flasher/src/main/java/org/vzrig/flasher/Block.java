package org.vzrig.flasher;

import java.util.Arrays;

/**
 * Bytes that are programmed at once.
 *
 * @param address physical address, a multiple of the length
 * @param data what flash must hold, FF where the image says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // compared below
public record Block(int address, byte[] data) {
  /** Whether every byte is FF, as after erasing. */
  public boolean blank() {
    for (byte b : data) {
      if (b != -1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block b && b.address == address && Arrays.equals(b.data, data);
  }

  @Override
  public int hashCode() {
    return 31 * address + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "%08X+%X".formatted(address, data.length);
  }
}
