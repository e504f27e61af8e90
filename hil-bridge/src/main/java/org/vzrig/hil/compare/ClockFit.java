package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How the two clocks relate.
 *
 * @param offsetNanos the second side's time when the first side's is 0
 * @param ppm how many millionths longer the second side takes for the same: its clock is slower
 * @param ppmError how uncertain that is: three standard deviations
 * @param rmsNanos how far matching events are from that, root mean square without outliers
 * @param points what it was computed from
 */
public record ClockFit(
    long offsetNanos, double ppm, double ppmError, double rmsNanos, List<Point> points) {
  private static final int LEAST = 3;
  private static final int PLOTTED = 600;

  /** How many times it takes to tell a rate. */
  private static final int LEAST_TIMES = 8;

  /** Stretches of time in which a host's delays may be longer or shorter than in others. */
  private static final int STRETCHES = 8;

  /** No clock is further off: what looks so is a host that delivers late. */
  private static final double MOST = 5e-3;

  /** Keeps its own list. */
  public ClockFit {
    points = List.copyOf(points);
  }

  /**
   * One event that both sides have.
   *
   * @param nanos when, on the first side
   * @param deltaNanos the second side's time less the first's
   */
  public record Point(long nanos, long deltaNanos) {}

  /** The first side's time when the second side's is {@code second}. */
  public long first(long second) {
    return clock().first(second);
  }

  LinearClock clock() {
    return new LinearClock(offsetNanos, ppm, 0);
  }

  /**
   * The line through {@code anchors} that half of them cannot bend (after Theil and Sen). Jumps
   * move what lies behind them, but not its slope.
   */
  static ClockFit through(List<FollowingClock.Anchor> anchors, LinearClock guess) {
    List<FollowingClock.Anchor> start = anchors.stream().filter(a -> a.jumps() == 0).toList();
    if (start.size() < LEAST) {
      double offset = guess.offsetNanos() - guess.anchor() * guess.ppm() * 1e-6;
      return new ClockFit(Math.round(offset), 0, 0, 0, List.of());
    }
    Map<Integer, List<FollowingClock.Anchor>> parts =
        anchors.stream().collect(Collectors.groupingBy(FollowingClock.Anchor::jumps));
    double rough = medianSlope(parts.values());
    Sums sums = new Sums();
    parts.values().forEach(part -> sums.add(part, rough));
    double random = sums.slopeError(distinct(anchors));
    // too short or too rough to tell the rates apart: they are taken for equal then
    boolean told = Math.abs(sums.slope()) > random && Math.abs(sums.slope()) < MOST;
    double error = Math.max(random, sums.slowError()) + sums.rms() / span(parts.values());
    double slope = told ? sums.slope() : 0;
    double offset = median(start.stream().mapToDouble(a -> a.delta() - slope * a.first()));
    return new ClockFit(Math.round(offset), slope * 1e6, error * 1e6, sums.rms(), points(anchors));
  }

  /** How long the longest part is; delays may have changed by their jitter meanwhile. */
  private static double span(Collection<List<FollowingClock.Anchor>> parts) {
    return parts.stream()
        .mapToDouble(part -> part.getLast().first() - part.getFirst().first())
        .reduce(1, Math::max);
  }

  /** How many different times the second side has. */
  private static long distinct(List<FollowingClock.Anchor> anchors) {
    return anchors.stream().mapToLong(FollowingClock.Anchor::second).distinct().count();
  }

  private static double medianSlope(Collection<List<FollowingClock.Anchor>> parts) {
    DoubleStream.Builder slopes = DoubleStream.builder();
    for (List<FollowingClock.Anchor> part : parts) {
      int half = part.size() / 2;
      for (int i = 0; i < half; i++) {
        FollowingClock.Anchor a = part.get(i);
        FollowingClock.Anchor b = part.get(i + part.size() - half);
        slopes.add((b.delta() - a.delta()) / Math.max(1, b.first() - a.first()));
      }
    }
    return median(slopes.build());
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  /** Least squares over the anchors near a rough line, each part about its own middle. */
  private static final class Sums {
    private double n;
    private double xx;
    private double xy;
    private double yy;
    private final List<double[]> about = new ArrayList<>();

    void add(List<FollowingClock.Anchor> part, double rough) {
      double offset = median(part.stream().mapToDouble(a -> a.delta() - rough * a.first()));
      double limit =
          1000
              + 4
                  * median(
                      part.stream()
                          .mapToDouble(a -> Math.abs(a.delta() - offset - rough * a.first())));
      List<FollowingClock.Anchor> near =
          part.stream()
              .filter(a -> Math.abs(a.delta() - offset - rough * a.first()) <= limit)
              .toList();
      double x = near.stream().mapToDouble(FollowingClock.Anchor::first).average().orElse(0);
      double y = near.stream().mapToDouble(FollowingClock.Anchor::delta).average().orElse(0);
      for (FollowingClock.Anchor a : near) {
        double dx = a.first() - x;
        double dy = a.delta() - y;
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
        about.add(new double[] {dx, dy});
      }
      n += near.size();
    }

    double slope() {
      return xx > 0 ? xy / xx : 0;
    }

    double rms() {
      return Math.sqrt(Math.max(0, yy - slope() * xy) / Math.max(1, n));
    }

    /**
     * What delays do that change slowly, as those of a host that is busy for some seconds: each of
     * a few stretches errs as a whole (cluster-robust standard error).
     */
    double slowError() {
      int each = (about.size() + STRETCHES - 1) / STRETCHES;
      if (each < 2 || xx <= 0) {
        return 0;
      }
      double squares = 0;
      for (int from = 0; from < about.size(); from += each) {
        double pull = 0;
        for (double[] at : about.subList(from, Math.min(from + each, about.size()))) {
          pull += at[0] * (at[1] - slope() * at[0]);
        }
        squares += pull * pull;
      }
      return 3 * Math.sqrt(squares * STRETCHES / (STRETCHES - 2)) / xx;
    }

    /** Events that the host got in one lump count as one. */
    double slopeError(long distinct) {
      double lumps = Math.sqrt(Math.max(1, n / Math.max(1, distinct)));
      return xx > 0 && distinct >= LEAST_TIMES ? 3 * lumps * rms() / Math.sqrt(xx) : MOST;
    }
  }

  private static List<Point> points(List<FollowingClock.Anchor> anchors) {
    List<Point> points = new ArrayList<>();
    int step = Math.max(1, anchors.size() / PLOTTED);
    for (int i = 0; i < anchors.size(); i += step) {
      points.add(new Point(anchors.get(i).first(), Math.round(anchors.get(i).delta())));
    }
    return points;
  }
}
