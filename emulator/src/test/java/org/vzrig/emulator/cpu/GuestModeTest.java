package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guest mode, two-stage translation and exits, with Java code in root mode. */
class GuestModeTest {
  private static final int GUEST_ID = 3;
  private static final int CTL0 =
      GuestCtl0.GM | GuestCtl0.MC | GuestCtl0.CP0 | GuestCtl0.AT | GuestCtl0.CG | GuestCtl0.SFC1;

  final TestCore core = new TestCore();
  final List<String> exits = new ArrayList<>();

  /**
   * Guest physical 0..64K is RAM 0x10000.., guest physical 1FC00000 is the boot memory, read-only.
   */
  void start(Asm program) {
    core.at(TestCore.BOOT, program);
    Cpu cpu = core.cpu;
    cpu.rootTlb().write(0, page(0x0000_0000, 0x10000, 0xF000, true));
    cpu.rootTlb().write(1, page(0x1FC0_0000, 0x1FC0_0000, 0x3F000, false));
    cpu.root().set(Cp0Reg.GUESTCTL1, GUEST_ID << 16 | GUEST_ID);
    cpu.root().set(Cp0Reg.GUESTCTL3, GUEST_ID);
    cpu.root().set(Cp0Reg.GUESTCTL0EXT, 0x58);
    cpu.root().set(Cp0Reg.GUESTCTL0, CTL0);
    cpu.root().set(Cp0Reg.EPC, TestCore.BOOT);
    cpu.root().set(Cp0Reg.STATUS, Status.EXL | Status.IE);
    cpu.guest().set(Cp0Reg.STATUS, Status.BEV | Status.CU0 | Status.ERL);
    cpu.rootMode(this::exit);
    cpu.enter();
  }

  /**
   * A pair of pages of 64 or 128 KiB, chosen by {@code mask}, mapped one to one from {@code pa}.
   */
  private static TlbEntry page(int gpa, int pa, int mask, boolean writable) {
    int pageMask = (mask | 0x1FFF) & ~0x1FFF | 0x0001_E000;
    int half = ((pageMask | 0x1FFF) + 1) / 2;
    int flags = 3 << 3 | TlbEntry.V | TlbEntry.G | (writable ? TlbEntry.D : 0);
    return TlbEntry.of(
        gpa, pa >>> 12 << 6 | flags, pa + half >>> 12 << 6 | flags, pageMask, GUEST_ID);
  }

  private void exit(Cpu cpu, int vector) {
    int code = Cause.excCode(cpu.root().get(Cp0Reg.CAUSE));
    String what = "exc" + code;
    if (code == ExcCode.GE) {
      what = "exit" + GuestCtl0.excCode(cpu.root().get(Cp0Reg.GUESTCTL0));
    }
    exits.add(what + "@" + Integer.toHexString(cpu.root().get(Cp0Reg.EPC)) + "+" + vector);
    if (code == ExcCode.INT) {
      cpu.root().write(Cp0Reg.COMPARE, cpu.root().get(Cp0Reg.COMPARE));
    } else if (!what.equals("exit9")) {
      cpu.root().set(Cp0Reg.EPC, cpu.root().get(Cp0Reg.EPC) + 4);
    }
  }

  int g(int register) {
    return core.cpu.gpr(GUEST_ID, register);
  }

  @Test
  void aGuestRunsInItsOwnRegistersAndMemory() {
    start(
        new Asm()
            .li(4, 0xA000_0100)
            .li(5, 0xCAFEBABE)
            .op("sw", 's', 4, 't', 5)
            .op("lw", 's', 4, 't', 6)
            .stop());
    core.run(30);
    assertEquals(0xCAFEBABE, g(6));
    assertEquals(0xCAFEBABE, core.ram.load(0x10100, 4));
    assertEquals(0, core.cpu.gpr(0, 6));
    assertTrue(core.cpu.inGuest());
    assertEquals(List.of(), exits);
  }

