package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A first guess of how the clocks relate, from the beginnings of both captures: every pair of equal
 * tokens votes for the offset between them, rare tokens with more weight, and the offset and rate
 * that most votes agree on win; among equals the smallest offset.
 */
final class Vote {
  private static final int SLOPES = 24;
  private static final double SLOPE_PPM = 50;
  private static final double MOST_PPM = SLOPES * SLOPE_PPM;

  /** How much of the first side's beginning has to decide, before all that is known does. */
  private static final long BEGINNING_NANOS = 1_500_000_000;

  /** How many of its first lines are looked for. */
  private static final int FIRST_LINES = 3;

  private static final double ALMOST = 0.9;

  /** What the first line counts more: where lines repeat, only it tells where they begin. */
  private static final double FIRST = 0.1;

  private final List<Pair> pairs = new ArrayList<>();
  private final long width;
  private final long around;
  private final boolean early;
  private long span;
  private int tokens;

  /**
   * Two tokens that are alike.
   *
   * @param first when the first side has it
   * @param token which token of the first side
   * @param delta how much later the second side has it
   * @param share how much the token counts
   * @param weight how much the pair counts: the token's share, less where many are alike
   */
  private record Pair(long first, int token, long delta, double share, double weight) {}

  /**
   * A vote.
   *
   * @param early whether among almost equal windows the earliest wins: a board that was reset does
   *     everything again
   */
  private Vote(Tolerance tolerance, boolean early) {
    this.width = tolerance.edgeNanos();
    this.around = 2 * Math.max(tolerance.textNanos(), tolerance.edgeNanos());
    this.early = early;
  }

  /**
   * Guesses from the beginnings, the best guess first.
   *
   * <p>When the first side's very beginning finds its like, that decides: what comes later may be
   * held up or come again. Else all that is known of both sides votes too, as for captures that
   * begin in the middle of a run.
   *
   * @param tolerance how much the sides may differ
   * @return nothing when the sides have nothing in common
   */
  static List<LinearClock> of(Survey first, Survey second, Tolerance tolerance) {
    List<LinearClock> guesses = new ArrayList<>();
    for (boolean withPins : new boolean[] {true, false}) {
      Vote beginning = new Vote(tolerance, true);
      beginning.add(first, second, BEGINNING_NANOS, 1, withPins);
      Optional<LinearClock> clock = beginning.winner();
      if (clock.isPresent()
          && meetsFirstLines(first, second, clock.get(), tolerance.textNanos())
          && (withPins || meetsFirstEdges(first, second, clock.get(), tolerance.textNanos()))) {
        return List.of(clock.get());
      }
      clock.filter(any -> withPins).ifPresent(guesses::add);
    }
    Vote all = new Vote(tolerance, false);
    all.add(first, second, Long.MAX_VALUE, 4, true);
    all.winner().ifPresent(guesses::add);
    return guesses;
  }

  /** Whether most pins' first edges have their like. */
  private static boolean meetsFirstEdges(
      Survey first, Survey second, LinearClock clock, long tolerance) {
    int met = 0;
    int pins = 0;
    for (Map.Entry<Integer, Survey.Pin> pin : first.pins().entrySet()) {
      Survey.Pin other = second.pins().get(pin.getKey());
      if (other != null) {
        pins++;
        Edge edge = pin.getValue().head.getFirst();
        long expected = clock.second(edge.nanos());
        boolean like =
            other.head.stream()
                .anyMatch(o -> Math.abs(o.nanos() - expected) <= tolerance && o.same(edge));
        met += like ? 1 : 0;
      }
    }
    return 2 * met > pins;
  }

  private static boolean meetsFirstLines(
      Survey first, Survey second, LinearClock clock, long tolerance) {
    boolean common = false;
    for (Map.Entry<Integer, Survey.Uart> uart : first.uarts().entrySet()) {
      Survey.Uart other = second.uarts().get(uart.getKey());
      if (other != null) {
        common = true;
        for (Line line : uart.getValue().head.stream().limit(FIRST_LINES).toList()) {
          long expected = clock.second(line.nanos());
          if (other.head.stream()
              .anyMatch(o -> Math.abs(o.nanos() - expected) <= tolerance && o.same(line))) {
            return true;
          }
        }
      }
    }
    return !common;
  }

  private void add(
      Survey first, Survey second, long beginning, double lineWeight, boolean withPins) {
    for (Integer uart : first.uarts().keySet()) {
      Survey.Uart other = second.uarts().get(uart);
      Survey.Uart own = first.uarts().get(uart);
      if (other != null && own != null) {
        add(until(own.head, beginning), other.head, lineWeight, FIRST);
      }
    }
    for (Integer pin : withPins ? first.pins().keySet() : Set.<Integer>of()) {
      Survey.Pin other = second.pins().get(pin);
      Survey.Pin own = first.pins().get(pin);
      if (other != null && own != null) {
        add(until(own.head, beginning), other.head, 1, 0);
      }
    }
  }

