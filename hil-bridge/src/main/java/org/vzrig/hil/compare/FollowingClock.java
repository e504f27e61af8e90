package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows the relation of the clocks while tokens are matched, and collects what the final relation
 * is computed from.
 */
final class FollowingClock implements ClockMap {
  private static final int RECENT = 32;
  private static final int MOST_ANCHORS = 4096;
  private static final double MOST_PPM = 2000;

  private LinearClock now;
  private final long[] firsts = new long[RECENT];
  private final long[] deltas = new long[RECENT];
  private int seen;
  private final List<Anchor> edges = new ArrayList<>();
  private final List<Anchor> lines = new ArrayList<>();
  private final long[] stride = {1, 1};
  private final long[] counted = new long[2];

  /**
   * Two times that belong together.
   *
   * @param first the first side's
   * @param second the second side's
   * @param jumps how many jumps lie before
   */
  record Anchor(long first, long second, int jumps) {
    double delta() {
      return second - first;
    }
  }

  FollowingClock(LinearClock start) {
    now = start;
  }

  @Override
  public long second(long first) {
    return now.second(first);
  }

  @Override
  public long first(long second) {
    return now.first(second);
  }

  @Override
  public void observe(long first, long second, long off, int jumps, boolean edge) {
    int slot = seen++ % RECENT;
    firsts[slot] = first;
    deltas[slot] = now.second(first) + off - first;
    if (seen >= RECENT && seen % (RECENT / 4) == 0) {
      follow();
    }
    keep(edge ? edges : lines, edge ? 0 : 1, new Anchor(first, second, jumps));
  }

  private void keep(List<Anchor> anchors, int kind, Anchor anchor) {
    if (counted[kind]++ % stride[kind] == 0) {
      anchors.add(anchor);
      if (anchors.size() == MOST_ANCHORS) {
        for (int i = 0; i < MOST_ANCHORS / 2; i++) {
          anchors.set(i, anchors.get(2 * i));
        }
        anchors.subList(MOST_ANCHORS / 2, MOST_ANCHORS).clear();
        stride[kind] *= 2;
      }
    }
  }

  /** The middle of what was seen last is right now; the rate changes slowly. */
  private void follow() {
    long[] off = new long[RECENT];
    for (int i = 0; i < RECENT; i++) {
      off[i] = deltas[i] - (now.second(firsts[i]) - firsts[i]);
    }
    Arrays.sort(off);
    long correction = off[RECENT / 2];
    long latest = Arrays.stream(firsts).max().orElse(0);
    long earliest = Arrays.stream(firsts).min().orElse(0);
    double at =
        now.offsetNanos() + (double) (latest - now.anchor()) * now.ppm() * 1e-6 + correction;
    double since = Math.max((double) (latest - now.anchor()), (latest - earliest) * 4.0);
    double ppm = now.ppm() + (since > 0 ? correction / since * 1e6 * 0.5 : 0);
    now = new LinearClock(at, Math.clamp(ppm, -MOST_PPM, MOST_PPM), latest);
  }

  /** Pairs of times to compute the relation from: edges where there are enough of them. */
  List<Anchor> anchors() {
    boolean enough = edges.size() >= 16;
    List<Anchor> all = enough ? edges : new ArrayList<>(edges);
    if (!enough) {
      all.addAll(lines);
      all.sort((a, b) -> Long.compare(a.first, b.first));
    }
    return all;
  }
}
