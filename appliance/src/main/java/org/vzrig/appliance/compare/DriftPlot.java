package org.vzrig.appliance.compare;

import java.util.List;
import org.vzrig.hil.compare.ClockFit;
import org.vzrig.hil.compare.Spans;

/** How far the second side's clock is from the first side's, over time. */
final class DriftPlot {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 220;
  private static final int LEFT = 90;
  private static final int RIGHT = 980;
  private static final int TOP = 14;
  private static final int BOTTOM = 190;

  private DriftPlot() {}

  static String of(ClockFit clock) {
    List<ClockFit.Point> points = clock.points();
    if (points.size() < 2) {
      return "<p>Nothing that both sides did relates their clocks.</p>\n";
    }
    long to = points.stream().mapToLong(ClockFit.Point::nanos).max().orElse(1);
    double slope = clock.ppm() * 1e-6;
    double[] off =
        points.stream()
            .mapToDouble(p -> Math.abs(ahead(clock, p) - slope * p.nanos()))
            .sorted()
            .toArray();
    // a single event that is far off must not flatten all others
    double margin = Math.max(1.3 * off[(int) (0.97 * off.length)], 1000);
    double end = slope * to;
    return draw(clock, to, Math.min(0, end) - margin, Math.max(0, end) + margin);
  }

  private static double ahead(ClockFit clock, ClockFit.Point point) {
    return point.deltaNanos() - clock.offsetNanos();
  }

  private static String draw(ClockFit clock, long to, double low, double high) {
    Svg svg = new Svg(WIDTH, HEIGHT, "drift of the clocks");
    for (int i = 0; i <= 4; i++) {
      double value = low + (high - low) * i / 4;
      svg.line("grid", LEFT, y(value, low, high), RIGHT, y(value, low, high));
      svg.text("tick end", LEFT - 6, y(value, low, high) + 4, Spans.shown(Math.round(value)));
      double x = LEFT + (RIGHT - LEFT) * i / 4.0;
      svg.text("tick middle", x, BOTTOM + 18, Spans.shown(to * i / 4));
    }
    for (ClockFit.Point point : clock.points()) {
      double x = LEFT + (RIGHT - LEFT) * (double) point.nanos() / to;
      double ahead = ahead(clock, point);
      if (ahead >= low && ahead <= high) {
        svg.dot("point", x, y(ahead, low, high), 2);
      }
    }
    double end = clock.ppm() * 1e-6 * to;
    svg.line("fit", LEFT, y(0, low, high), RIGHT, y(end, low, high));
    return svg.toString();
  }

  private static double y(double value, double low, double high) {
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low);
  }
}
