package org.vzrig.boards.image;

import java.util.Arrays;

/**
 * Consecutive bytes of an image.
 *
 * @param address first physical address
 * @param data the bytes; neither the giver nor the taker changes them
 * @param origin where the first of them comes from
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are compared below, and copying flash is dear
public record Segment(int address, byte[] data, Origin origin) {
  /** First physical address behind the segment, as an unsigned number. */
  public long end() {
    return Integer.toUnsignedLong(address) + data.length;
  }

  /** First physical address as an unsigned number. */
  public long start() {
    return Integer.toUnsignedLong(address);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Segment s
        && s.address == address
        && Arrays.equals(s.data, data)
        && s.origin.equals(origin);
  }

  @Override
  public int hashCode() {
    return 31 * address + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "%08X+%X from %s".formatted(address, data.length, origin);
  }
}
