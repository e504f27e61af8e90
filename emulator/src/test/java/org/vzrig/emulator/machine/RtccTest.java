package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RtccTest {
  private static final long SECOND = 200_000_000;
  private static final int ALARM = 166;

  private final TestChip t = new TestChip();

  private void start(int date, int time) {
    t.unlock();
    t.set("RTCCON", 8);
    t.set("RTCDATE", date);
    t.set("RTCTIME", time);
    t.set("RTCCON", 0x8008);
    t.lock();
  }

  @Test
  void theCalendarCarries() {
    start(0x2402_2804, 0x2359_5800);
    t.pass(3 * SECOND);
    assertEquals(0x0000_0100, t.get("RTCTIME"));
    assertEquals(0x2402_2904, t.get("RTCDATE"));
    t.pass(SECOND / 2);
    assertEquals(2, t.get("RTCCON") & 2);
  }

  @Test
  void writingNeedsTheWriteEnableThatNeedsTheKey() {
    t.set("RTCCON", 8);
    assertEquals(0, t.get("RTCCON") & 8);
    t.set("RTCTIME", 0x1200_0000);
    assertEquals(0, t.get("RTCTIME"));
  }

  @Test
  void theAlarmComesWhenItsDigitsMatch() {
    start(0x2401_0101, 0x1000_0000);
    t.set("ALRMTIME", 0x1000_0500);
    t.set("RTCALRM", 0x8300);
    t.pass(4 * SECOND + SECOND / 2);
    assertEquals(false, t.chip().evic().flagged(ALARM));
    t.pass(SECOND);
    assertTrue(t.chip().evic().flagged(ALARM));
    assertEquals(0, t.get("RTCALRM") & 0x8000);
    t.pass(SECOND);
    assertTrue(t.quiet());
  }

  @Test
  void randomNumbersRepeatFromRunToRun() {
    t.set("RNGCON", 0x140);
    int first = t.get("RNGSEED1");
    assertNotEquals(first, t.get("RNGSEED1"));
    assertEquals(64, t.get("RNGCNT"));
    TestChip other = new TestChip();
    other.set("RNGCON", 0x140);
    assertEquals(first, other.get("RNGSEED1"));
    t.set("RNGCON", 0x240);
    assertNotEquals(t.get("RNGNUMGEN1"), t.get("RNGNUMGEN1"));
  }
}
