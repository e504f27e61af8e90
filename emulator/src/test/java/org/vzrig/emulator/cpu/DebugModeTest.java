package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debug mode without a probe: its handler is code at BFC00480. */
class DebugModeTest {
  private static final int DEBUG_VECTOR = 0xBFC0_0480;
  private static final int CODE = TestCore.BOOT + 0x1000;
  private static final int DM = 1 << 30;
  private static final int DBD = 1 << 31;
  private static final int DBP = 1 << 1;
  private static final int SST = 1 << 8;
  private static final int DSS = 1;

  private final TestCore core = new TestCore();

  @BeforeEach
  void leaveErrorLevel() {
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV);
  }

  private void runFrom(Asm program, Asm handler, int cycles) {
    core.at(CODE, program);
    core.at(DEBUG_VECTOR, handler);
    core.cpu.pc(CODE);
    core.run(cycles);
  }

  @Test
  void aBreakpointEntersDebugModeAndLeavesTheRestAlone() {
    runFrom(new Asm().nop().op("sdbbp").stop(), new Asm().stop(), 10);
    assertEquals(DM | DBP, core.root(Cp0Reg.DEBUG) & (DM | DBP | DBD));
    assertEquals(CODE + 4, core.root(Cp0Reg.DEPC));
    assertEquals(Status.BEV, core.root(Cp0Reg.STATUS));
    assertEquals(0, core.root(Cp0Reg.CAUSE));
  }

  @Test
  void aBreakpointInADelaySlotReportsTheBranch() {
    runFrom(new Asm().nop().op("beq", 'i', 3).op("sdbbp").stop(), new Asm().stop(), 10);
    assertEquals(CODE + 4, core.root(Cp0Reg.DEPC));
    assertTrue(core.cpu.root().has(Cp0Reg.DEBUG, DBD));
  }

  @Test
  void theHandlerReturns() {
    Asm handler =
        new Asm()
            .mtc0(4, Cp0Reg.DESAVE)
            .mfc0(4, Cp0Reg.DEPC)
            .op("addiu", 's', 4, 't', 4, 'i', 4)
            .mtc0(4, Cp0Reg.DEPC)
            .mfc0(4, Cp0Reg.DESAVE)
            .op("deret");
    runFrom(new Asm().li(4, 77).op("sdbbp").op("addiu", 's', 4, 't', 5).stop(), handler, 30);
    assertEquals(77, core.r(5));
    assertFalse(core.cpu.root().has(Cp0Reg.DEBUG, DM));
  }

  @Test
  void anExceptionInDebugModeStaysThere() {
    runFrom(
        new Asm().op("sdbbp").stop(),
        new Asm()
            .op("beq", 's', 4, 't', 0, 'i', 2)
            .nop()
            .stop()
            .op("ori", 't', 4, 'i', 1)
            .op("syscall"),
        12);
    assertEquals(ExcCode.SYS, core.root(Cp0Reg.DEBUG) >>> 10 & 0x1F);
    assertEquals(DEBUG_VECTOR + 20, core.root(Cp0Reg.DEPC));
    assertEquals(0, core.root(Cp0Reg.CAUSE));
    assertEquals(0, core.root(Cp0Reg.EPC));
  }

  @Test
  void debugIsWrittenInDebugModeAlone() {
    runFrom(new Asm().li(4, SST).mtc0(4, Cp0Reg.DEBUG).stop(), new Asm().stop(), 10);
    assertFalse(core.cpu.root().has(Cp0Reg.DEBUG, SST));
  }

  @Test
  void singleStepsEndWithADebugException() {
    Asm handler =
        new Asm()
            .op("addiu", 's', 9, 't', 9, 'i', 1)
            .mfc0(10, Cp0Reg.DEBUG)
            .op("ori", 's', 10, 't', 10, 'i', SST)
            .mtc0(10, Cp0Reg.DEBUG)
            .op("deret");
    core.cpu.root().set(Cp0Reg.DEPC, CODE);
    core.at(CODE, new Asm().nop().nop().op("beq", 'i', 3).nop().nop().nop().stop());
    core.at(DEBUG_VECTOR, handler);
    core.cpu.root().set(Cp0Reg.DEBUG, core.root(Cp0Reg.DEBUG) | DM);
    core.cpu.pc(DEBUG_VECTOR);
    core.run(7);
    assertEquals(CODE + 4, core.root(Cp0Reg.DEPC));
    core.run(6);
    assertEquals(CODE + 8, core.root(Cp0Reg.DEPC));
    core.run(7);
    assertEquals(CODE + 24, core.root(Cp0Reg.DEPC), "a branch with its delay slot is one step");
    assertEquals(DSS, core.root(Cp0Reg.DEBUG) & (DSS | DBP));
    assertEquals(4, core.r(9));
  }
}
