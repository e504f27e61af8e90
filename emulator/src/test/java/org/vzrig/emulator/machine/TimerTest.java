package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;

class TimerTest {
  /** SYSCLK cycles of one PBCLK3 cycle after reset. */
  private static final int PB = 2;

  private final TestChip t = new TestChip();

  private boolean flag(int n) {
    int irq = Irq.timer(n);
    return (t.get("IFS" + irq / 32) >>> irq % 32 & 1) != 0;
  }

  private void clearFlag(int n) {
    t.set("IFS" + Irq.timer(n) / 32 + "CLR", 1 << Irq.timer(n) % 32);
  }

  @Test
  void countsPeripheralClocksAndWrapsAfterThePeriod() {
    t.set("PR2", 99);
    t.set("T2CON", 0x8000);
    t.pass(98 * PB);
    assertEquals(98, t.get("TMR2"));
    assertFalse(flag(2));
    t.pass(PB);
    assertTrue(flag(2));
    assertEquals(99, t.get("TMR2"));
    t.pass(PB);
    assertEquals(0, t.get("TMR2"));
    clearFlag(2);
    t.pass(99 * PB);
    assertTrue(flag(2));
  }

  @Test
  void prescalersDivide() {
    t.set("T1CON", 0x8000 | 2 << 4);
    t.set("T3CON", 0x8000 | 7 << 4);
    t.pass(256 * 10 * PB);
    assertEquals(40, t.get("TMR1"));
    assertEquals(10, t.get("TMR3"));
  }

  @Test
  void thirtyTwoBitsUseTheOddTimersRequest() {
    t.set("PR4", 0x2_0000);
    t.set("T4CON", 0x8008);
    t.pass(0x1_8000 * PB);
    assertEquals(0x1_8000, t.get("TMR4"));
    t.pass(0x8000 * PB);
    assertTrue(flag(5));
    assertFalse(flag(4));
  }

  @Test
  void aStoppedTimerKeepsItsCount() {
    t.set("T2CON", 0x8000);
    t.pass(50 * PB);
    t.set("T2CONCLR", 0x8000);
    t.pass(50 * PB);
    assertEquals(50, t.get("TMR2"));
    assertTrue(t.quiet());
    t.set("TMR2", 7);
    t.set("T2CONSET", 0x8000);
    t.pass(3 * PB);
    assertEquals(10, t.get("TMR2"));
  }

  @Test
  void aPeriodBelowTheCountIsMetAfterOverflow() {
    t.set("T2CON", 0x8000);
    t.pass(1000 * PB);
    t.set("PR2", 10);
    t.pass((0x1_0000 - 1000 + 9) * PB);
    assertFalse(flag(2));
    t.pass(PB);
    assertTrue(flag(2));
  }

  @Test
  void changingTheBusClockKeepsTheCount() {
    t.set("T2CON", 0x8000);
    t.pass(100 * PB);
    t.unlock();
    t.set("PB3DIV", 0x8003);
    assertEquals(100, t.get("TMR2"));
    t.pass(40);
    assertEquals(110, t.get("TMR2"));
  }

  @Test
  void timer1CountsTheSecondaryOscillator() {
    t.set("T1CON", 0x8002);
    t.pass(t.chip().clocks().sysclkHz());
    assertEquals(32_768, t.get("TMR1"), 4);
  }
}
