package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CycleTimeTest {
  @Test
  void isExactAfterMonths() {
    CycleTime time = new CycleTime(200_000_000);
    long hundredDays = 100L * 86_400 * 200_000_000;
    assertEquals(100L * 86_400 * 1_000_000_000 + 5, time.nanos(hundredDays + 1));
    assertEquals(hundredDays + 1, time.cycles(100L * 86_400 * 1_000_000_000 + 5));
  }

  @Test
  void refusesAClockThatStandsStill() {
    assertThrows(IllegalArgumentException.class, () -> new CycleTime(0));
  }
}
