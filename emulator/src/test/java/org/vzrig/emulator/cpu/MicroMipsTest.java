package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** microMIPS: lengths, delay slots, changes of the instruction set, exceptions. */
class MicroMipsTest {
  private static final int CODE = 0xA000_1000;
  private static final int DATA = 0xA000_8000;
  private static final int HANDLER = 0x8000_0180;

  final TestCore core = new TestCore();

  /** Starts {@code program} in kernel mode, with MIPS32 handlers that stop. */
  private TestCore start(MicroAsm program) {
    core.at(
        TestCore.BOOT,
        new Asm()
            .mtc0(0, Cp0Reg.STATUS)
            .li(8, CODE | 1)
            .li(29, DATA + 0x800)
            .op("jr", 's', 8)
            .nop());
    return core.at(CODE, program).at(HANDLER, new Asm().stop());
  }

  private int memory(int va) {
    return core.ram.load(va & 0x1FFF_FFFF, 4);
  }

  @Test
  void aLoopOfBothLengthsAddsUp() {
    start(
            new MicroAsm()
                .half("addiu", 't', 4, 'i', 10)
                .op("addiu", 't', 2, 'i', 0)
                .half("addiu", 's', 4, 't', 4, 'i', -1)
                .half("bne", 's', 4, 'i', -2)
                .op("addu", 's', 2, 't', 4, 'd', 2)
                .stop())
        .run(100);
    assertEquals(45, core.r(2));
    assertEquals(0, core.r(4));
  }

  @Test
  void theStackPointerMovesByItsOddConstants() {
    start(
            new MicroAsm()
                .half("addiu", 's', 29, 't', 29, 'i', -1028)
                .half("addu", 's', 29, 'd', 4)
                .half("addiu", 's', 29, 't', 29, 'i', 1028)
                .half("addiu", 's', 29, 't', 29, 'i', -16)
                .half("addiu", 's', 29, 't', 5, 'i', 252)
                .half("addiu", 's', 5, 't', 6, 'i', -1)
                .half("andi", 's', 6, 't', 7, 'i', 0xFFFF)
                .half("addiu", 't', 2, 'i', -1)
                .stop())
        .run(40);
    assertEquals(DATA + 0x800 - 1028, core.r(4));
    assertEquals(DATA + 0x800 - 16, core.r(29));
    assertEquals(DATA + 0x800 - 16 + 252 - 1, core.r(6));
    assertEquals(core.r(6) & 0xFFFF, core.r(7));
    assertEquals(-1, core.r(2));
  }

  @Test
  void severalRegistersGoToMemoryAndBack() {
    start(
            new MicroAsm()
                .half("addiu", 't', 16, 'i', 16)
                .half("addiu", 't', 17, 'i', 17)
                .op("addiu", 't', 30, 'i', 30)
                .op("addiu", 't', 31, 'i', 31)
                .op("swm", 's', 29, 'r', 0x19, 'i', 8)
                .half("swm", 's', 29, 'r', 0x12, 'i', 60)
                .op("addu", 'd', 16)
                .op("addu", 'd', 17)
                .op("addu", 'd', 30)
                .op("addu", 'd', 31)
                .op("lwm", 's', 29, 'r', 0x19, 'i', 8)
                .op("swp", 's', 29, 't', 16, 'i', 100)
                .op("lwp", 's', 29, 't', 4, 'i', 100)
                .half("movep", 'p', 0, 's', 17, 't', 16)
                .stop())
        .run(60);
    assertEquals(16, core.r(16));
    assertEquals(17, core.r(17));
    assertEquals(30, core.r(30));
    assertEquals(31, core.r(31));
    assertEquals(31, memory(DATA + 0x800 + 8 + 9 * 4));
    assertEquals(31, memory(DATA + 0x800 + 60 + 8));
    assertEquals(16, memory(DATA + 0x800 + 60));
    assertEquals(16, core.r(4));
    assertEquals(17, core.r(5));
    assertEquals(16, core.r(6));
  }

