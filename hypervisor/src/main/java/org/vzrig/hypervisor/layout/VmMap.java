package org.vzrig.hypervisor.layout;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that a guest may reach, by guest physical address. Immutable. */
public final class VmMap {
  private final int[] starts;
  private final PagePair[] pairs;

  /** The pairs must not overlap; their order does not matter. */
  public VmMap(List<PagePair> pairs) {
    this.pairs =
        pairs.stream()
            .sorted(Comparator.comparing(PagePair::va, Integer::compareUnsigned))
            .toArray(PagePair[]::new);
    starts = new int[this.pairs.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = this.pairs[i].va();
    }
  }

  /**
   * The pair that holds this address, or null. One of its halves may be absent, so ask {@link
   * PagePair#half} and {@link PagePair#allows} before going on.
   */
  public @Nullable PagePair find(int guestPhysical) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (Integer.compareUnsigned(starts[middle], guestPhysical) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (high < 0) {
      return null;
    }
    PagePair pair = pairs[high];
    return Integer.compareUnsigned(guestPhysical - pair.va(), 2 * pair.pageSize()) < 0
        ? pair
        : null;
  }

  /** The physical address of a byte that may be reached, or null. */
  public @Nullable Integer physical(int guestPhysical) {
    PagePair pair = find(guestPhysical);
    return pair != null && pair.allows(guestPhysical) ? pair.physical(guestPhysical) : null;
  }

  /** All pairs by rising address. */
  public List<PagePair> pairs() {
    return List.of(pairs);
  }
}
