package org.vzrig.hil.gpio;

/**
 * Passes edges of one pin on, in order, while they are no closer than half a period of 1 kHz in
 * virtual time. Of those that are closer, the level that they leave behind is passed on when that
 * time is over, if it is another one; the others are merged.
 */
final class EdgeLimit {
  /** Half a period of 1 kHz. */
  static final long HALF_PERIOD_NANOS = 500_000;

  private final Passed passed;
  private boolean level;
  private long last = -HALF_PERIOD_NANOS;
  private boolean held;
  private long heldSince;
  private long merged;

  /** Takes the edges that pass. */
  @FunctionalInterface
  interface Passed {
    /** The pin has {@code level} now. */
    void edge(boolean level);
  }

  /** Begins with {@code level}. */
  EdgeLimit(boolean level, Passed passed) {
    this.level = level;
    this.passed = passed;
  }

  /** The pin has gone to {@code to} at virtual time {@code nanos}; {@code now} is the host's. */
  void edge(long nanos, boolean to, long now) {
    if (held && nanos - last >= HALF_PERIOD_NANOS) {
      release(last + HALF_PERIOD_NANOS);
    }
    if (to == (level != held)) {
      return;
    }
    if (held) {
      held = false;
      merged += 2;
    } else if (nanos - last >= HALF_PERIOD_NANOS) {
      pass(to, nanos);
    } else {
      held = true;
      heldSince = now;
    }
  }

  /** No edge may come for long: passes one on that was held back for its time of the host. */
  boolean rest(long now) {
    boolean due = held && now - heldSince >= HALF_PERIOD_NANOS;
    if (due) {
      release(last + HALF_PERIOD_NANOS);
    }
    return due;
  }

  /** Edges were lost on their way here: the level is {@code now}. */
  void resume(boolean now) {
    held = false;
    if (now != level) {
      pass(now, last);
    }
  }

  /** Whether an edge is held back. */
  boolean holds() {
    return held;
  }

  /** How many edges were not passed on. */
  long merged() {
    return merged;
  }

  private void release(long nanos) {
    held = false;
    pass(!level, nanos);
  }

  private void pass(boolean to, long nanos) {
    level = to;
    last = nanos;
    passed.edge(to);
  }
}