  @Test
  void addressesAndIndexesAreScaled() {
    start(
            new MicroAsm()
                .half("addiu", 't', 4, 'i', 3)
                .op("addiupc", 't', 5, 'p', 1)
                .op("addu", 's', 29, 'd', 6)
                .op("sw", 's', 6, 't', 5, 'i', 12)
                .op("lwxs", 's', 6, 't', 4, 'd', 7)
                .stop())
        .run(40);
    assertEquals(CODE + 4, core.r(5), "the address of the word that holds ADDIUPC, plus 4");
    assertEquals(core.r(5), core.r(7));
  }

  @Test
  void returnAddressesSkipTheSlotThatTheEncodingNames() {
    MicroAsm program = new MicroAsm();
    program.op("lui", 't', 4, 'i', CODE >>> 16).op("ori", 's', 4, 't', 4, 'i', 0x1101);
    int afterJalrs = CODE + program.size() + 4;
    program.shortSlot(2, "jalr", 's', 4, 'd', 31).nop16().half("addu", 's', 31, 'd', 16);
    int afterJalr = CODE + program.size() + 6;
    program.half("jalr", 's', 4, 'd', 31).nop().half("addu", 's', 31, 'd', 17);
    int afterJals = CODE + program.size() + 6;
    program.shortSlot(4, "jal", 'j', 0xA000_1100 >>> 1).nop16().half("addu", 's', 31, 'd', 18);
    int afterJal = CODE + program.size() + 8;
    program.op("jal", 'j', 0xA000_1100 >>> 1).nop().half("addu", 's', 31, 'd', 19);
    int afterBranch = CODE + program.size() + 6;
    program.shortSlot(4, "bgezal", 'i', 1).nop16().half("addu", 's', 31, 'd', 20).stop();
    start(program).at(0xA000_1100, new MicroAsm().half("jr", 's', 31).nop16()).run(80);
    assertEquals(afterJalrs | 1, core.r(16));
    assertEquals(afterJalr | 1, core.r(17));
    assertEquals(afterJals | 1, core.r(18));
    assertEquals(afterJal | 1, core.r(19));
    assertEquals(afterBranch | 1, core.r(20));
  }

  @Test
  void compactBranchesHaveNoSlotAndJraddiuspGivesTheFrameBack() {
    start(
            new MicroAsm()
                .compact("beq", 'i', 1)
                .half("addiu", 't', 2, 'i', 1)
                .compact("bne", 'i', 10)
                .half("addiu", 't', 3, 'i', 3)
                .op("lui", 't', 31, 'i', CODE >>> 16)
                .op("ori", 's', 31, 't', 31, 'i', 0x1101)
                .compact("jraddiusp", 'i', 24)
                .half("addiu", 't', 2, 'i', 2)
                .stop())
        .at(
            0xA000_1100,
            new MicroAsm()
                .half("addiu", 't', 4, 'i', 4)
                .op("addiu", 's', 31, 't', 31, 'i', 0x20)
                .compact("jr", 's', 31)
                .half("addiu", 't', 2, 'i', 3))
        .at(0xA000_1120, new MicroAsm().half("addiu", 't', 5, 'i', 5).stop())
        .run(40);
    assertEquals(0, core.r(2));
    assertEquals(3, core.r(3));
    assertEquals(4, core.r(4));
    assertEquals(5, core.r(5));
    assertEquals(DATA + 0x800 + 24, core.r(29));
  }

  @Test
  void jalxChangesTheInstructionSetBothWays() {
    start(
            new MicroAsm()
                .op("jalx", 'j', 0xA000_2000 >>> 2)
                .op("addiu", 't', 2, 'i', 2)
                .half("addiu", 't', 6, 'i', 6)
                .stop())
        .at(
            0xA000_2000,
            new Asm()
                .op("addu", 's', 31, 't', 0, 'd', 16)
                .op("jalx", 'j', 0xA000_1100 >>> 2)
                .op("addiu", 't', 3, 'i', 3)
                .op("addiu", 't', 5, 'i', 5)
                .op("jr", 's', 16)
                .nop())
        .at(
            0xA000_1100,
            new MicroAsm()
                .half("addu", 's', 31, 'd', 17)
                .half("addiu", 't', 4, 'i', 4)
                .half("jr", 's', 31)
                .nop16())
        .run(60);
    assertEquals(CODE + 8 | 1, core.r(16));
    assertEquals(0xA000_200C, core.r(17));
    for (int r = 2; r <= 6; r++) {
      assertEquals(r, core.r(r), "r" + r);
    }
    assertEquals(1, core.cpu.pc() & 1);
  }

