package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.periph.ResetCause;

class WatchdogTest {
  private static final long MILLI = 200_000;

  private final TestChip t = new TestChip();

  private void clearWatchdog() {
    t.bus().write(TestChip.address("WDTCON") + 2, 2, 0x5743);
  }

  /** DEVCFG1 with a 16 ms watchdog and a deadman timer of 2^16 with its window at half. */
  private void configure() {
    int devcfg1 = Boards.WIFIRE.devcfg().devcfg1();
    int word = devcfg1 & ~(0x1F << 16) & ~(0x1F << 26) & ~(7 << 3) | 4 << 16 | 8 << 26 | 1 << 3;
    t.configure(1, word);
  }

  @Test
  void expiryIsAnNmiAndThenAReset() {
    configure();
    t.unlock();
    t.set("RNMICON", 1000);
    t.set("WDTCONSET", 0x8000);
    assertEquals(0x0400, t.get("WDTCON") & 0x1F00);
    t.pass(15 * MILLI);
    clearWatchdog();
    t.pass(16 * MILLI - 10);
    assertEquals(0, t.nmis);
    t.pass(20);
    assertEquals(1, t.nmis);
    assertEquals(1 << 24, t.get("RNMICON") & 1 << 24);
    assertEquals(0, t.resets.size());
    t.pass(1000);
    assertEquals(ResetCause.WATCHDOG, t.resets.getFirst());
  }

  @Test
  void clearingTheNmiFlagInTimePreventsTheReset() {
    configure();
    t.unlock();
    t.set("RNMICON", 1000);
    t.set("WDTCONSET", 0x8000);
    t.pass(16 * MILLI + 10);
    t.set("RNMICONCLR", 1 << 24);
    t.pass(10_000);
    assertEquals(0, t.resets.size());
  }

  @Test
  void clearingTooEarlyInWindowModeIsAFailure() {
    configure();
    t.set("WDTCONSET", 0x8001);
    t.pass(MILLI);
    clearWatchdog();
    assertEquals(1, t.nmis);
  }

  @Test
  void theDeadmanTimerWantsBothStepsInItsWindow() {
    configure();
    t.set("DMTCONSET", 0x8000);
    t.pass(0x9000);
    assertEquals(1, t.get("DMTSTAT"));
    t.set("DMTPRECLR", 0x4000);
    t.set("DMTCLR", 0x08);
    assertEquals(0, t.nmis);
    assertEquals(0, t.get("DMTCNT"));
    t.pass(0x1_0000);
    assertEquals(1, t.nmis);
    assertEquals(0x20, t.get("DMTSTAT") & 0x20);
    t.pass(1);
    assertEquals(ResetCause.DEADMAN, t.resets.getFirst());
  }

  @Test
  void aWrongStepIsABadOne() {
    configure();
    t.set("DMTCONSET", 0x8000);
    t.set("DMTPRECLR", 0x4100);
    assertEquals(0xA0, t.get("DMTSTAT"));
    assertEquals(1, t.nmis);
  }
}