  @Test
  void aMissInTheRootStageGoesToRootWithTheGuestPhysicalAddress() {
    start(new Asm().li(4, 0xBF81_0040).op("lw", 's', 4, 't', 6).stop());
    core.run(30);
    assertEquals(List.of("exc2@bfc00008+0"), exits);
    assertEquals(0x1F81_0040, core.root(Cp0Reg.BADVADDR));
    assertEquals(GExcCode.GPA, GuestCtl0.excCode(core.root(Cp0Reg.GUESTCTL0)));
    assertEquals(0x8C860000, core.root(Cp0Reg.BADINSTR));
  }

  @Test
  void aStoreToAReadOnlyPageIsModifiedInRoot() {
    start(new Asm().li(4, 0xBFC0_1000).op("sw", 's', 4, 't', 6).stop());
    core.run(30);
    assertEquals(List.of("exc1@bfc00008+384"), exits);
  }

  @Test
  void anotherGuestIdSeesNothing() {
    start(new Asm().li(4, 0xA000_0100).op("lw", 's', 4, 't', 6).stop());
    core.cpu.rootTlb().write(0, TlbEntry.of(0, 0x1000 << 6 | 7, 0x1001 << 6 | 7, 0x1E000, 5));
    core.run(30);
    assertEquals(List.of("exc2@bfc00008+0"), exits);
  }

  @Test
  void sensitiveInstructionsExitAndOthersDoNot() {
    start(
        new Asm()
            .mfc0(2, Cp0Reg.PRID)
            .op("wait")
            .mfc0(2, Cp0Reg.COUNT)
            .op("hypcall", 'k', 5)
            .mfc0(3, Cp0Reg.STATUS)
            .op("rdhwr", 't', 2, 'n', 2)
            .mtc0(0, Cp0Reg.CONFIG)
            .mfc0(2, Cp0Reg.CDMMBASE)
            .op("tlbp")
            .op("rdhwr", 't', 5, 'n', 3)
            .stop());
    core.run(40);
    assertEquals(
        List.of(
            "exit0@bfc00000+384",
            "exit0@bfc00004+384",
            "exit0@bfc00008+384",
            "exit2@bfc0000c+384",
            "exit0@bfc00014+384",
            "exit0@bfc00018+384",
            "exit0@bfc0001c+384"),
        exits);
    assertEquals(Status.BEV | Status.CU0 | Status.ERL, g(3));
    assertEquals(2, g(5));
    assertTrue(core.guest(Cp0Reg.INDEX) < 0);
  }

  @Test
  void guestExceptionsStayInTheGuest() {
    start(
        new Asm()
            .mtc0(0, Cp0Reg.STATUS)
            .li(4, 0x8000_1000)
            .mtc0(4, Cp0Reg.EBASE)
            .op("syscall")
            .stop());
    Asm handler = new Asm().mfc0(7, Cp0Reg.CAUSE).mfc0(8, Cp0Reg.EPC).stop();
    for (int i = 0; i < handler.words().size(); i++) {
      core.ram.store(0x11180 + 4 * i, 4, handler.words().get(i));
    }
    core.run(40);
    assertEquals(ExcCode.SYS, Cause.excCode(g(7)));
    assertEquals(0xBFC0_0010, g(8));
    assertEquals(List.of(), exits);
  }

