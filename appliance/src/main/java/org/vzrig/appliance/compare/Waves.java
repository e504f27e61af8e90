package org.vzrig.appliance.compare;

import java.util.List;
import java.util.Map;
import org.vzrig.boards.Led;
import org.vzrig.hil.compare.ClockFit;
import org.vzrig.hil.compare.Row;
import org.vzrig.hil.compare.Settings;
import org.vzrig.hil.compare.Spans;
import org.vzrig.hil.compare.Status;

/**
 * The LEDs of both sides under each other, on the first side's time, and below them how much later
 * the second side's edges are.
 */
final class Waves {
  private static final int WIDTH = 1000;
  private static final int LEFT = 80;
  private static final int RIGHT = 955;
  private static final int LANE = 22;
  private static final int SECOND = 3 * LANE;
  private static final int STRIP_TOP = SECOND + 6;
  private static final int STRIP = 34;
  private static final int FEW = 24;

  private final ClockFit clock;
  private final Settings settings;
  private final String firstName;
  private final String secondName;

  Waves(ClockFit clock, Settings settings, String firstName, String secondName) {
    this.clock = clock;
    this.settings = settings;
    this.firstName = firstName;
    this.secondName = secondName;
  }

  /** A picture of {@code channel} from {@code from} to {@code to}, with edge deltas. */
  String draw(String channel, List<Row> rows, long from, long to) {
    int height = STRIP_TOP + STRIP + 20;
    Svg svg = new Svg(WIDTH, height, channel + " of both sides");
    Picture picture = new Picture(svg, from, Math.max(to, from + 1), dark(channel));
    picture.axis(height);
    picture.lane(rows, true, LANE, firstName);
    picture.lane(rows, false, SECOND, secondName);
    picture.marks(rows);
    picture.strip(rows, STRIP_TOP);
    return svg.toString();
  }

  /** Whether a high level means a dark LED. */
  private boolean dark(String channel) {
    return settings.board().led(channel).map(Led::activeLow).orElse(false);
  }

  private long time(Row row, boolean first) {
    return first ? row.firstNanos() : clock.first(row.secondNanos());
  }

  private static boolean has(Row row, boolean first) {
    return (first ? row.firstNanos() : row.secondNanos()) != Row.NONE;
  }

  private final class Picture {
    private final Svg svg;
    private final long from;
    private final long to;
    private final boolean inverted;

    Picture(Svg svg, long from, long to, boolean inverted) {
      this.svg = svg;
      this.from = from;
      this.to = to;
      this.inverted = inverted;
    }

    private double x(long nanos) {
      return LEFT + (RIGHT - LEFT) * (double) (nanos - from) / (to - from);
    }

    private boolean visible(long nanos) {
      return nanos >= from && nanos <= to;
    }

    void axis(int height) {
      for (int i = 0; i <= 8; i++) {
        long at = from + (to - from) * i / 8;
        svg.line("grid", x(at), 4, x(at), height - 16);
        svg.text("tick middle", x(at), height - 3, label(at));
      }
    }

    private String label(long at) {
      long span = to - from;
      String form = span < 50_000_000 ? "%.4f" : span < 5_000_000_000L ? "%.3f" : "%.1f";
      return String.format(java.util.Locale.ROOT, form, at / 1e9) + " s";
    }

    void lane(List<Row> rows, boolean first, double base, String name) {
      svg.text("name", 4, base - 4, name);
      Svg.Steps steps = null;
      boolean on = false;
      for (Row row : rows) {
        if (has(row, first)) {
          boolean now = (first ? row.first() : row.second()).equals("high") != inverted;
          long at = time(row, first);
          if (at > to) {
            break;
          }
          if (steps == null && at >= from) {
            steps = new Svg.Steps(LEFT, y(!now, base));
          }
          if (steps != null) {
            steps.to(x(at), y(now, base));
          }
          on = now;
        }
      }
      Svg.Steps all = steps == null ? new Svg.Steps(LEFT, y(on, base)) : steps;
      svg.path(first ? "wave one" : "wave two", all.end(RIGHT));
    }

    private double y(boolean on, double base) {
      return on ? base - 16 : base;
    }

    /** Boxes where the sides part, and lines between edges that belong together. */
    void marks(List<Row> rows) {
      for (Row row : rows) {
        boolean both = has(row, true) && has(row, false);
        long at = time(row, has(row, true));
        if (visible(at) && row.status() == Status.OFF && both) {
          svg.line("off", x(at), LANE, x(time(row, false)), SECOND - 16);
        } else if (visible(at) && row.status() != Status.SAME) {
          String what = row.status() + " at " + Escapes.seconds(at) + " s";
          svg.box("mark", x(at) - 2, has(row, true) ? 2 : SECOND - 20, 4, LANE + 2, what);
        }
      }
    }

    /** How much later each edge of the second side is. */
    void strip(List<Row> rows, double top) {
      List<Row> pairs =
          rows.stream()
              .filter(row -> has(row, true) && has(row, false) && visible(row.firstNanos()))
              .toList();
      double most = (double) settings.tolerance().edgeNanos();
      for (Row row : pairs) {
        most = Math.max(most, (double) Math.abs(row.offNanos()));
      }
      double middle = top + STRIP / 2.0;
      svg.line("zero", LEFT, middle, RIGHT, middle);
      svg.text("tick", 4, middle - 6, "+" + Spans.shown(Math.round(most)));
      svg.text("tick", 4, middle + 14, "-" + Spans.shown(Math.round(most)));
      double last = Double.NEGATIVE_INFINITY;
      for (Row row : pairs) {
        double x = x(row.firstNanos());
        boolean off = row.status() == Status.OFF;
        if (off || x - last >= 0.5) {
          double y = middle - row.offNanos() / most * (STRIP / 2.0 - 2);
          svg.dot(off ? "delta bad" : "delta", x, y, off ? 3 : 1.8);
          last = x;
        }
        if (pairs.size() <= FEW) {
          svg.text("delta middle", x, LANE + 15, signed(row.offNanos()));
        }
      }
    }

    private String signed(long nanos) {
      return (nanos < 0 ? "" : "+") + Spans.shown(nanos);
    }
  }

  /** How long to show around a difference: a few edges to both sides. */
  static long around(Row row, List<Row> rows) {
    long gap = 50_000_000;
    int at = rows.indexOf(row);
    if (at > 0) {
      long before = rows.get(at - 1).firstNanos();
      long here = row.firstNanos();
      gap = before == Row.NONE || here == Row.NONE ? gap : Math.abs(here - before);
    }
    return Math.clamp(Math.max(3 * gap, 4 * Math.abs(row.offNanos())), 2_000_000, 3_000_000_000L);
  }

  /** The longest time that edges tell of. */
  long end(Map<String, ReportData.Edges> edges) {
    return edges.values().stream()
        .filter(one -> !one.rows().isEmpty())
        .mapToLong(
            one -> {
              Row last = one.rows().getLast();
              return time(last, has(last, true));
            })
        .max()
        .orElse(0);
  }
}
