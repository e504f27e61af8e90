package org.vzrig.emulator.port;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Carries (cycle, value) pairs from one thread to one other without locks and without allocation.
 *
 * <p>The machine thread offers, an agent drains. A full ring never waits: what does not fit is
 * counted as lost.
 */
public final class EventRing {
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(EventRing.class, "head", long.class);
      TAIL = lookup.findVarHandle(EventRing.class, "tail", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long[] cycles;
  private final int[] values;
  private final int mask;
  // reached through HEAD and TAIL by the other side
  private long head;
  private long tail;
  private volatile long lost;

  /** Takes what is drained. */
  @FunctionalInterface
  public interface Sink {
    /** The next pair. */
    void accept(long cycle, int value);
  }

  /**
   * A ring for {@code capacity} pairs.
   *
   * @param capacity a power of two
   */
  public EventRing(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("capacity must be a power of two, found " + capacity);
    }
    cycles = new long[capacity];
    values = new int[capacity];
    mask = capacity - 1;
  }

  /** Producer: appends a pair, or counts it as lost and returns false when the ring is full. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the producer writes it
  public boolean offer(long cycle, int value) {
    if (tail - (long) HEAD.getAcquire(this) > mask) {
      lost++;
      return false;
    }
    int slot = (int) tail & mask;
    cycles[slot] = cycle;
    values[slot] = value;
    TAIL.setRelease(this, tail + 1);
    return true;
  }

  /** Consumer: hands over what is there now; returns how many pairs that was. */
  public int drain(Sink sink) {
    return drain(sink, Integer.MAX_VALUE);
  }

  /** Consumer: hands over what is there now, at most {@code limit} pairs; returns how many. */
  public int drain(Sink sink, int limit) {
    long first = head;
    long end = Math.min((long) TAIL.getAcquire(this), first + limit);
    for (long at = first; at < end; at++) {
      int slot = (int) at & mask;
      long cycle = cycles[slot];
      int value = values[slot];
      HEAD.setRelease(this, at + 1);
      sink.accept(cycle, value);
    }
    return (int) (end - first);
  }

  /** Either side: how many pairs wait now. */
  public int size() {
    return (int) ((long) TAIL.getVolatile(this) - (long) HEAD.getVolatile(this));
  }

  /** How many pairs it can hold. */
  public int capacity() {
    return mask + 1;
  }

  /** How many pairs did not fit. */
  public long lost() {
    return lost;
  }
}
