package org.vzrig.hil.compare;

import org.jspecify.annotations.Nullable;

/** The lines of a console, whose single characters may be late too. */
final class LineChronicle extends Chronicle<Line> {
  private static final int SHOWN = 60;

  private final Scope scope;
  private final long tolerance;

  /**
   * The chronicle of a console.
   *
   * @param first when the first side's bytes came
   * @param second when the second side's bytes came
   */
  LineChronicle(
      String name,
      Settings settings,
      Scope scope,
      Findings findings,
      long tolerance,
      Activity first,
      Activity second) {
    super(name, settings, scope, new LineWording(name, first, second), findings);
    this.scope = scope;
    this.tolerance = tolerance;
  }

  private record LineWording(String name, Activity first, Activity second)
      implements Wording<Line> {
    @Override
    public String one(Line line) {
      return shown(line);
    }

    @Override
    public boolean quiet(boolean ofFirst, long from, long to) {
      return (ofFirst ? first : second).quiet(from, to);
    }

    @Override
    public String many() {
      return "lines";
    }

    @Override
    public String difference(Line first, Line second) {
      return Texts.words(first.normal(), second.normal());
    }

    @Override
    public Finding.Kind silence() {
      return Finding.Kind.DEAD_LINE;
    }

    @Override
    public String silent(String side, @Nullable Line last) {
      return "nothing comes from %s of the %s side".formatted(name, side);
    }
  }

  private static String shown(Line line) {
    String text = line.text();
    return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "'";
  }

  @Override
  public void matched(Line first, Line second, long offNanos) {
    int slip = slip(first, second, offNanos);
    if (slip < 0) {
      super.matched(first, second, offNanos);
    } else {
      late(first, second, slip, offNanos);
    }
  }

  /** A stretch that both sides have, in another order of characters. */
  void counted() {
    count().matched(0, false);
  }

  private void late(Line first, Line second, int slip, long offNanos) {
    long off = between(first, second, slip) + offNanos;
    String text =
        "'%c' at column %d of %s %s %s on the %s side"
            .formatted(
                first.text().charAt(slip),
                slip + 1,
                shown(first),
                Spans.shown(Math.abs(off)),
                off > 0 ? "later" : "earlier",
                scope.second());
    slipped(first, second, off, text);
  }

  /** How much later character {@code i} is than it should, compared with the line's first. */
  private long between(Line first, Line second, int i) {
    long expected = scope.clock().second(first.nanos(i)) - scope.clock().second(first.nanos());
    return second.nanos(i) - second.nanos() - expected;
  }

  /** The first character that is off by more than the tolerance, or -1. */
  private int slip(Line first, Line second, long offNanos) {
    int length = Math.min(first.text().length(), second.text().length());
    if (!first.partial() && !second.partial() && first.text().length() != second.text().length()) {
      return -1; // what a mask hides has another length: characters cannot be told apart
    }
    for (int i = 1; i < length; i++) {
      if (Math.abs(between(first, second, i) + offNanos) > tolerance) {
        return i;
      }
    }
    return -1;
  }
}
