package org.vzrig.hil.compare;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Whether two stretches of console hold the same characters at the same times, in another order
 * only: several guests print there, and each prints what it should.
 */
final class Interleaving {
  private static final int LONGEST = 20_000;

  private Interleaving() {}

  /**
   * Whether every character of one side has its own on the other within {@code tolerance}.
   *
   * @param expected when the second side should have what the first has at a time
   */
  static boolean same(
      List<Line> first, List<Line> second, LongUnaryOperator expected, long tolerance) {
    long characters = characters(first);
    if (characters == 0 || characters > LONGEST || characters != characters(second)) {
      return false;
    }
    Map<Character, Deque<Long>> waiting = new HashMap<>();
    for (Line line : second) {
      for (int i = 0; i < line.text().length(); i++) {
        waiting.computeIfAbsent(line.text().charAt(i), c -> new ArrayDeque<>()).add(line.nanos(i));
      }
    }
    for (Line line : first) {
      for (int i = 0; i < line.text().length(); i++) {
        Deque<Long> times = waiting.get(line.text().charAt(i));
        Long time = times == null ? null : times.poll();
        if (time == null || Math.abs(time - expected.applyAsLong(line.nanos(i))) > tolerance) {
          return false;
        }
      }
    }
    return true;
  }

  private static long characters(List<Line> lines) {
    return lines.stream().mapToLong(line -> line.text().length()).sum();
  }
}