  @Test
  void anInjectedInterruptIsTakenByTheGuestOnceAndReported() {
    core.cpu.root().set(Cp0Reg.GUESTCTL0EXT, 0x58);
    start(
        new Asm()
            .li(4, 0x8000_1000)
            .mtc0(4, Cp0Reg.EBASE)
            .op("addiu", 't', 4, 'i', 0x20)
            .mtc0(4, Cp0Reg.INTCTL)
            .li(4, 1 << 23)
            .mtc0(4, Cp0Reg.CAUSE)
            .op("addiu", 't', 4, 'i', 1)
            .mtc0(4, Cp0Reg.STATUS)
            .stop());
    Asm handler = new Asm().mfc0(7, Cp0Reg.CAUSE).op("addiu", 's', 9, 't', 9, 'i', 1).op("eret");
    for (int i = 0; i < handler.words().size(); i++) {
      core.ram.store(0x11240 + 4 * i, 4, handler.words().get(i));
    }
    core.run(30);
    core.cpu.root().set(Cp0Reg.GUESTCTL0EXT, 0x50);
    core.cpu.root().set(Cp0Reg.GUESTCTL2, 4 << 24 | 0x240);
    core.run(40);
    assertEquals(1, g(9));
    assertEquals(4, g(7) >>> 10 & 0xFF);
    assertEquals(0, core.root(Cp0Reg.GUESTCTL2) >>> 24);
    assertEquals(List.of("exit9@80001240+384"), exits.subList(0, 1));
  }

  @Test
  void theRootTimerInterruptsAGuestThatMasksItsOwn() {
    start(new Asm().stop());
    core.cpu.root().write(Cp0Reg.COMPARE, core.cpu.root().read(Cp0Reg.COUNT) + 500);
    core.run(2000);
    assertFalse(exits.isEmpty());
    assertTrue(exits.get(0).startsWith("exc0@bfc0000"));
  }

  @Test
  void guestCompareSetsTiWithoutALine() {
    start(new Asm().stop());
    core.cpu.root().set(Cp0Reg.GTOFFSET, 1000);
    core.cpu.guest().write(Cp0Reg.COMPARE, core.cpu.guest().read(Cp0Reg.COUNT) + 100);
    core.run(150);
    assertFalse(core.cpu.guest().has(Cp0Reg.CAUSE, Cause.TI));
    core.run(100);
    assertTrue(core.cpu.guest().has(Cp0Reg.CAUSE, Cause.TI));
    assertFalse(core.timerLine);
  }

  @Test
  void aGuestTlbEntryIsTranslatedTwice() {
    start(
        new Asm()
            .li(4, 0x0040_0000)
            .mtc0(4, Cp0Reg.ENTRYHI)
            .li(4, 0x2 << 6 | 0x1F)
            .mtc0(4, Cp0Reg.ENTRYLO0)
            .mtc0(4, Cp0Reg.ENTRYLO1)
            .mtc0(0, Cp0Reg.PAGEMASK)
            .mtc0(0, Cp0Reg.INDEX)
            .op("tlbwi")
            .mtc0(0, Cp0Reg.STATUS)
            .li(5, 0x0040_0010)
            .op("sw", 's', 5, 't', 5)
            .stop());
    core.run(40);
    assertEquals(List.of(), exits);
    assertEquals(0x0040_0010, core.ram.load(0x12010, 4));
  }

  @Test
  void watchedStatusBitsExitAsSoftwareFieldChange() {
    start(new Asm().li(4, Status.BEV | Status.CU0).mtc0(4, Cp0Reg.STATUS).stop());
    core.cpu.root().set(Cp0Reg.GUESTCTL0EXT, 0x50);
    core.run(20);
    assertEquals(List.of("exit1@bfc00008+384"), exits);
    assertEquals(Status.BEV | Status.CU0 | Status.ERL, core.guest(Cp0Reg.STATUS));
  }

  @Test
  void coprocessorOneNeedsBothContexts() {
    start(
        new Asm()
            .word(0x46000000)
            .li(4, Status.CU1 | Status.CU0 | Status.BEV | Status.ERL)
            .mtc0(4, Cp0Reg.STATUS)
            .word(0x44800000)
            .stop());
    core.cpu.pc(TestCore.BOOT + 4);
    core.run(20);
    assertEquals(List.of("exc11@bfc00010+384"), exits);
    assertEquals(1, core.root(Cp0Reg.CAUSE) >>> 28 & 3);
  }
}
