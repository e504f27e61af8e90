package org.vzrig.hil.gpio;

/** Believes a level that an input has kept for a while. */
final class Debouncer {
  private final long nanos;
  private boolean believed;
  private boolean seen;
  private long since;

  /** Begins with {@code level}; another counts when it was kept for {@code nanos}. */
  Debouncer(boolean level, long nanos) {
    believed = level;
    seen = level;
    this.nanos = nanos;
  }

  /** The input has {@code level} at {@code now}; returns whether what is believed has changed. */
  boolean sample(boolean level, long now) {
    if (level != seen) {
      seen = level;
      since = now;
    }
    if (seen == believed || now - since < nanos) {
      return false;
    }
    believed = seen;
    return true;
  }

  /** The level that counts. */
  boolean level() {
    return believed;
  }
}
