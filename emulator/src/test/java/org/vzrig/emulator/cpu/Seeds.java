package org.vzrig.emulator.cpu;

import java.util.Random;
import java.util.stream.LongStream;

/** Seeds of random tests: a fresh one for every run, printed, so that it can be repeated. */
final class Seeds {
  private Seeds() {}

  /**
   * The given fixed seeds and a fresh one; {@code -Dvzrig.seed=N} replaces all of them.
   *
   * @param what name of the test, for the line that tells the seed
   */
  static long[] of(String what, long... fixed) {
    String wanted = System.getProperty("vzrig.seed");
    long[] seeds =
        wanted != null
            ? new long[] {Long.decode(wanted)}
            : LongStream.concat(LongStream.of(fixed), LongStream.of(System.nanoTime())).toArray();
    long last = seeds[seeds.length - 1];
    System.out.println(what + ": seed " + last + " (repeat with -Dvzrig.seed=" + last + ")");
    return seeds;
  }

  static Random random(long seed) {
    return new Random(seed);
  }
}