  /** The tokens that come no later than {@code nanos} behind the first. */
  private static <T extends Token> List<T> until(List<T> tokens, long nanos) {
    return tokens.stream().filter(t -> t.nanos() - tokens.getFirst().nanos() <= nanos).toList();
  }

  private void add(
      List<? extends Token> first, List<? extends Token> second, double weight, double bonus) {
    Map<Integer, Integer> ownCount = counts(first);
    double more = bonus;
    for (Token a : first) {
      span = Math.max(span, a.nanos());
      double share = weight * (1.0 / first.size() + more);
      double each = share / ownCount.getOrDefault(a.key(), 1);
      more = 0;
      tokens++;
      for (Token b : second) {
        if (a.key() == b.key() && a.same(b)) {
          pairs.add(new Pair(a.nanos(), tokens, b.nanos() - a.nanos(), share, each));
        }
      }
    }
  }

  private static Map<Integer, Integer> counts(List<? extends Token> tokens) {
    Map<Integer, Integer> counts = new HashMap<>();
    tokens.forEach(token -> counts.merge(token.key(), 1, Integer::sum));
    return counts;
  }

  private Optional<LinearClock> winner() {
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    long wide = 2 * width + Math.round(span * 2 * MOST_PPM * 1e-6);
    List<Pair> candidates = early ? earliest() : pairs;
    long coarse = densest(candidates, 0, wide).at;
    List<Pair> near = candidates.stream().filter(p -> Math.abs(p.delta - coarse) <= wide).toList();
    Peak best = densest(near, 0, width);
    double bestPpm = 0;
    for (int k = -SLOPES; k <= SLOPES && span > 0; k++) {
      double ppm = k * SLOPE_PPM;
      Peak peak = densest(near, ppm, width);
      if (peak.weight > best.weight + 1e-9) {
        best = peak;
        bestPpm = ppm;
      }
    }
    return Optional.of(new LinearClock(best.at, bestPpm, 0));
  }

  /**
   * The pairs about the first time at which almost all that is found anywhere is found within what
   * may be late: the delays of a busy host blur a start, and what is clearer may be a repetition.
   */
  private List<Pair> earliest() {
    List<Pair> sorted =
        pairs.stream().sorted(Comparator.comparingLong((Pair pair) -> pair.delta)).toList();
    double[] found = new double[sorted.size()];
    Map<Integer, Integer> inside = new HashMap<>();
    double sum = 0;
    int from = 0;
    for (int to = 0; to < found.length; to++) {
      Pair in = sorted.get(to);
      sum += inside.merge(in.token, 1, Integer::sum) == 1 ? in.share : 0;
      while (in.delta - sorted.get(from).delta > around) {
        Pair out = sorted.get(from++);
        sum -= inside.merge(out.token, -1, Integer::sum) == 0 ? out.share : 0;
      }
      found[to] = sum;
    }
    double enough = ALMOST * Arrays.stream(found).max().orElse(0);
    int first = 0;
    while (found[first] < enough) {
      first++;
    }
    long end = sorted.get(first).delta;
    return pairs.stream().filter(p -> Math.abs(p.delta - end) <= around).toList();
  }

  private record Peak(long at, double weight) {}

  /** The middle of the window of {@code wide} nanoseconds that has most votes. */
  private Peak densest(List<Pair> pairs, double ppm, long wide) {
    double[][] votes = new double[pairs.size()][];
    for (int i = 0; i < votes.length; i++) {
      Pair pair = pairs.get(i);
      votes[i] = new double[] {pair.delta - pair.first * ppm * 1e-6, pair.weight};
    }
    Arrays.sort(votes, (a, b) -> Double.compare(a[0], b[0]));
    List<Peak> peaks = new ArrayList<>();
    double sum = 0;
    double most = 0;
    int from = 0;
    for (int to = 0; to < votes.length; to++) {
      sum += votes[to][1];
      while (votes[to][0] - votes[from][0] > wide) {
        sum -= votes[from++][1];
      }
      peaks.add(new Peak(Math.round((votes[from][0] + votes[to][0]) / 2), sum));
      most = Math.max(most, sum);
    }
    return choose(peaks, most);
  }

  private Peak choose(List<Peak> peaks, double most) {
    double enough = early ? most * ALMOST : most - 1e-9;
    Peak best = new Peak(0, -1);
    for (Peak peak : peaks) {
      boolean nearer = early ? peak.at < best.at : Math.abs(peak.at) < Math.abs(best.at);
      if (peak.weight >= enough && (best.weight < 0 || nearer)) {
        best = peak;
      }
    }
    return best;
  }
}
