package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects findings: the first of each kind and channel, and the number of all. */
final class Findings {
  private static final int MOST_OF_A_KIND = 100;
  private static final long SAME_TIME_NANOS = 12_000_000_000L;

  private final List<Finding> kept = new ArrayList<>();
  private final Map<Finding.Kind, Long> counts = new EnumMap<>(Finding.Kind.class);
  private final Map<String, Integer> ofAKind = new java.util.HashMap<>();
  private final List<Long> jumps = new ArrayList<>();
  private final List<Long> jumpTimes = new ArrayList<>();

  void add(Finding finding) {
    counts.merge(finding.kind(), 1L, Long::sum);
    if (ofAKind.merge(finding.channel() + finding.kind(), 1, Integer::sum) <= MOST_OF_A_KIND) {
      kept.add(finding);
    }
  }

  /** Whether another channel has told of this jump already; remembers it otherwise. */
  boolean knownJump(long nanos, long by, long tolerance) {
    for (int i = 0; i < jumps.size(); i++) {
      if (Math.abs(jumps.get(i) - by) <= 4 * tolerance
          && Math.abs(jumpTimes.get(i) - nanos) <= SAME_TIME_NANOS) {
        return true;
      }
    }
    jumps.add(by);
    jumpTimes.add(nanos);
    return false;
  }

  /** Forgets what the time from {@code nanos} on has brought: a reset explains it. */
  void forgetFrom(long nanos) {
    for (Finding finding : List.copyOf(kept)) {
      if (finding.nanos() >= nanos) {
        kept.remove(finding);
        counts.merge(finding.kind(), -1L, Long::sum);
      }
    }
  }

  List<Finding> kept() {
    List<Finding> sorted = new ArrayList<>(kept);
    sorted.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
    return List.copyOf(sorted);
  }

  Map<Finding.Kind, Long> counts() {
    Map<Finding.Kind, Long> some = new EnumMap<>(counts);
    some.values().removeIf(count -> count == 0);
    return some;
  }
}
