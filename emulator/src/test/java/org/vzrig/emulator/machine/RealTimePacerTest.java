package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A clock of 1 MHz and slices of 100 cycles make a slice of 100 microseconds. */
class RealTimePacerTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private long host = 5_000_000_000L;
  private final RealTimePacer pacer = new RealTimePacer(new CycleTime(1_000_000), 100, () -> host);

  @Test
  void runsToWhereTheHostIsInSlices() {
    pacer.start(1000);
    host += 250 * MICRO;
    assertEquals(1100, pacer.target(1000, 1000));
    assertEquals(1200, pacer.target(1100, 1100));
    assertEquals(1250, pacer.target(1200, 1200));
    assertEquals(1250, pacer.target(1250, 1250));
  }

  @Test
  void sleepsForASliceWhileTheCpuExecutes() {
    pacer.start(0);
    host += 100 * MICRO;
    assertEquals(100 * MICRO, pacer.sleepNanos(100, 100));
    host += 30 * MICRO;
    assertEquals(70 * MICRO, pacer.sleepNanos(100, 100));
    host += 80 * MICRO;
    assertEquals(0, pacer.sleepNanos(100, 100));
  }

  @Test
  void sleepsUntilTheNextEventWhileTheCpuWaits() {
    pacer.start(0);
    assertEquals(40 * MILLI, pacer.sleepNanos(0, 40_000));
    host += 15 * MILLI;
    assertEquals(15_000, pacer.target(0, 40_000), "one step through time without work");
    assertEquals(25 * MILLI, pacer.sleepNanos(15_000, 40_000));
  }

  @Test
  void looksAroundOnceASecondWhenNothingWillEverHappen() {
    pacer.start(0);
    assertEquals(1_000 * MILLI, pacer.sleepNanos(0, Long.MAX_VALUE));
    host += 3_600_000 * MILLI;
    assertEquals(3_600_000_000L, pacer.target(0, Long.MAX_VALUE));
    assertEquals(0, pacer.reanchored());
  }

  @Test
  void catchesUpShortDelays() {
    pacer.start(0);
    host += 90 * MILLI;
    assertEquals(100, pacer.target(0, 0));
    assertEquals(0, pacer.sleepNanos(100, 100));
    assertEquals(0, pacer.reanchored());
  }

  @Test
  void givesUpLongDelaysAndCountsThem() {
    pacer.start(0);
    host += 800 * MILLI;
    assertTrue(pacer.target(0, 0) <= 100);
    assertEquals(1, pacer.reanchored());
    assertEquals(800 * MILLI, pacer.skippedNanos());
    assertEquals(0, pacer.target(0, 0), "anchored at now");
    host += 50 * MICRO;
    assertEquals(50, pacer.target(0, 0));
  }

  @Test
  void givesUpOnlyTheTimeInWhichThereWasWork() {
    pacer.start(0);
    host += 800 * MILLI;
    assertEquals(100_000, pacer.target(0, 100_000), "the event that came too late");
    assertEquals(700 * MILLI, pacer.skippedNanos());
  }
}
