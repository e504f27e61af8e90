package org.vzrig.hypervisor.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The order in which tinyVP's build goes through its guests. It keeps them in a Python 2 dictionary
 * by id, and memory is handed out in that dictionary's order. Up to five entries live in a table of
 * eight slots, so that ids of 8 and more stand before or between the small ones; with six entries
 * the table grows.
 */
final class DictionaryOrder {
  private static final int FREE = -1;
  private int[] slots = free(8);
  private int used;

  private DictionaryOrder() {}

  /** The ids, given in the order of insertion, in the order of iteration. None is repeated. */
  static List<Integer> of(Collection<Integer> ids) {
    DictionaryOrder table = new DictionaryOrder();
    ids.forEach(table::insert);
    return table.iterate();
  }

  private static int[] free(int size) {
    int[] slots = new int[size];
    Arrays.fill(slots, FREE);
    return slots;
  }

  private void insert(int id) {
    place(id);
    used++;
    if (3 * used >= 2 * slots.length) {
      grow();
    }
  }

  private void grow() {
    int size = 8;
    while (size <= 4 * used) {
      size *= 2;
    }
    List<Integer> old = iterate();
    slots = free(size);
    old.forEach(this::place);
  }

  private void place(int id) {
    int mask = slots.length - 1;
    int slot = id & mask;
    for (int perturb = id; slots[slot & mask] != FREE; perturb >>>= 5) {
      slot = 5 * slot + perturb + 1;
    }
    slots[slot & mask] = id;
  }

  private List<Integer> iterate() {
    List<Integer> ids = new ArrayList<>();
    for (int slot : slots) {
      if (slot != FREE) {
        ids.add(slot);
      }
    }
    return ids;
  }
}
