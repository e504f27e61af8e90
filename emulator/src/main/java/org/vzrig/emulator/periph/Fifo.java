package org.vzrig.emulator.periph;

/** A first-in first-out buffer of ints, fixed in size or growing. */
final class Fifo {
  private int[] items;
  private int head;
  private int size;

  /** A buffer for {@code capacity} items. */
  Fifo(int capacity) {
    items = new int[capacity];
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == items.length;
  }

  void clear() {
    head = 0;
    size = 0;
  }

  /** Appends; the caller has checked {@link #isFull}. */
  void add(int item) {
    items[(head + size++) % items.length] = item;
  }

  /** Appends, growing when full. */
  void addGrowing(int item) {
    if (isFull()) {
      int[] bigger = new int[items.length * 2];
      for (int i = 0; i < size; i++) {
        bigger[i] = items[(head + i) % items.length];
      }
      items = bigger;
      head = 0;
    }
    add(item);
  }

  int peek() {
    return items[head];
  }

  int remove() {
    int item = items[head];
    head = (head + 1) % items.length;
    size--;
    return item;
  }
}
