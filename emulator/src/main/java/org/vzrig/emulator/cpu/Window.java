package org.vzrig.emulator.cpu;

/**
 * The longest run of pages that follow each other in the address space and in one memory, and may
 * be accessed without asking: most loads and stores of a program go there. Translated code finds
 * out with one comparison, and reaches the memory without looking at the tables.
 *
 * <p>KSEG0 and KSEG1 show the same memory, so addresses are compared without the bit that tells
 * them apart. Other segments are never confused: a window begins in KSEG0.
 */
@SuppressWarnings("ReferenceEquality")
final class Window {
  /** What addresses are ANDed with. */
  static final int SEGMENTS = ~(1 << 29);

  private static final int PAGE_SIZE = 1 << 12;
  private static final byte[] NO_MEMORY = {};

  /** First address, without the segment's bit. */
  int start;

  /** Bytes; 0 for none. */
  int size;

  /** Where {@link #start} is in {@link #memory}. */
  int offset;

  byte[] memory = NO_MEMORY;

  /** Whether {@link #memory} can be written, as that of a program's data can. */
  private boolean writable;

  void clear() {
    size = 0;
    writable = false;
    memory = NO_MEMORY;
  }

  /** Whether {@code va} lies in it. */
  boolean covers(int va) {
    return Integer.compareUnsigned((va & SEGMENTS) - start, size) < 0;
  }

  /**
   * Joins a run to this one where they touch; else becomes it if it is longer, or can be written
   * when this cannot: a program reads its data more often than its constants.
   */
  void offer(int from, int length, byte[] bytes, int at, boolean writes) {
    int first = from & SEGMENTS;
    boolean together = bytes == memory && at - first == offset - start;
    if (size > 0 && together && first <= start + size && start <= first + length) {
      int end = Math.max(start + size, first + length);
      offset = Math.min(offset, at);
      start = Math.min(start, first);
      size = end - start;
    } else if (writes == writable ? length > size : writes) {
      writable = writes;
      start = first;
      size = length;
      offset = at;
      memory = bytes;
    }
  }

  /** Goes on over remembered pages at both ends. */
  void absorb(int[] tags, byte[][] memories, int[] offsets) {
    while (size > 0 && follows(start + size, size, tags, memories, offsets)) {
      size += PAGE_SIZE;
    }
    while (size > 0 && follows(start - PAGE_SIZE, -PAGE_SIZE, tags, memories, offsets)) {
      start -= PAGE_SIZE;
      offset -= PAGE_SIZE;
      size += PAGE_SIZE;
    }
  }

  /** Whether page {@code va} is remembered, in one of its segments, at {@code distance}. */
  private boolean follows(int va, int distance, int[] tags, byte[][] memories, int[] offsets) {
    for (int segment = 0; segment <= 1; segment++) {
      int page = va | segment << 29;
      int slot = SoftTlb.slot(page);
      if (tags[slot] == page && memories[slot] == memory && offsets[slot] == offset + distance) {
        return page >>> 30 == 2;
      }
    }
    return false;
  }
}
