package org.vzrig.hypervisor.rt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WallTimeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void hoursMinutesSecondsAndMilliseconds() {
    assertEquals("00:00:00.000", WallTime.text(0));
    assertEquals("00:00:01.002", WallTime.text(SECOND + 2_999_999));
    assertEquals("23:59:59.999", WallTime.text(24 * 3600 * SECOND - 1));
  }

  @Test
  void daysInFrontWhereThereAreAny() {
    assertEquals("2:01:00:00.000", WallTime.text((2 * 24 + 1) * 3600 * SECOND));
  }
}
