package org.vzrig.hypervisor.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Flags;

/**
 * A piece of a guest's memory on its way from regions to pages.
 *
 * @param va guest physical address
 * @param size bytes; a power of four and aligned when {@code words} is there
 * @param pa physical address
 * @param flags rights and caching
 * @param emulator name of the emulator, or null
 * @param words which 32-bit words may be reached, or null for all
 * @param source the region that the piece comes from, for messages
 */
record Block(
    long va,
    long size,
    long pa,
    Flags flags,
    @Nullable String emulator,
    @Nullable BitSet words,
    MappedRegion source) {
  static final long PAGE = 4096;

  /** The smallest piece that tinyVP's tables can hold. */
  static final long SMALLEST = 16;

  long end() {
    return va + size;
  }

  boolean overlaps(Block other) {
    return va < other.end() && other.va < end();
  }

  boolean contains(Block other) {
    return va <= other.va && other.end() <= end();
  }

  /** Whether both reach memory in the same way, so that they may become one. */
  boolean alike(Block other) {
    return pa - va == other.pa - other.va
        && Objects.equals(emulator, other.emulator)
        && (flags.entryLoBits() | 2) == (other.flags.entryLoBits() | 2);
  }

  /** The words of the block that lie in an address range, from the range's start. */
  BitSet wordsIn(long from, long length) {
    BitSet result = new BitSet();
    for (int i = 0; i < length / 4; i++) {
      long address = from + 4L * i;
      boolean inside = address >= va && address < end();
      result.set(i, inside && (words == null || words.get((int) (address - va) / 4)));
    }
    return result;
  }

  /** Whether a word may be reached through both. */
  boolean collides(Block other) {
    long from = Math.max(va, other.va);
    long length = Math.min(end(), other.end()) - from;
    return length > 0
        && (words == null && other.words == null
            || wordsIn(from, length).intersects(other.wordsIn(from, length)));
  }

  /** The same with the words of another block of the same range added. */
  Block union(Block other) {
    BitSet joined = wordsIn(va, size);
    joined.or(other.wordsIn(va, size));
    return new Block(va, size, pa, flags, emulator, joined, source);
  }

  /** The quarters that hold a word. */
  List<Block> quarters() {
    List<Block> quarters = new ArrayList<>();
    long quarter = size / 4;
    for (long at = va; at < end(); at += quarter) {
      BitSet part = wordsIn(at, quarter);
      if (!part.isEmpty()) {
        quarters.add(new Block(at, quarter, pa + at - va, flags, emulator, part, source));
      }
    }
    return quarters;
  }
}
