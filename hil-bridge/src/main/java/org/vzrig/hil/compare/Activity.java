package org.vzrig.hil.compare;

import java.util.BitSet;

/** When bytes came from a line, to a tenth of a second: a day takes 108 kB. */
final class Activity {
  private static final long TENTH = 100_000_000;

  private final BitSet active = new BitSet();

  void at(long nanos) {
    active.set(Math.clamp(nanos / TENTH, 0, Integer.MAX_VALUE - 1));
  }

  /** Whether nothing came between {@code from} and {@code to}, the tenths at both ends left out. */
  boolean quiet(long from, long to) {
    int next = active.nextSetBit(Math.clamp(from / TENTH + 1, 0, Integer.MAX_VALUE - 1));
    return next < 0 || next >= to / TENTH;
  }
}
