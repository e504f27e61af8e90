package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PerfCounterTest {
  private static final int KERNEL = 1 << 1;
  private static final int USER = 1 << 3;
  private static final int INTERRUPT = 1 << 4;

  private final TestCore core = new TestCore();

  @BeforeEach
  void leaveErrorLevel() {
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV);
  }

  private void count(int counter, int event, int bits) {
    core.cpu.root().write(counter == 0 ? Cp0Reg.PERFCTL0 : Cp0Reg.PERFCTL1, event << 5 | bits);
  }

  private int counted(int counter) {
    return core.cpu.root().read(counter == 0 ? Cp0Reg.PERFCNT0 : Cp0Reg.PERFCNT1);
  }

  @Test
  void waitingTakesCyclesAndNoInstructions() {
    core.at(TestCore.BOOT, new Asm().nop().nop().op("wait").stop());
    count(0, 0, KERNEL);
    count(1, 1, KERNEL);
    core.run(1000);
    assertEquals(1000, counted(0));
    assertEquals(3, counted(1));
  }

  @Test
  void onlyTheChosenModeCounts() {
    core.at(TestCore.BOOT, new Asm().stop());
    count(0, 1, USER);
    count(1, 1, KERNEL);
    core.run(100);
    assertEquals(0, counted(0));
    assertEquals(100, counted(1));
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV | Status.EXL);
    core.run(100);
    assertEquals(100, counted(1), "exception level needs its own bit");
  }

  @Test
  void eventsOfInstructionsAreCountedOneByOne() {
    Asm loop =
        new Asm()
            .li(4, TestCore.RAM)
            .op("addiu", 's', 0, 't', 5, 'i', 10)
            .op("lw", 's', 4, 't', 6)
            .op("sw", 's', 4, 't', 6, 'i', 4)
            .op("addiu", 's', 5, 't', 5, 'i', -1)
            .op("bne", 's', 5, 't', 0, 'i', -4)
            .op("lw", 's', 4, 't', 7, 'i', 8)
            .append(new Asm().op("mult", 's', 4, 't', 5).op("wait").stop());
    int[][] expected = {{0, 2, 10}, {0, 15, 20}, {1, 15, 10}, {1, 17, 1}, {0, 14, 14}};
    for (int[] e : expected) {
      core.at(TestCore.BOOT, loop);
      core.cpu.waiting = false;
      core.cpu.pc(TestCore.BOOT);
      core.cpu.root().write(e[0] == 0 ? Cp0Reg.PERFCNT0 : Cp0Reg.PERFCNT1, 0);
      count(e[0], e[1], KERNEL);
      core.run(100);
      int found = counted(e[0]);
      count(e[0], 0, 0);
      if (e[1] != 14) {
        assertEquals(e[2], found, "counter " + e[0] + ", event " + e[1]);
      } else {
        assertTrue(found >= e[2], "integer instructions: " + found);
      }
    }
  }

  @Test
  void exceptionsAreCounted() {
    core.at(TestCore.BOOT, new Asm().op("syscall").stop());
    core.at(0xBFC0_0380, new Asm().stop());
    count(0, 23, KERNEL);
    core.run(20);
    assertEquals(1, counted(0));
  }

  @Test
  void anOverflowAsksForAnInterruptUntilItIsCleared() {
    core.at(TestCore.BOOT, new Asm().stop());
    core.cpu.root().write(Cp0Reg.PERFCNT1, 0x7FFF_FFF0);
    count(1, 1, KERNEL | INTERRUPT);
    core.run(12);
    assertFalse(core.performanceLine);
    core.run(5);
    assertTrue(core.performanceLine);
    assertTrue(core.cpu.root().has(Cp0Reg.CAUSE, Cause.PCI));
    core.cpu.root().write(Cp0Reg.PERFCNT1, 0);
    assertFalse(core.performanceLine);
    assertFalse(core.cpu.root().has(Cp0Reg.CAUSE, Cause.PCI));
  }
}
