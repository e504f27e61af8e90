package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * Matches the tokens of one channel of both sides, in streams: it holds no more of either than it
 * has to look ahead ({@link Limits}).
 *
 * <p>Tokens match when they are the same, in the tolerance of each other, and nearer to each other
 * than to the next of their kind. Where that ends, it looks for the next place where it holds again
 * ({@link #resync}), or holds with another offset ({@link Jump}); what lies before is aligned at
 * least cost ({@link Alignment}).
 */
final class Matcher<T extends Token> {
  /** Far behind every time, and far from where sums overflow. */
  private static final long FOREVER = Long.MAX_VALUE / 4;

  private final Window<T> first = new Window<>();
  private final Window<T> second = new Window<>();
  private final ClockMap clock;
  private final Limits limits;
  private final Alignment<T> alignment;
  private final Outcome<T> outcome;
  private long shift;

  Matcher(ClockMap clock, Limits limits, Alignment<T> alignment, Outcome<T> outcome) {
    this.clock = clock;
    this.limits = limits;
    this.alignment = alignment;
    this.outcome = outcome;
  }

  void addFirst(T token) {
    first.add(token);
  }

  void addSecond(T token) {
    second.add(token);
  }

  /**
   * Matches what can be decided.
   *
   * @param firstSeen the first side's time up to which all its tokens are here
   * @param secondSeen the same of the second side
   * @param end whether no more will come
   */
  void process(long firstSeen, long secondSeen, boolean end) {
    long seen = end ? FOREVER : Math.min(firstSeen, clock.first(secondSeen - shift));
    while (!first.isEmpty() || !second.isEmpty()) {
      long head = head();
      if (!first.isEmpty() && !second.isEmpty() && matches(0, 0, seen)) {
        T a = first.poll();
        T b = second.poll();
        outcome.matched(a, b, off(a, b));
      } else if (seen - head < 3 * limits.tolerance()) {
        return;
      } else if (!settled(head, seen, end)) {
        return;
      }
    }
  }

  /** Deals with a place where the heads do not match; false when more has to be seen first. */
  private boolean settled(long head, long seen, boolean end) {
    int n = within(first, head, true);
    int m = within(second, head, false);
    long place = resync(n, m, seen);
    if (place < 0) {
      boolean enough = end || seen - head >= Limits.AHEAD_NANOS || full();
      if (!enough) {
        return false;
      }
      Jump jump = Jump.find(this, n, m, limits);
      if (jump != null) {
        leap(jump);
        return true;
      }
      long half = head + Limits.AHEAD_NANOS / 2;
      boolean all = end && seen - head < Limits.AHEAD_NANOS && !full();
      place =
          all ? place(n, m) : place(before(first, n, half, true), before(second, m, half, false));
      if (place == 0) {
        place = place(Math.min(n, 1), n == 0 ? 1 : 0);
      }
    }
    resolve((int) (place >>> 32), (int) place);
    return true;
  }

  private void leap(Jump jump) {
    resolve(jump.first(), jump.second());
    shift += jump.byNanos();
    outcome.jumped(first.get(0), second.get(0), jump.byNanos());
  }

  private boolean full() {
    return first.size() >= Limits.AHEAD || second.size() >= Limits.AHEAD;
  }

  /** The first side's time of what comes next on either. */
  private long head() {
    long a = first.isEmpty() ? Long.MAX_VALUE : first.get(0).nanos();
    long b = second.isEmpty() ? Long.MAX_VALUE : clock.first(second.get(0).nanos() - shift);
    return Math.min(a, b);
  }

  private int within(Window<T> side, long head, boolean isFirst) {
    int limit = Math.min(side.size(), Limits.AHEAD);
    return before(side, limit, head + Limits.AHEAD_NANOS, isFirst);
  }

  private int before(Window<T> side, int limit, long time, boolean isFirst) {
    long own = isFirst ? time : clock.second(time) + shift;
    int count = 0;
    while (count < limit && side.get(count).nanos() <= own) {
      count++;
    }
    return count;
  }

  /** How much later {@code b} is than it should be. */
  long off(T a, T b) {
    return b.nanos() - clock.second(a.nanos()) - shift;
  }

  T first(int i) {
    return first.get(i);
  }

  T second(int j) {
    return second.get(j);
  }

  private boolean matches(int i, int j, long seen) {
    T a = first.get(i);
    T b = second.get(j);
    long off = Math.abs(off(a, b));
    return off <= limits.tolerance() && a.same(b) && nearest(i, j, off, seen);
  }

  /** No other token of the kind is nearer. */
  private boolean nearest(int i, int j, long off, long seen) {
    T a = first.get(i);
    T b = second.get(j);
    for (int k = i + 1; k < first.size() && k <= i + 3; k++) {
      T other = first.get(k);
      if (Math.abs(off(other, b)) < off && other.same(b)) {
        return false;
      }
    }
    for (int k = j + 1; k < second.size() && k <= j + 3; k++) {
      T other = second.get(k);
      if (Math.abs(off(a, other)) < off && other.same(a)) {
        return false;
      }
    }
    return seen - a.nanos() >= 2 * limits.tolerance()
        || first.size() > i + 3 && second.size() > j + 3;
  }

  private static long place(int i, int j) {
    return (long) i << 32 | j;
  }

  /** The next place where both sides agree for a while, or -1. */
  private long resync(int n, int m, long seen) {
    int i = 0;
    int j = 0;
    while (i < n && j < m) {
      long off = off(first.get(i), second.get(j));
      if (off > limits.tolerance()) {
        i++;
      } else if (off < -limits.tolerance()) {
        j++;
      } else if (agree(i, j, n, m, seen)) {
        return place(i, j);
      } else if (off > 0) {
        i++;
      } else {
        j++;
      }
    }
    return -1;
  }

  private boolean agree(int i, int j, int n, int m, long seen) {
    int k = 0;
    while (k < limits.settle() && i + k < n && j + k < m) {
      if (!matches(i + k, j + k, seen)) {
        return false;
      }
      k++;
    }
    // with fewer tokens than it takes, those that are there have to do, if no more are to come
    return k == limits.settle() || k > 0 && i + k == n && j + k == m;
  }

  private void resolve(int n, int m) {
    List<T> a = new ArrayList<>(n);
    List<T> b = new ArrayList<>(m);
    for (int i = 0; i < n; i++) {
      a.add(first.poll());
    }
    for (int j = 0; j < m; j++) {
      b.add(second.poll());
    }
    alignment.align(a, b, this::off, outcome);
  }
}
