package org.vzrig.hil.compare;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToLongBiFunction;

/**
 * Explains two stretches of tokens that do not match: pairs what belongs together, at least cost.
 */
class Alignment<T extends Token> {
  private static final int LARGEST = 64;
  private static final double GAP = 0.7;
  private static final double NEVER = 1e9;

  private final long shift;
  private final long tolerance;
  private final ToDoubleBiFunction<T, T> likeness;

  /**
   * An alignment.
   *
   * @param shift nanoseconds that tokens of a pair may be apart
   * @param tolerance nanoseconds below which they count as matching
   * @param likeness how alike two tokens are that are not the same, 0 to 1; below a half they are
   *     no pair
   */
  Alignment(long shift, long tolerance, ToDoubleBiFunction<T, T> likeness) {
    this.shift = shift;
    this.tolerance = tolerance;
    this.likeness = likeness;
  }

  /** Tells {@code outcome} what became of {@code a} and {@code b}, in order. */
  void align(List<T> a, List<T> b, ToLongBiFunction<T, T> off, Outcome<T> outcome) {
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      int n = Math.min(a.size(), i + LARGEST);
      int m = Math.min(b.size(), j + LARGEST);
      part(a.subList(i, n), b.subList(j, m), off, outcome);
      i = n;
      j = m;
    }
  }

  private void part(List<T> a, List<T> b, ToLongBiFunction<T, T> off, Outcome<T> outcome) {
    double[][] cost = new double[a.size() + 1][b.size() + 1];
    for (int i = a.size(); i >= 0; i--) {
      for (int j = b.size(); j >= 0; j--) {
        cost[i][j] = best(a, b, i, j, cost, off);
      }
    }
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      double here = cost[i][j];
      if (i < a.size()
          && j < b.size()
          && here == pair(a.get(i), b.get(j), off) + cost[i + 1][j + 1]) {
        tell(a.get(i++), b.get(j++), off, outcome);
      } else if (i < a.size() && here == GAP + cost[i + 1][j]) {
        outcome.missing(a.get(i++));
      } else {
        outcome.extra(b.get(j++));
      }
    }
  }

  private double best(
      List<T> a, List<T> b, int i, int j, double[][] cost, ToLongBiFunction<T, T> off) {
    double best = i == a.size() && j == b.size() ? 0 : NEVER;
    if (i < a.size()) {
      best = Math.min(best, GAP + cost[i + 1][j]);
    }
    if (j < b.size()) {
      best = Math.min(best, GAP + cost[i][j + 1]);
    }
    if (i < a.size() && j < b.size()) {
      best = Math.min(best, pair(a.get(i), b.get(j), off) + cost[i + 1][j + 1]);
    }
    return best;
  }

  private double pair(T a, T b, ToLongBiFunction<T, T> off) {
    double apart = Math.abs((double) off.applyAsLong(a, b)) / shift;
    if (apart > 1) {
      return NEVER;
    }
    if (a.same(b)) {
      return 0.05 + apart;
    }
    double alike = likeness.applyAsDouble(a, b);
    return alike < 0.5 ? NEVER : 0.25 + 0.8 * (1 - alike) + 0.3 * apart;
  }

  private void tell(T a, T b, ToLongBiFunction<T, T> off, Outcome<T> outcome) {
    long by = off.applyAsLong(a, b);
    if (!a.same(b)) {
      outcome.different(a, b);
    } else if (Math.abs(by) <= tolerance) {
      outcome.matched(a, b, by);
    } else {
      outcome.off(a, b, by);
    }
  }
}
