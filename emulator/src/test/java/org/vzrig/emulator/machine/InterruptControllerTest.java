package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;

class InterruptControllerTest {
  private final TestChip t = new TestChip();

  private void enable(int irq, int priority, int subpriority) {
    t.bus()
        .write(
            TestChip.address("IPC0") + 0x10 * (irq / 4) + irq % 4, 1, priority << 2 | subpriority);
    t.set("IEC" + irq / 32 + "SET", 1 << irq % 32);
  }

  private void raise(int irq) {
    t.set("IFS" + irq / 32 + "SET", 1 << irq % 32);
  }

  @Test
  void aSoftwareRaisedRequestIsPresentedAtTheSingleVector() {
    enable(40, 3, 1);
    raise(40);
    assertEquals(3, t.ripl);
    assertEquals(0x200, t.vector);
    assertEquals(0x0328, t.get("INTSTAT"));
    t.set("IFS1CLR", 1 << 8);
    assertEquals(0, t.ripl);
    assertEquals(0, t.get("INTSTAT"));
  }

  @Test
  void priorityThenSubpriorityThenNumberDecides() {
    enable(50, 2, 3);
    enable(60, 5, 0);
    enable(61, 5, 2);
    enable(62, 5, 2);
    raise(50);
    assertEquals(50, t.get("INTSTAT") & 0xFF);
    raise(60);
    assertEquals(60, t.get("INTSTAT") & 0xFF);
    raise(62);
    assertEquals(62, t.get("INTSTAT") & 0xFF);
    raise(61);
    assertEquals(61, t.get("INTSTAT") & 0xFF);
  }

  @Test
  void priorityZeroIsNeverPresented() {
    enable(8, 0, 3);
    raise(8);
    assertEquals(0, t.ripl);
  }

  @Test
  void multiVectorModeUsesOffsetsAndShadowSets() {
    t.set("INTCONSET", 1 << 12);
    t.set("PRISS", 0x7654_3210);
    t.set("OFF009", 0x1_2341);
    enable(9, 6, 0);
    raise(9);
    assertEquals(6, t.ripl);
    assertEquals(0x1_2340, t.vector);
    assertEquals(6, t.shadowSet);
    t.set("INTCONCLR", 1 << 12);
    assertEquals(0x200, t.vector);
    assertEquals(0, t.shadowSet);
  }

  @Test
  void theCoreTimersFlagCanBeClearedAndFallsWithItsLine() {
    enable(Irq.CORE_TIMER, 1, 0);
    t.chip().evic().timer(true);
    assertEquals(1, t.ripl);
    t.set("IFS0CLR", 1);
    assertEquals(0, t.ripl, "acknowledged while the condition lasts");
    t.chip().evic().timer(false);
    t.chip().evic().timer(true);
    t.chip().evic().timer(false);
    assertEquals(0, t.ripl, "withdrawn with its line");
  }

  @Test
  void aStandingConditionSetsItsFlagAgain() {
    enable(113, 4, 0);
    t.chip().evic().level(113, true);
    t.set("IFS3CLR", 1 << 17);
    assertEquals(4, t.ripl);
    t.chip().evic().level(113, false);
    assertEquals(4, t.ripl, "the flag stays until software clears it");
    t.set("IFS3CLR", 1 << 17);
    assertEquals(0, t.ripl);
  }

  @Test
  void theProximityTimerHoldsLowPrioritiesBack() {
    t.set("INTCON", 2 << 8);
    t.set("IPTMR", 100);
    enable(9, 2, 0);
    enable(10, 3, 0);
    raise(9);
    assertEquals(0, t.ripl);
    t.pass(100);
    assertEquals(2, t.ripl);
    raise(10);
    assertEquals(3, t.ripl);
  }

  @Test
  void theNmiKeyRaisesAnNmi() {
    t.set("INTCON", 0x4E00_0000);
    assertEquals(1, t.nmis);
    assertEquals(0, t.get("INTCON") >>> 24);
  }

  @Test
  void bytesOfPriorityAndOffsetRegistersMerge() {
    t.bus().write(TestChip.address("IPC3") + 2, 1, 0xFF);
    assertEquals(0x001F_0000, t.get("IPC3"));
    t.bus().write(TestChip.address("OFF020"), 2, 0x1234);
    assertEquals(0x1234, t.get("OFF020"));
  }
}