  @Test
  void anExceptionInASlotOf16BitsReportsTheBranchWithItsInstructionSet() {
    start(
            new MicroAsm()
                .half("addiu", 't', 4, 'i', 1)
                .half("bne", 's', 4, 'i', 10)
                .half("break", 'k', 5)
                .stop())
        .run(40);
    assertEquals(ExcCode.BP, Cause.excCode(core.root(Cp0Reg.CAUSE)));
    assertTrue(core.root(Cp0Reg.CAUSE) < 0);
    assertEquals(CODE + 2 | 1, core.root(Cp0Reg.EPC));
    assertEquals(0x4685, core.root(Cp0Reg.BADINSTR));
    assertEquals(0xAE0A, core.root(Cp0Reg.BADINSTRP));
    assertEquals(0, core.cpu.pc() & 1, "handlers are MIPS32 until Config3.ISAOnExc says otherwise");
  }

  @Test
  void anExceptionInASlotOf32BitsReportsTheWordInItsOrder() {
    start(new MicroAsm().op("beq", 'i', 10).op("teq", 'k', 3).stop()).run(40);
    assertEquals(ExcCode.TR, Cause.excCode(core.root(Cp0Reg.CAUSE)));
    assertEquals(CODE | 1, core.root(Cp0Reg.EPC));
    assertEquals(0x0000_303C, core.root(Cp0Reg.BADINSTR));
    assertEquals(0x9400_000A, core.root(Cp0Reg.BADINSTRP));
  }

  @Test
  void aReservedInstructionIsReportedInBothLengths() {
    start(new MicroAsm().half("addiu", 't', 4, 'i', 1).word(0x4580_0000 | 0x1F << 21).stop())
        .run(40);
    start(new MicroAsm().word(0x7C00_0000).stop());
    core.cpu.reset();
    core.run(40);
    assertEquals(ExcCode.RI, Cause.excCode(core.root(Cp0Reg.CAUSE)));
    assertEquals(CODE | 1, core.root(Cp0Reg.EPC));
    assertEquals(0x7C00_0000, core.root(Cp0Reg.BADINSTR));
  }

  @Test
  void eretReturnsIntoMicroMipsAndHandlersMayBeMicroMips() {
    MicroAsm handler =
        new MicroAsm()
            .mfc0(16, Cp0Reg.EPC)
            .op("addiu", 's', 16, 't', 17, 'i', 4)
            .mtc0(17, Cp0Reg.EPC)
            .op("eret");
    start(
            new MicroAsm()
                .mfc0(4, Cp0Reg.CONFIG3)
                .op("lui", 't', 5, 'i', 1)
                .op("or", 's', 4, 't', 5, 'd', 5)
                .mtc0(5, Cp0Reg.CONFIG3)
                .op("syscall")
                .half("addiu", 't', 2, 'i', 2)
                .stop())
        .at(HANDLER, handler)
        .run(60);
    assertEquals(CODE + 16 | 1, core.r(16));
    assertEquals(2, core.r(2));
    assertEquals(2, core.r(4) >>> 14 & 3, "Config3.ISA: both, MIPS32 after reset");
  }

  @Test
  void bootIsaStartsInMicroMipsAndItsHandlersToo() {
    core.cpu.bootMicroMips(true);
    core.cpu.reset();
    core.at(TestCore.BOOT, new MicroAsm().mfc0(4, Cp0Reg.CONFIG3).op("syscall").stop())
        .at(0xBFC0_0380, new MicroAsm().half("addiu", 't', 5, 'i', 5).stop())
        .run(40);
    assertEquals(3, core.r(4) >>> 14 & 3);
    assertEquals(1, core.r(4) >>> 16 & 1);
    assertEquals(5, core.r(5));
  }

