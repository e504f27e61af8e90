package org.vzrig.hypervisor.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Problems;

/**
 * Makes TLB pairs of blocks: cuts each block into the largest aligned pages, then joins neighbours
 * of one size in one pass from low to high addresses. A page that finds no partner gets an empty
 * half beside it, or is cut into four when there is no room for one.
 */
final class Pages {
  private static final long LARGEST = 256L << 20;

  private final Problems problems;
  private final List<PagePair> pairs = new ArrayList<>();
  private @Nullable Block saved;

  /** First address behind everything that has its place. */
  private long last;

  private Pages(Problems problems) {
    this.problems = problems;
  }

  /** Pairs by rising address for disjoint blocks by rising address. */
  static List<PagePair> of(List<Block> blocks, Problems problems) {
    Pages pages = new Pages(problems);
    for (Block block : blocks) {
      cut(block).forEach(pages::next);
    }
    pages.flush();
    return List.copyOf(pages.pairs);
  }

  /** The pages of a block: the largest that fit, and smaller ones at both ends. */
  static List<Block> cut(Block block) {
    List<Block> pages = new ArrayList<>();
    if (block.words() != null) {
      pages.add(block);
    } else {
      cut(block, block.va(), block.end(), largest(block), pages);
    }
    return pages;
  }

  private static long largest(Block block) {
    long size = LARGEST;
    while (size > block.size() || (block.pa() - block.va()) % size != 0) {
      size /= 4;
    }
    return size;
  }

  private static void cut(Block block, long from, long to, long size, List<Block> pages) {
    long first = from + size - 1 & -size;
    long end = to & -size;
    if (first >= end) {
      if (from < to) {
        cut(block, from, to, size / 4, pages);
      }
      return;
    }
    if (from < first) {
      cut(block, from, first, size / 4, pages);
    }
    for (long va = first; va < end; va += size) {
      pages.add(part(block, va, size));
    }
    if (end < to) {
      cut(block, end, to, size / 4, pages);
    }
  }

  private static Block part(Block block, long va, long size) {
    BitSet words = block.words() == null ? null : block.wordsIn(va, size);
    return new Block(
        va,
        size,
        block.pa() + va - block.va(),
        size < Block.PAGE ? block.flags().with('e') : block.flags(),
        block.emulator(),
        words,
        block.source());
  }

  private void next(Block page) {
    Block even = saved;
    if (even == null) {
      first(page);
    } else if (partners(even, page)) {
      emit(even, page);
      saved = null;
    } else if (roomBetween(even, page)) {
      emit(even, null);
      saved = null;
      first(page);
    } else if (even.va() + 2 * even.size() <= page.va()) {
      emit(even, null);
      saved = null;
      quarter(page);
    } else {
      saved = null;
      quarter(even);
      if (isEven(page)) {
        saved = page;
      } else {
        quarter(page);
      }
    }
  }

  private void first(Block page) {
    if (isEven(page)) {
      saved = page;
    } else if (last + page.size() <= page.va()) {
      emit(null, page);
    } else {
      quarter(page);
    }
  }

  private void flush() {
    if (saved != null) {
      emit(saved, null);
    }
  }

  private static boolean isEven(Block page) {
    return page.va() % (2 * page.size()) == 0;
  }

  private static boolean partners(Block even, Block page) {
    return even.size() == page.size()
        && even.end() == page.va()
        && Objects.equals(even.emulator(), page.emulator());
  }

  /** Whether both can stand in pairs of their own, each beside an empty half. */
  private static boolean roomBetween(Block even, Block page) {
    long pairEnd = even.va() + 2 * even.size();
    long pageStart = isEven(page) ? page.va() : page.va() - page.size();
    return pairEnd <= page.va() && pairEnd <= pageStart;
  }

  /** Cuts a page into two pairs. */
  private void quarter(Block page) {
    if (page.size() == Block.PAGE && !page.flags().trapped()) {
      warnAboutTraps(page);
    }
    long quarter = page.size() / 4;
    for (long va = page.va(); va < page.end(); va += 2 * quarter) {
      emit(part(page, va, quarter), part(page, va + quarter, quarter));
    }
  }

  private void warnAboutTraps(Block page) {
    String what =
        page.flags().executable() ? "nothing can be executed there" : "every access to it traps";
    problems.warn(
        page.source().where(),
        "the page at %08x shares its pair with another kind of page and is cut below 4 KiB: %s"
            .formatted(page.va(), what));
  }

  private void emit(@Nullable Block even, @Nullable Block odd) {
    Block any = Objects.requireNonNull(even == null ? odd : even);
    long va = even == null ? any.va() - any.size() : any.va();
    last = Math.max(last, odd == null ? any.end() : odd.end());
    pairs.add(
        new PagePair(
            (int) va,
            (int) any.size(),
            half(even),
            half(odd),
            any.emulator(),
            mask(even, odd, any.size())));
  }

  private static @Nullable Half half(@Nullable Block page) {
    return page == null ? null : new Half((int) page.pa(), page.flags());
  }

  private static @Nullable Bitmask mask(@Nullable Block even, @Nullable Block odd, long size) {
    boolean masked = even != null && even.words() != null || odd != null && odd.words() != null;
    if (!masked) {
      return null;
    }
    int count = (int) size / 4;
    int[] bits = new int[Math.max(1, 2 * count / 32)];
    fill(bits, even, 0, size);
    fill(bits, odd, count, size);
    return new Bitmask(bits);
  }

  private static void fill(int[] bits, @Nullable Block page, int shift, long size) {
    if (page != null) {
      page.wordsIn(page.va(), size).stream()
          .map(word -> word + shift)
          .forEach(word -> bits[word / 32] |= 1 << word % 32);
    }
  }
}
