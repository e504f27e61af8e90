package org.vzrig.hypervisor.rt.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GuestClockTest {
  private static final long RANGE = 1L << 32;

  private final GuestClock clock = new GuestClock();

  @Test
  void countFollowsRootAndTheOffset() {
    clock.reset(1000);
    assertEquals(1500, clock.read(1500));
    clock.write(2000, 0);
    assertEquals(0, clock.read(2000));
    assertEquals(7, clock.read(2007));
    assertEquals(7, 2007 + clock.gtOffset());
  }

  @Test
  void compareInTheFutureMatchesThere() {
    clock.reset(1000);
    clock.read(1000);
    assertFalse(clock.writeCompare(1100, 5000));
    assertEquals(5000, clock.match());
  }

  @Test
  void compareBeforeTheWrapMatchesBehindIt() {
    clock.reset(RANGE - 100);
    clock.read(RANGE - 100);
    assertFalse(clock.writeCompare(RANGE - 90, 50));
    assertEquals(RANGE + 50, clock.match());
  }

  @Test
  void compareThatPassedSinceTheLastReadInterruptsAtOnce() {
    clock.reset(0);
    int seen = clock.read(1000);
    assertTrue(clock.writeCompare(9000, seen + 500), "a chip would wait 2^32 counts");
    assertEquals(0, clock.timesLate());
  }

  @Test
  void aGuestThatIsVeryLateGetsASubstituteTimeOnce() {
    clock.reset(0);
    int seen = clock.read(1000);
    long now = 1000 + RANGE / 2 + 10_000;
    assertTrue(clock.writeCompare(now, seen + 100));
    assertTrue(clock.chronic());
    assertEquals(1, clock.timesLate());
    assertTrue(clock.read(now) - (seen + 100) > 0, "it looks late, not early");
    assertEquals((int) now, clock.read(now));
  }

  @Test
  void aPeriodicCompareNeedsNoReadOfCount() {
    clock.reset(0);
    int period = 1_000_000_000;
    clock.writeCompare(10, period);
    long now = 0;
    int compare = period;
    for (int i = 1; i < 20; i++) {
      now = clock.match();
      assertEquals((long) i * period, now);
      clock.expired();
      assertFalse(clock.noticed(now));
      compare += period;
      assertFalse(clock.writeCompare(now + 100, compare));
    }
  }

  @Test
  void anUnchangedCompareMatchesAgainAWholeRangeLater() {
    clock.reset(0);
    clock.writeCompare(0, 700);
    clock.expired();
    assertTrue(clock.fired());
    assertFalse(clock.noticed(705));
    assertFalse(clock.fired());
    assertEquals(700 + RANGE, clock.match());
  }

  @Test
  void writingCountKeepsCompareAsAValue() {
    clock.reset(0);
    clock.writeCompare(10, 5000);
    clock.write(100, 4000);
    assertEquals(5000, clock.compare());
    assertEquals(100 + 1000, clock.match());
    clock.write(200, 6000);
    assertEquals(200 + RANGE - 1000, clock.match());
  }
}