  @Test
  void mips32AtAHalfwordIsAnAddressError() {
    core.at(TestCore.BOOT, new Asm().mtc0(0, Cp0Reg.STATUS).li(8, CODE + 2).op("jr", 's', 8).nop())
        .at(HANDLER, new Asm().stop())
        .run(40);
    assertEquals(ExcCode.ADEL, Cause.excCode(core.root(Cp0Reg.CAUSE)));
    assertEquals(CODE + 2, core.root(Cp0Reg.EPC));
    assertEquals(CODE + 2, core.root(Cp0Reg.BADVADDR));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInstructionAcrossAPageEndNeedsBothPages(boolean mapped) {
    int half = TlbEntry.V | TlbEntry.D | TlbEntry.G;
    core.cpu
        .rootTlb()
        .write(0, new TlbEntry(0x4000, 0x10 << 6 | half, 0x20 << 6 | half, 0x1800, 0));
    if (mapped) {
      core.cpu
          .rootTlb()
          .write(1, new TlbEntry(0x6000, 0x30 << 6 | half, 0x31 << 6 | half, 0x1800, 0));
    }
    int word = new MicroAsm().op("addiu", 't', 4, 'i', 77).last();
    core.ram.store(0x2_0FFE, 2, word >>> 16);
    core.ram.store(0x3_0000, 2, word);
    core.at(0xA003_0002, new MicroAsm().stop());
    core.at(TestCore.BOOT, new Asm().mtc0(0, Cp0Reg.STATUS).li(8, 0x5FFF).op("jr", 's', 8).nop())
        .at(0x8000_0000, new Asm().stop())
        .run(40);
    if (mapped) {
      assertEquals(77, core.r(4));
      assertEquals(0x6003, core.cpu.pc());
    } else {
      assertEquals(ExcCode.TLBL, Cause.excCode(core.root(Cp0Reg.CAUSE)));
      assertEquals(0x5FFF, core.root(Cp0Reg.EPC));
      assertEquals(0x6000, core.root(Cp0Reg.BADVADDR));
    }
  }

  @Test
  void storedCodeExecutesInBothHalves() {
    MicroAsm patch = new MicroAsm().op("addiu", 't', 2, 'i', 7);
    MicroAsm program =
        new MicroAsm()
            .li(4, CODE)
            .op("addiu", 't', 5, 'i', 7)
            .half("addiu", 't', 3, 'i', 0)
            .op("addiu", 't', 2, 'i', 1)
            .op("bne", 's', 6, 't', 0, 'i', 6)
            .op("sh", 's', 4, 't', 5, 'i', 16)
            .op("beq", 's', 6, 't', 0, 'i', -8)
            .op("addiu", 't', 6, 'i', 1)
            .stop();
    assertEquals(7, patch.last() & 0xFFFF);
    start(program).run(60);
    assertEquals(1, core.r(6));
    assertEquals(7, core.r(2));
  }

  @Test
  void breakpointsAndStepsCountBothLengths() {
    start(
        new MicroAsm()
            .half("addiu", 't', 2, 'i', 2)
            .op("addiu", 't', 3, 'i', 3)
            .half("beq", 's', 4, 'i', 2)
            .half("addiu", 't', 5, 'i', 5)
            .nop16()
            .stop());
    core.cpu.probe().breakAt(CODE + 2);
    for (int i = 0; i < 20 && core.cpu.probe().stopped() == null; i++) {
      core.cpu.run(core.cpu.cycles() + 1);
    }
    assertEquals(new Probe.Stop(Probe.Reason.BREAKPOINT, CODE + 2), core.cpu.probe().stopped());
    core.cpu.probe().resume(2, true);
    core.cpu.run(core.cpu.cycles() + 20);
    core.cpu.run(core.cpu.cycles() + 20);
    assertEquals(5, core.r(5), "the slot executes with its branch");
    assertEquals(CODE + 12 | 1, core.cpu.pc());
  }
}
