package org.vzrig.hil.compare;

import java.util.List;
import java.util.function.ToLongBiFunction;

/** Aligns lines; knows that guests may print between each other. */
final class LineAlignment extends Alignment<Line> {
  private final long tolerance;
  private final ClockMap clock;
  private final Runnable interleaved;

  /**
   * An alignment of lines.
   *
   * @param interleaved told of each stretch that differs only in the order of its characters
   */
  LineAlignment(long shift, long tolerance, ClockMap clock, Runnable interleaved) {
    super(shift, tolerance, new Likeness()::of);
    this.tolerance = tolerance;
    this.clock = clock;
    this.interleaved = interleaved;
  }

  /** How alike two lines are; after many calls without counting edits, which takes long. */
  private static final class Likeness {
    private int left = 100_000;

    double of(Line a, Line b) {
      if (left-- > 0) {
        return Texts.likeness(a.normal(), b.normal());
      }
      left = 0;
      return Texts.roughLikeness(a.normal(), b.normal());
    }
  }

  @Override
  void align(List<Line> a, List<Line> b, ToLongBiFunction<Line, Line> off, Outcome<Line> outcome) {
    if (!a.isEmpty() && !b.isEmpty()) {
      long shift = off.applyAsLong(a.getFirst(), b.getFirst());
      long base = b.getFirst().nanos() - clock.second(a.getFirst().nanos()) - shift;
      if (Interleaving.same(a, b, nanos -> clock.second(nanos) + base, tolerance)) {
        interleaved.run();
        return;
      }
    }
    super.align(a, b, off, outcome);
  }
}
