package org.vzrig.hil.bridge;

import java.util.Arrays;

/** A queue of bytes that grows up to a limit. Used by one thread. */
final class ByteFifo {
  private final int limit;
  private byte[] bytes = new byte[4096];
  private int head;
  private int size;

  ByteFifo(int limit) {
    this.limit = limit;
  }

  int size() {
    return size;
  }

  int room() {
    return limit - size;
  }

  /** Appends a byte; there has to be {@link #room}. */
  void put(int value) {
    if (size == bytes.length) {
      grow();
    }
    bytes[(head + size++) % bytes.length] = (byte) value;
  }

  private void grow() {
    byte[] larger = new byte[Math.min(2 * bytes.length, limit)];
    int first = bytes.length - head;
    System.arraycopy(bytes, head, larger, 0, first);
    System.arraycopy(bytes, 0, larger, first, head);
    bytes = larger;
    head = 0;
  }

  /** Copies the oldest bytes, as many as there are and fit; they stay. */
  int peek(byte[] into) {
    int count = Math.min(size, into.length);
    int first = Math.min(count, bytes.length - head);
    System.arraycopy(bytes, head, into, 0, first);
    System.arraycopy(bytes, 0, into, first, count - first);
    return count;
  }

  /** Forgets the oldest {@code count} bytes. */
  void skip(int count) {
    head = (head + count) % bytes.length;
    size -= count;
  }

  /** Forgets everything and gives memory back. */
  void clear() {
    size = 0;
    head = 0;
    if (bytes.length > 4096) {
      bytes = Arrays.copyOf(bytes, 4096);
    }
  }
}
