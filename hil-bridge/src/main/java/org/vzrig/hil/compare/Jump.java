package org.vzrig.hil.compare;

import org.jspecify.annotations.Nullable;

/**
 * A place from which on one side does the same as the other, but later or earlier: it was reset, or
 * something held it up.
 *
 * @param first how many tokens of the first side come before
 * @param second how many of the second side
 * @param byNanos how much later the second side is from there on
 */
record Jump(int first, int second, long byNanos) {
  private static final int TRIES = 24;

  /** The jump that skips least and agrees with most of what is there; null when there is none. */
  static <T extends Token> @Nullable Jump find(Matcher<T> matcher, int n, int m, Limits limits) {
    Jump best = null;
    int bestLength = limits.jump() - 1;
    for (int i = 0; i < Math.min(n, TRIES); i++) {
      for (int j = 0; j < Math.min(m, TRIES); j++) {
        long by = matcher.off(matcher.first(i), matcher.second(j));
        int length = length(matcher, i, j, n, m, by, limits);
        boolean longer = length > bestLength;
        boolean nearer =
            best != null
                && length == bestLength
                && Math.abs(by) < Math.abs(best.byNanos) - limits.tolerance();
        if (Math.abs(by) > limits.tolerance() && (longer || nearer)) {
          best = new Jump(i, j, by);
          bestLength = length;
        }
      }
    }
    return best;
  }

  private static <T extends Token> int length(
      Matcher<T> matcher, int i, int j, int n, int m, long by, Limits limits) {
    int k = 0;
    while (i + k < n && j + k < m && k < 4 * limits.jump()) {
      T a = matcher.first(i + k);
      T b = matcher.second(j + k);
      if (Math.abs(matcher.off(a, b) - by) > limits.tolerance() || !a.same(b)) {
        break;
      }
      k++;
    }
    return k;
  }
}
