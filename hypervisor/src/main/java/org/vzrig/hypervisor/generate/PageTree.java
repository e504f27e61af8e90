package org.vzrig.hypervisor.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.layout.PagePair;

/**
 * The tree in which tinyVP looks a guest physical address up: a root of eight slots of 512 MiB,
 * below it nodes of four slots each, without the nodes that would have a single child.
 */
sealed interface PageTree {
  /** Span of the root and of its slots. */
  long ROOT = 1L << 32;

  /** Span of a slot of the root. */
  long ROOT_SLOT = 512L << 20;

  /** First address that it covers. */
  long address();

  /** Bytes that it covers. */
  long span();

  /**
   * A page pair.
   *
   * @param pair the pair
   */
  record Leaf(PagePair pair) implements PageTree {
    @Override
    public long address() {
      return Integer.toUnsignedLong(pair.va());
    }

    @Override
    public long span() {
      return 2L * pair.pageSize();
    }
  }

  /**
   * A table of slots.
   *
   * @param address first address that it covers
   * @param span bytes that it covers
   * @param slot bytes that one slot covers
   * @param children what stands in the slots, by rising address, at most one in each
   */
  record Node(long address, long span, long slot, List<PageTree> children) implements PageTree {
    int slots() {
      return (int) (span / slot);
    }

    /** The child in a slot, or null. */
    @Nullable PageTree child(int index) {
      return children.stream()
          .filter(c -> (c.address() - address) / slot == index)
          .findFirst()
          .orElse(null);
    }

    /** Whether the slots are too small for the TLB, so that only software walks from here. */
    boolean software() {
      return slot < 0x1000;
    }
  }

  /** The tree of pairs that are given by rising address. */
  static Node of(List<PagePair> pairs) {
    return new Node(0, ROOT, ROOT_SLOT, children(0, ROOT, ROOT_SLOT, pairs));
  }

  private static List<PageTree> children(long address, long span, long slot, List<PagePair> pairs) {
    List<PageTree> children = new ArrayList<>();
    for (long at = address; at < address + span; at += slot) {
      List<PagePair> inside = inside(pairs, at, slot);
      if (!inside.isEmpty()) {
        children.add(subtree(at, slot, inside));
      }
    }
    return List.copyOf(children);
  }

  private static List<PagePair> inside(List<PagePair> pairs, long address, long span) {
    return pairs.stream()
        .filter(
            p -> {
              long va = Integer.toUnsignedLong(p.va());
              return va >= address && va < address + span;
            })
        .toList();
  }

  private static PageTree subtree(long address, long span, List<PagePair> pairs) {
    if (pairs.size() == 1) {
      Leaf leaf = new Leaf(pairs.getFirst());
      return leaf.span() == span
          ? leaf
          : new Node(leaf.address(), leaf.span(), leaf.span(), List.of(leaf));
    }
    List<PageTree> children = children(address, span, span / 4, pairs);
    return children.size() == 1 ? children.getFirst() : new Node(address, span, span / 4, children);
  }
}
