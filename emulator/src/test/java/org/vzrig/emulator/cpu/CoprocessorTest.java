package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use the FPU and the DSP unit, and what the part does with subnormal numbers. */
class CoprocessorTest {
  private static final int LEAST_SUBNORMAL = 1;
  private static final int LEAST_NORMAL = 0x0080_0000;
  private static final int HALF = 0x3F00_0000;

  private final TestCore core = new TestCore();
  private final List<String> root = new ArrayList<>();

  /** Runs a program in root mode; Java notes exceptions and skips their instructions. */
  private void inRoot(int status, Asm program) {
    core.at(TestCore.BOOT, program.stop());
    core.cpu.root().set(Cp0Reg.STATUS, status);
    core.cpu.rootMode(this::noteAndSkip);
    core.run(100);
  }

  private void noteAndSkip(Cpu cpu, int vector) {
    int cause = cpu.root().get(Cp0Reg.CAUSE);
    root.add(Cause.excCode(cause) + "/" + (cause >>> 28 & 3));
    cpu.root().set(Cp0Reg.EPC, cpu.root().get(Cp0Reg.EPC) + 4);
  }

  /** Runs a program in guest mode, whose exception vectors lie in the same boot memory. */
  private void inGuest(int rootStatus, int guestStatus, Asm program) {
    Asm handler = new Asm().stop();
    Cpu cpu = core.at(TestCore.BOOT, program.stop()).at(TestCore.BOOT + 0x380, handler).cpu;
    int lo = 0x1FC0_0000 >>> 12 << 6 | TlbEntry.V | TlbEntry.G;
    cpu.rootTlb().write(0, TlbEntry.of(0x1FC0_0000, lo, lo + (0x10 << 6), 0x1_E000, 0));
    cpu.root().set(Cp0Reg.GUESTCTL0, GuestCtl0.GM | GuestCtl0.CP0 | GuestCtl0.AT);
    cpu.root().set(Cp0Reg.EPC, TestCore.BOOT);
    cpu.root().set(Cp0Reg.STATUS, rootStatus | Status.EXL);
    cpu.guest().set(Cp0Reg.STATUS, guestStatus | Status.BEV);
    cpu.rootMode(this::noteAndSkip);
    cpu.enter();
    core.run(30);
  }

  private String guestCause() {
    int cause = core.guest(Cp0Reg.CAUSE);
    return Cause.excCode(cause) + "/" + (cause >>> 28 & 3);
  }

  private static Asm fpuUse() {
    return new Asm().op("add.s", 'S', 0, 'T', 0, 'D', 0);
  }

  @Test
  void theFpuNeedsCu1InRoot() {
    inRoot(0, fpuUse().op("bc1t", 'i', 4).op("lwc1").op("movf"));
    assertEquals(List.of("11/1", "11/1", "11/1", "11/1"), root);
  }

  @Test
  void theFpuNeedsCu1OfTheGuestFirst() {
    inGuest(0, 0, fpuUse());
    assertEquals(List.of(), root);
    assertEquals("11/1", guestCause());
  }

  @Test
  void theFpuNeedsCu1OfRootWhereTheGuestHasIt() {
    inGuest(0, Status.CU1, fpuUse());
    assertEquals(List.of("11/1"), root);
  }

  @Test
  void theGuestsOwnRegisterModelCounts() {
    inGuest(Status.CU1 | Status.FR, Status.CU1, new Asm().op("add.d", 'S', 1, 'T', 2, 'D', 4));
    assertEquals(List.of(), root);
    assertEquals("10/0", guestCause());
  }

  @Test
  void theDspNeedsMxInRoot() {
    inRoot(
        0,
        new Asm()
            .op("addu.qb", 's', 4, 't', 5, 'd', 6)
            .op("mult", 's', 4, 't', 5)
            .op("mult/ac", 's', 4, 't', 5, 'q', 1)
            .op("bposge32", 'i', 4));
    assertEquals(List.of("26/0", "26/0", "26/0"), root);
  }

  @Test
  void theDspNeedsMxOfTheGuestFirst() {
    inGuest(Status.MX, 0, new Asm().op("rddsp", 'd', 4, 'm', 1));
    assertEquals(List.of(), root);
    assertEquals("26/0", guestCause());
  }

  @Test
  void theDspNeedsMxOfRootWhereTheGuestHasIt() {
    inGuest(0, Status.MX, new Asm().op("rddsp", 'd', 4, 'm', 1));
    assertEquals(List.of("26/0"), root);
  }

  private static Asm operands(int a, int b, int fcsr) {
    return new Asm()
        .li(4, a)
        .li(5, b)
        .li(6, fcsr)
        .op("mtc1", 't', 4, 'S', 2)
        .op("mtc1", 't', 5, 'S', 4)
        .op("ctc1", 't', 6, 'S', 31);
  }

  private int result(Asm operation) {
    inRoot(
        Status.CU1 | Status.BEV, operation.op("mfc1", 't', 2, 'S', 6).op("cfc1", 't', 3, 'S', 31));
    return core.r(2);
  }

  private static Asm multiply(int a, int b, int fcsr) {
    return operands(a, b, fcsr).op("mul.s", 'S', 2, 'T', 4, 'D', 6);
  }

  @Test
  void softwareHasToHandleSubnormalOperands() {
    result(multiply(LEAST_SUBNORMAL, HALF, 0));
    assertEquals(List.of("15/0"), root);
    assertEquals(Fcsr.UNIMPLEMENTED << Fcsr.CAUSE_SHIFT, core.r(3) & Fcsr.CAUSE);
  }

  @Test
  void softwareHasToHandleTinyResults() {
    result(multiply(LEAST_NORMAL, HALF, 0));
    assertEquals(List.of("15/0"), root);
  }

  @Test
  void flushedOperandsAreZeros() {
    assertEquals(0, result(multiply(LEAST_SUBNORMAL, HALF, Fcsr.FS)));
    assertEquals(0, core.r(3) & Fcsr.FLAGS);
    assertEquals(List.of(), root);
  }

  @Test
  void flushedResultsAreZerosAndUnderflow() {
    assertEquals(0, result(multiply(LEAST_NORMAL, HALF, Fcsr.FS)));
    assertEquals((Fcsr.UNDERFLOW | Fcsr.INEXACT) << Fcsr.FLAGS_SHIFT, core.r(3) & Fcsr.FLAGS);
  }

  @Test
  void flushToNearestAndDirectedRoundingGiveTheLeastNormal() {
    assertEquals(LEAST_NORMAL, result(multiply(LEAST_NORMAL, HALF, Fcsr.FS | Fcsr.FN)));
  }

  @Test
  void flushingUpGivesTheLeastNormal() {
    assertEquals(LEAST_NORMAL, result(multiply(LEAST_NORMAL, 0x3E00_0000, Fcsr.FS | Fcsr.UP)));
  }

  @Test
  void writingAnEnabledCauseRaisesItAtOnce() {
    int invalid = Fcsr.INVALID << Fcsr.CAUSE_SHIFT | Fcsr.INVALID << Fcsr.ENABLES_SHIFT;
    inRoot(Status.CU1, new Asm().li(6, invalid).op("ctc1", 't', 6, 'S', 31));
    assertEquals(List.of("15/0"), root);
  }

  @Test
  void theControlRegistersTellThePart() {
    inRoot(Status.CU1, new Asm().op("cfc1", 't', 2, 'S', 0).op("cfc1", 't', 3, 'S', 31));
    assertEquals(0x00F3_A700, core.r(2));
    assertEquals(0x000C_0000, core.r(3));
  }
}
