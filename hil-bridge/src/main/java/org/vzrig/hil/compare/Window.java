package org.vzrig.hil.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tokens that wait to be matched, first in first out, reachable by their place. */
final class Window<T extends Token> {
  private @Nullable Object[] ring = new @Nullable Object[16];
  private int head;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(T token) {
    if (size == ring.length) {
      grow();
    }
    ring[head + size++ & ring.length - 1] = token;
  }

  /** The token behind {@code i} others. */
  @SuppressWarnings("unchecked") // only add puts something in
  T get(int i) {
    return (T) Objects.requireNonNull(ring[head + i & ring.length - 1]);
  }

  T poll() {
    T token = get(0);
    ring[head] = null;
    head = head + 1 & ring.length - 1;
    size--;
    return token;
  }

  private void grow() {
    @Nullable Object[] larger = new @Nullable Object[ring.length * 2];
    for (int i = 0; i < size; i++) {
      larger[i] = ring[head + i & ring.length - 1];
    }
    ring = larger;
    head = 0;
  }
}
