package org.vzrig.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import org.vzrig.emulator.machine.Machine;

/**
 * How long the translator keeps the machine's thread at a time: of the processor's time, so that
 * other programs do not count.
 */
final class Pauses {
  private static final long SLICE = 20_000;
  private static final int MOST = 1 << 20;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long[] nanos = new long[MOST];
  private int count;
  private long began;

  private Pauses() {}

  /** Runs {@code machine}, in a JVM that has run nothing before, as fast as it goes. */
  static void print(Machine machine, int virtualSeconds) {
    Pauses pauses = new Pauses();
    machine.cpu().watchTranslation(pauses::working);
    long end = machine.cycles() + virtualSeconds * machine.sysclkHz();
    while (machine.cycles() < end) {
      machine.runTo(machine.cycles() + SLICE);
    }
    machine.cpu().watchTranslation(begins -> {});
    pauses.print(machine.cpu().translations());
  }

  private void working(boolean begins) {
    if (begins) {
      began = THREADS.getCurrentThreadCpuTime();
    } else if (count < MOST) {
      nanos[count++] = THREADS.getCurrentThreadCpuTime() - began;
    }
  }

  private void print(long regions) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "translation: %d regions, the machine's thread was kept %d times, for %.3f ms (median),"
            + " %.3f ms (p99), %.3f ms (max), bound 5 ms%n",
        regions,
        count,
        at(sorted, 0.5),
        at(sorted, 0.99),
        at(sorted, 1));
  }

  private static double at(long[] sorted, double part) {
    int last = sorted.length - 1;
    return last < 0 ? 0 : sorted[(int) Math.round(part * last)] / 1e6;
  }
}
