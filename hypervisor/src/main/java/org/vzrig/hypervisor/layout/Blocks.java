package org.vzrig.hypervisor.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Flags;
import org.vzrig.hypervisor.config.Problems;

/**
 * Cuts a guest's regions into whole pages and, below a page, into blocks with a bit per word.
 *
 * <p>A register block smaller than a page becomes the smallest aligned power of four (from 16
 * bytes) around it, and every access to it traps; the bits say which words were meant. Blocks of
 * one kind at one place become one block. Where blocks of different kinds would share a block, they
 * are cut into quarters until they do not.
 */
final class Blocks {
  private final Problems problems;
  private final List<Block> whole = new ArrayList<>();
  private final List<Block> small = new ArrayList<>();

  private Blocks(Problems problems) {
    this.problems = problems;
  }

  /** Disjoint blocks by rising address. */
  static List<Block> of(List<MappedRegion> regions, Problems problems) {
    Blocks blocks = new Blocks(problems);
    regions.stream()
        .filter(region -> region.size() != 0)
        .sorted(Comparator.comparingLong(MappedRegion::va))
        .forEach(blocks::add);
    return blocks.sorted();
  }

  private List<Block> sorted() {
    List<Block> all = new ArrayList<>(whole);
    all.addAll(small);
    all.sort(Comparator.comparingLong(Block::va));
    return all;
  }

  private void add(MappedRegion region) {
    if (!aligned(region)) {
      return;
    }
    long size = region.size() + 3 & -4;
    if (size < Block.PAGE) {
      addSmall(region, region.va(), size);
      return;
    }
    long from = region.va() + Block.PAGE - 1 & -Block.PAGE;
    long to = region.va() + size & -Block.PAGE;
    if (from >= to) {
      addSmall(region, region.va(), size);
      return;
    }
    addSmall(region, region.va(), from - region.va());
    addWhole(
        new Block(
            from,
            to - from,
            from + region.offset(),
            region.flags(),
            region.emulator(),
            null,
            region));
    addSmall(region, to, region.va() + size - to);
  }

  private boolean aligned(MappedRegion region) {
    long unit = region.size() < Block.PAGE ? Block.SMALLEST : Block.PAGE;
    if (region.va() % 4 != 0) {
      problems.error(region.where(), "address %08x is not a multiple of 4".formatted(region.va()));
      return false;
    }
    if (region.offset() % unit != 0) {
      problems.error(
          region.where(),
          ("physical address alignment does not match: %08x and physical %08x differ in their place"
                  + " within %d bytes")
              .formatted(region.va(), region.pa(), unit));
      return false;
    }
    if (region.size() % 4 != 0) {
      problems.warn(
          region.where(), "size %x is rounded up to whole words".formatted(region.size()));
    }
    return true;
  }

  private void addWhole(Block block) {
    for (Block other : List.copyOf(whole)) {
      if (block.overlaps(other)) {
        if (!block.alike(other) || !block.contains(other) && !other.contains(block)) {
          overlap(block, other);
          return;
        }
        if (other.contains(block)) {
          return;
        }
        whole.remove(other);
      }
    }
    whole.add(block);
    for (Block other : List.copyOf(small)) {
      if (other.overlaps(block)) {
        small.remove(other);
        insert(other);
      }
    }
  }

  private void addSmall(MappedRegion region, long va, long length) {
    long at = va;
    while (at < va + length) {
      long next = Math.min(va + length, (at & -Block.PAGE) + Block.PAGE);
      insertAligned(around(region, at, next - at));
      at = next;
    }
  }

  /** The smallest aligned power of four around a range that lies within a page. */
  private static Block around(MappedRegion region, long va, long length) {
    long size = Block.SMALLEST;
    while (size < length || (va & -size) + size < va + length) {
      size *= 4;
    }
    long base = va & -size;
    BitSet words = new BitSet();
    words.set((int) (va - base) / 4, (int) (va - base + length) / 4);
    Flags flags = region.flags().with('e');
    return new Block(base, size, base + region.offset(), flags, region.emulator(), words, region);
  }

  /** Cuts a block until its physical address suits its size. */
  private void insertAligned(Block block) {
    if (block.pa() % block.size() == 0) {
      insert(block);
    } else {
      block.quarters().forEach(this::insertAligned);
    }
  }

  private void insert(Block first) {
    Deque<Block> pending = new ArrayDeque<>(List.of(first));
    while (!pending.isEmpty()) {
      Block block = pending.pop();
      Block other = neighbour(block);
      if (other == null) {
        small.add(block);
      } else if (other.words() == null) {
        insideWhole(block, other);
      } else {
        small.remove(other);
        if (!settle(block, other, pending)) {
          small.add(other);
        }
      }
    }
  }

  private @Nullable Block neighbour(Block block) {
    for (List<Block> list : List.of(whole, small)) {
      for (Block other : list) {
        if (other.overlaps(block)) {
          return other;
        }
      }
    }
    return null;
  }

  private void insideWhole(Block block, Block page) {
    if (!block.alike(page)) {
      overlap(block, page);
    }
  }

  /** Joins or cuts two small blocks that overlap; false after an error. */
  private boolean settle(Block block, Block other, Deque<Block> pending) {
    boolean blockIsLarger = block.size() >= other.size();
    Block larger = blockIsLarger ? block : other;
    Block smaller = blockIsLarger ? other : block;
    if (block.alike(other)) {
      pending.push(larger.union(smaller));
      return true;
    }
    if (block.collides(other)) {
      overlap(block, other);
      return false;
    }
    if (larger.size() == Block.SMALLEST) {
      problems.error(
          block.source().where(),
          "%08x and %s need different treatment within the 16 bytes at %08x"
              .formatted(block.source().va(), other.source().where(), block.va()));
      return false;
    }
    larger.quarters().forEach(pending::push);
    if (smaller.size() == larger.size()) {
      smaller.quarters().forEach(pending::push);
    } else {
      pending.push(smaller);
    }
    return true;
  }

  private void overlap(Block block, Block other) {
    MappedRegion a = block.source();
    MappedRegion b = other.source();
    problems.error(
        a.where(),
        "address ranges overlap: %08x+%x and %08x+%x of %s differ in rights, emulator or extent"
            .formatted(a.va(), a.size(), b.va(), b.size(), b.where()));
  }
}
