package org.vzrig.hil.bridge;

/**
 * Bytes on their way to one reader. A reader that takes some every now and then is waited for; one
 * that has stopped loses what does not fit, and the loss is counted. Used by one thread, but for
 * the counts.
 */
final class Outlet {
  /** What a reader may be behind before bytes wait in the ring, and are lost there at last. */
  static final int CAPACITY = 1 << 20;

  /** A reader that takes nothing for so long has stopped; a busy host lets one wait for less. */
  private static final long STALL_NANOS = 1_000_000_000;

  private final ByteFifo waiting = new ByteFifo(CAPACITY);
  private final byte[] chunk = new byte[4096];
  private long movedAt = System.nanoTime();
  private volatile long sent;
  private volatile long lost;

  /** Takes bytes without waiting. */
  interface Taker {
    /** Takes some of the first {@code length} bytes; returns how many. */
    int take(byte[] bytes, int length) throws java.io.IOException;
  }

  /** How many bytes {@link #put} takes now; what a stopped reader cannot take is dropped there. */
  int room() {
    return stopped() ? Integer.MAX_VALUE : waiting.room();
  }

  private boolean stopped() {
    return waiting.room() == 0 && idleNanos() > STALL_NANOS;
  }

  /** How long nothing was taken while something waited, in nanoseconds. */
  long idleNanos() {
    return waiting.size() == 0 ? 0 : System.nanoTime() - movedAt;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the route's thread writes it
  void put(int value) {
    if (waiting.room() == 0) {
      lost++;
      return;
    }
    if (waiting.size() == 0) {
      movedAt = System.nanoTime();
    }
    waiting.put(value);
  }

  /** Hands over as much as {@code taker} takes; returns how much that was. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the route's thread writes it
  int flush(Taker taker) throws java.io.IOException {
    int all = 0;
    while (waiting.size() > 0) {
      int count = taker.take(chunk, waiting.peek(chunk));
      if (count == 0) {
        break;
      }
      waiting.skip(count);
      sent += count;
      all += count;
      movedAt = System.nanoTime();
    }
    return all;
  }

  /** Forgets what waits; returns how much that was. */
  int discard() {
    int count = waiting.size();
    waiting.clear();
    return count;
  }

  int waiting() {
    return waiting.size();
  }

  long sent() {
    return sent;
  }

  long lost() {
    return lost;
  }
}
