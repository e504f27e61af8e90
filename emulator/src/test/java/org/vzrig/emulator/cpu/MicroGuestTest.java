package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guests in microMIPS: exits, nested translation and their own exceptions, with both engines. */
class MicroGuestTest {
  private final GuestModeTest fixture = new GuestModeTest();
  private final TestCore core = fixture.core;

  private void start(boolean translated, MicroAsm program) {
    if (translated) {
      core.cpu.translateEagerly(1, 1);
    } else {
      core.cpu.engine(Cpu.Engine.INTERPRETER);
    }
    fixture.start(new Asm().stop());
    core.at(TestCore.BOOT, program);
    core.cpu.pc(TestCore.BOOT | 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exitsCarryTheInstructionSet(boolean translated) {
    start(
        translated,
        new MicroAsm()
            .op("hypcall", 'k', 5)
            .half("addiu", 't', 2, 'i', 2)
            .op("wait")
            .mfc0(3, Cp0Reg.PRID)
            .mfc0(4, Cp0Reg.STATUS)
            .op("rdhwr", 't', 5, 'n', 3)
            .stop());
    core.run(30);
    assertEquals(
        List.of("exit2@bfc00001+384", "exit0@bfc00007+384", "exit0@bfc0000b+384"), fixture.exits);
    assertEquals(2, fixture.g(2));
    assertEquals(Status.BEV | Status.CU0 | Status.ERL, fixture.g(4));
    assertEquals(2, fixture.g(5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMissOfRootInAShortSlotReportsBranchAndInstruction(boolean translated) {
    start(
        translated,
        new MicroAsm()
            .li(4, 0xBF81_0000)
            .half("beq", 's', 3, 'i', 4)
            .half("lw", 's', 4, 't', 6, 'i', 0x3C)
            .stop());
    core.run(5);
    assertEquals(List.of("exc2@bfc00009+0"), fixture.exits);
    assertEquals(0x1F81_003C, core.root(Cp0Reg.BADVADDR));
    assertEquals(0x6B4F, core.root(Cp0Reg.BADINSTR));
    assertEquals(0x8D84, core.root(Cp0Reg.BADINSTRP));
    assertEquals(true, core.root(Cp0Reg.CAUSE) < 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGuestHandlesItsExceptionsInTheSetThatItsConfig3Names(boolean translated) {
    start(
        translated,
        new MicroAsm()
            .mtc0(0, Cp0Reg.STATUS)
            .li(4, 0x8000_1000)
            .mtc0(4, Cp0Reg.EBASE)
            .op("syscall")
            .half("addiu", 't', 2, 'i', 2)
            .stop());
    core.cpu.guest().write(Cp0Reg.CONFIG3, -1);
    core.at(
        0xA001_1180,
        new MicroAsm()
            .mfc0(7, Cp0Reg.CAUSE)
            .mfc0(8, Cp0Reg.EPC)
            .op("addiu", 's', 8, 't', 9, 'i', 4)
            .mtc0(9, Cp0Reg.EPC)
            .op("eret"));
    core.run(40);
    assertEquals(ExcCode.SYS, Cause.excCode(fixture.g(7)));
    assertEquals(0xBFC0_0011, fixture.g(8));
    assertEquals(2, fixture.g(2));
    assertEquals(List.of(), fixture.exits);
  }
}
