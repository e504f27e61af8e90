package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CpuTest {
  private final TestCore core = new TestCore();

  @Test
  void aLoopAddsUpAndItsDelaySlotExecutes() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .op("addiu", 't', 4, 'i', 10)
                .op("addiu", 't', 2, 'i', 0)
                .op("addiu", 's', 4, 't', 4, 'i', -1)
                .op("bne", 's', 4, 't', 0, 'i', -2)
                .op("addu", 's', 2, 't', 4, 'd', 2)
                .stop())
        .run(100);
    assertEquals(45, core.r(2));
    assertEquals(0, core.r(4));
  }

  @Test
  void everyInstructionTakesOneCycle() {
    core.at(
            TestCore.BOOT,
            new Asm().mfc0(4, Cp0Reg.COUNT).nop().nop().nop().mfc0(5, Cp0Reg.COUNT).stop())
        .run(6);
    assertEquals(2, core.r(5) - core.r(4));
    assertTrue(core.cpu.cycles() >= 6 && core.cpu.cycles() <= 7);
  }

  @Test
  void branchLikelySkipsItsSlotWhenNotTaken() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .op("bnel", 's', 0, 't', 0, 'i', 4)
                .op("addiu", 't', 2, 'i', 1)
                .op("beql", 's', 0, 't', 0, 'i', 2)
                .op("addiu", 't', 3, 'i', 2)
                .op("addiu", 't', 3, 'i', 3)
                .stop())
        .run(50);
    assertEquals(0, core.r(2));
    assertEquals(2, core.r(3));
  }

  @Test
  void memoryIsLittleEndianAndUnalignedWordsAssemble() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .li(4, TestCore.RAM + 0x100)
                .li(5, 0x11223344)
                .li(6, 0x55667788)
                .op("sw", 's', 4, 't', 5)
                .op("sw", 's', 4, 't', 6, 'i', 4)
                .op("lbu", 's', 4, 't', 7, 'i', 1)
                .op("lwl", 's', 4, 't', 8, 'i', 4)
                .op("lwr", 's', 4, 't', 8, 'i', 1)
                .op("swl", 's', 4, 't', 5, 'i', 12)
                .op("swr", 's', 4, 't', 5, 'i', 9)
                .op("lw", 's', 4, 't', 9, 'i', 8)
                .op("lbu", 's', 4, 't', 10, 'i', 12)
                .stop())
        .run(60);
    assertEquals(0x33, core.r(7));
    assertEquals(0x88112233, core.r(8));
    assertEquals(0x22334400, core.r(9));
    assertEquals(0x11, core.r(10));
  }

  @Test
  void overflowInADelaySlotReportsTheBranch() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .li(4, 0x7FFFFFFF)
                .op("mtc0", 't', 0, 'c', 12)
                .li(5, 0x80000000)
                .mtc0(5, Cp0Reg.EBASE)
                .op("beq", 'i', 10)
                .op("addi", 's', 4, 't', 4, 'i', 1)
                .stop())
        .at(0x8000_0180, new Asm().stop())
        .run(60);
    assertEquals(ExcCode.OV, Cause.excCode(core.root(Cp0Reg.CAUSE)));
    assertTrue(core.root(Cp0Reg.CAUSE) < 0);
    assertEquals(TestCore.BOOT + 0x18, core.root(Cp0Reg.EPC));
    assertEquals(0x20840001, core.root(Cp0Reg.BADINSTR));
    assertEquals(0x1000000A, core.root(Cp0Reg.BADINSTRP));
    assertEquals(0x7FFFFFFF, core.r(4));
  }

  @Test
  void anUntakenBranchAlsoMarksItsSlot() {
    core.at(
            TestCore.BOOT,
            new Asm().op("mtc0", 't', 0, 'c', 12).op("bne", 'i', 10).op("syscall").stop())
        .at(0x8000_0180, new Asm().stop())
        .run(60);
    assertTrue(core.root(Cp0Reg.CAUSE) < 0);
    assertEquals(TestCore.BOOT + 4, core.root(Cp0Reg.EPC));
  }

  @Test
  void jumpingStraightToASlotIsNotInASlot() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .op("mtc0", 't', 0, 'c', 12)
                .op("beq", 'i', 3)
                .nop()
                .op("beq", 'i', 10)
                .op("syscall")
                .op("beq", 'i', -2)
                .nop()
                .stop())
        .at(0x8000_0180, new Asm().stop())
        .run(60);
    assertFalse(core.root(Cp0Reg.CAUSE) < 0);
    assertEquals(TestCore.BOOT + 16, core.root(Cp0Reg.EPC));
  }

  @Test
  void storedCodeExecutes() {
    Asm patch = new Asm().op("addiu", 't', 2, 'i', 7);
    core.at(
            TestCore.RAM,
            new Asm()
                .li(4, TestCore.RAM)
                .li(5, patch.words().get(0))
                .op("addiu", 't', 2, 'i', 1)
                .op("beq", 's', 6, 't', 0, 'i', 3)
                .op("addiu", 't', 6, 'i', 1)
                .stop()
                .op("beq", 'i', -6)
                .op("sw", 's', 4, 't', 5, 'i', 16))
        .at(TestCore.BOOT, new Asm().li(4, TestCore.RAM).op("jr", 's', 4).nop())
        .run(60);
    assertEquals(1, core.r(6));
    assertEquals(7, core.r(2));
  }

  @Test
  void countReachesCompareAndTheInterruptEndsWait() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .li(4, 0x8000_0000)
                .mtc0(4, Cp0Reg.EBASE)
                .li(4, 1 << 23)
                .mtc0(4, Cp0Reg.CAUSE)
                .mfc0(5, Cp0Reg.COUNT)
                .op("addiu", 's', 5, 't', 5, 'i', 1000)
                .mtc0(5, Cp0Reg.COMPARE)
                .op("addiu", 't', 4, 'i', 1)
                .mtc0(4, Cp0Reg.STATUS)
                .op("wait")
                .op("addiu", 't', 8, 'i', 1)
                .stop())
        .at(
            0x8000_0200,
            new Asm()
                .mfc0(6, Cp0Reg.COUNT)
                .mfc0(7, Cp0Reg.CAUSE)
                .mtc0(0, Cp0Reg.COMPARE)
                .op("eret"))
        .run(10_000);
    assertEquals(1, core.r(8));
    assertTrue((core.r(7) & Cause.TI) != 0);
    assertEquals(5, core.r(7) >>> 10 & 0xFF);
    assertTrue(core.r(6) - core.r(5) <= 2, "interrupt latency " + (core.r(6) - core.r(5)));
  }

  @Test
  void doesNotCountAsWaitingOnceAnInterruptIsThere() {
    core.at(TestCore.BOOT, new Asm().op("wait").stop()).run(10);
    assertTrue(core.cpu.waiting());
    core.cpu.request(1, 0x200, 0);
    assertFalse(core.cpu.waiting(), "the next cycle belongs to the program");
  }

  @Test
  void llScSucceedsOnceAndFailsAfterEret() {
    core.at(
            TestCore.BOOT,
            new Asm()
                .li(4, TestCore.RAM + 0x40)
                .op("ll", 's', 4, 't', 5)
                .op("addiu", 's', 5, 't', 6, 'i', 5)
                .op("sc", 's', 4, 't', 6)
                .op("lw", 's', 4, 't', 7)
                .op("ll", 's', 4, 't', 5)
                .li(8, TestCore.BOOT + 0x34)
                .mtc0(8, Cp0Reg.ERROREPC)
                .op("eret")
                .nop()
                .nop()
                .op("addiu", 't', 9, 'i', 77)
                .op("sc", 's', 4, 't', 9)
                .stop())
        .run(60);
    assertEquals(1, core.r(6));
    assertEquals(5, core.r(7));
    assertEquals(0, core.r(9));
  }

  @Test
  void codeExecutesFromPagesOfOneKibInAnyOrder() {
    int rights = TlbEntry.V | TlbEntry.D | TlbEntry.G;
    core.cpu.root().set(Cp0Reg.PAGEGRAIN, 1 << 28);
    core.cpu.rootTlb().write(0, new TlbEntry(0x4000, 0x43 << 6 | rights, 0x40 << 6 | rights, 0, 0));
    Asm even = new Asm().op("addiu", 's', 2, 't', 2, 'i', 1).li(9, 0x47F0).op("jr", 's', 9).nop();
    Asm odd = new Asm().op("addiu", 's', 3, 't', 3, 'i', 5).op("beq", 'i', -510).nop();
    core.at(0xA001_0C00, even).at(0xA001_03F0, odd);
    core.at(0xA001_0000, new Asm().word(-1)).at(0xA001_0400, new Asm().word(-1));
    core.at(TestCore.BOOT, new Asm().mtc0(0, Cp0Reg.STATUS).li(8, 0x4000).op("jr", 's', 8).nop())
        .run(5 + 8 * 10);
    assertTrue(core.r(2) >= 9, core.r(2) + " rounds");
    assertEquals(0, 5 * core.r(2) - core.r(3), 5);
  }

  @Test
  void generatedMethodStaysBelowTheJitLimit() {
    var model = java.lang.classfile.ClassFile.of().parse(InterpreterGenerator.bytes());
    for (var method : model.methods()) {
      var code = method.findAttribute(java.lang.classfile.Attributes.code()).orElseThrow();
      assertTrue(
          code.codeLength() < InterpreterGenerator.HUGE_METHOD,
          method.methodName() + " has " + code.codeLength());
    }
  }
}
