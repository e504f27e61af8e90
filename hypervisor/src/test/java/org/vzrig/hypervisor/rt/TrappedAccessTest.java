package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.hypervisor.rt.Code.S0;
import static org.vzrig.hypervisor.rt.Code.S1;
import static org.vzrig.hypervisor.rt.Code.S2;
import static org.vzrig.hypervisor.rt.Code.S3;
import static org.vzrig.hypervisor.rt.Code.S4;
import static org.vzrig.hypervisor.rt.Code.T0;
import static org.vzrig.hypervisor.rt.Code.T1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.image.ImageException;
import org.vzrig.hypervisor.config.ConfigException;

/** Accesses and instructions that root completes for a guest. */
class TrappedAccessTest {
  private static final int ENTRY = 0x9FC00000;
  private static final int LATG = 0xBF860630;
  private static final int DEVID = 0xBF800020;

  /** 16 bytes of RAM, which are served by trapping every access. */
  private static final String SMALL_RAM =
      """
          .mmap
            data = 0x2000 0x10 rw 0x60000
          .
      """;

  private static final int SMALL = 0xA0002000;
  private static final int SB = 40;
  private static final int SH = 41;
  private static final int SWL = 42;
  private static final int SWR = 46;
  private static final int LB = 32;
  private static final int LHU = 37;
  private static final int LWL = 34;
  private static final int LWR = 38;

  @TempDir Path directory;

  /** A guest with {@code code} and, besides flash and RAM, what {@code devices} says. */
  private TestRig guest(Code code, String devices)
      throws IOException, ImageException, ConfigException {
    code.write(directory, "guest.srec");
    Path config = directory.resolve("test.config");
    Files.writeString(
        config,
        """
        .vm
          id = 1
          entry = 0x9fc00000
          binary = guest.srec
          .mmap
            rom = 0x1fc00000 0x1000 rx 0x1000
            ram = 0 0x1000 rw 0x1000
          .
        %s
        .
        """
            .formatted(devices));
    Files.writeString(directory.resolve("device.lib"), "");
    return TestRig.of("wifire", config);
  }

  private static String device(String registers) {
    return """
      .device
        name = test
        regs = %s
      .
    """
        .formatted(registers);
  }

  private static int register(TestRig rig, int number) {
    return rig.machine().cpu().gpr(1, number);
  }

  private static void assertFault(TestRig rig, String message) {
    assertEquals(ThreadStatus.State.FAULTED, rig.status(1).state(), rig.text());
    assertEquals(message, rig.status(1).fault());
  }

  @Test
  void onlyTheWordsOfABlockBelowAPageAreOpen() throws Exception {
    Code code =
        new Code(ENTRY)
            .li(T0, LATG)
            .li(T1, 0x8040)
            .sw(T1, 0, T0)
            .lw(S0, 0, T0)
            .addiu(S1, 0, 1)
            .lw(S2, -0x10, T0)
            .stop();
    TestRig rig = guest(code, device("0x1f860630 0x10 rwu")).until(0.001);
    assertEquals(0x8040, register(rig, S0));
    assertEquals(1, register(rig, S1));
    assertFault(rig, "TLB exception - bad address");
  }

  @Test
  void everyLoadAndStoreWorksOnABlockBelowAPage() throws Exception {
    Code code = new Code(ENTRY).li(T0, SMALL);
    code.li(T1, 0x1234).sw(T1, 0, T0).li(T1, 0xF0F0F0).memory(SB, T1, 1, T0).lw(S0, 0, T0);
    code.memory(LB, S1, 1, T0).memory(LHU, S2, 0, T0);
    code.li(S3, 0).memory(LWL, S3, 3, T0).memory(LWR, S3, 0, T0);
    code.li(T1, 0x5566).memory(SH, T1, 2, T0).lw(S4, 0, T0).stop();
    TestRig rig = guest(code, SMALL_RAM).until(0.001);
    assertEquals(ThreadStatus.State.CURRENT, rig.status(1).state(), rig.text());
    assertEquals(0xF034, register(rig, S0));
    assertEquals((byte) 0xF0, register(rig, S1));
    assertEquals(0xF034, register(rig, S2));
    assertEquals(0xF034, register(rig, S3));
    assertEquals(0x5566F034, register(rig, S4));
  }

  @Test
  void unalignedStoresChangeTheirBytesOnly() throws Exception {
    Code code = new Code(ENTRY).li(T0, SMALL).li(T1, 0x11223344).sw(T1, 0, T0);
    code.li(T1, 0xAABBCCDD).memory(SWL, T1, 1, T0).lw(S0, 0, T0);
    code.memory(SWR, T1, 3, T0).lw(S1, 0, T0).stop();
    TestRig rig = guest(code, SMALL_RAM).until(0.001);
    assertEquals(0x1122AABB, register(rig, S0), rig.text());
    assertEquals(0xDD22AABB, register(rig, S1));
  }

  @Test
  void unalignedLoadsMergeWithTheRegister() throws Exception {
    Code code = new Code(ENTRY).li(T0, SMALL).li(T1, 0x11223344).sw(T1, 0, T0);
    code.li(S0, 0xAABBCCDD).memory(LWL, S0, 1, T0);
    code.li(S1, 0xAABBCCDD).memory(LWR, S1, 2, T0).stop();
    TestRig rig = guest(code, SMALL_RAM).until(0.001);
    assertEquals(0x3344CCDD, register(rig, S0), rig.text());
    assertEquals(0xAABB1122, register(rig, S1));
  }

  @Test
  void anAccessInADelaySlotEndsAtTheBranchTarget() throws Exception {
    Code code = new Code(ENTRY).li(T0, LATG).li(T1, 0x40).sw(T1, 0, T0);
    code.branch(4, T0, T0, "taken").lw(S0, 0, T0).stop();
    code.label("taken").branch(5, T0, T0, "not").lw(T0, 0, T0).addiu(S1, 0, 2).stop();
    code.label("not").addiu(S1, 0, 3).stop();
    TestRig rig = guest(code, device("0x1f860630 0x10 rwu")).until(0.001);
    assertEquals(0x40, register(rig, S0), rig.text());
    assertEquals(2, register(rig, S1), "the condition is that of before the load");
    assertEquals(0x40, register(rig, T0));
  }

  @Test
  void ignoredWritesAreReportedWhereAskedFor() throws Exception {
    Code code = new Code(ENTRY).li(T0, DEVID).li(T1, 0xABCD).sw(T1, 0, T0);
    code.memory(SB, T1, 0, T0).lw(S0, 0, T0).stop();
    TestRig rig = guest(code, device("0x1f800000 0x1000 rIs")).until(0.4);
    assertTrue(
        rig.text().contains("Thread1: write abcd (4 bytes) to 1f800020 ignored\n"), rig.text());
    assertTrue(rig.text().contains("Thread1: write cd (1 bytes) to 1f800020 ignored\n"));
    assertEquals(0x0720E053, register(rig, S0));
  }

  @Test
  void ignoredWritesAreSilentOtherwise() throws Exception {
    Code code = new Code(ENTRY).li(T0, DEVID).sw(T0, 0, T0).lw(S0, 0, T0).stop();
    TestRig rig = guest(code, device("0x1f800000 0x1000 ris")).until(0.4);
    assertEquals(0x0720E053, register(rig, S0));
    assertTrue(!rig.text().contains("ignored"), rig.text());
  }

  @Test
  void aWriteToReadOnlyMemoryIsAFault() throws Exception {
    Code code = new Code(ENTRY).li(T0, DEVID).lw(S0, 0, T0).sw(T0, 0, T0).stop();
    assertFault(
        guest(code, device("0x1f800000 0x1000 rs")).until(0.4), "TLB exception - bad address");
  }

  @Test
  void executionOfDataIsAFault() throws Exception {
    Code code = new Code(ENTRY).li(T0, 0x80000000).word(0x01000008).nop();
    assertFault(guest(code, "").until(0.4), "TLB exception - bad address");
  }

  @Test
  void countAndItsHardwareRegisterAreTheSame() throws Exception {
    int readCc = 0x7C00003B | S1 << 16 | 2 << 11;
    int readResolution = 0x7C00003B | S2 << 16 | 3 << 11;
    Code code =
        new Code(ENTRY).mfc0(S0, 9, 0).word(readCc).mfc0(S3, 9, 0).word(readResolution).stop();
    TestRig rig = guest(code, "").until(0.001);
    assertTrue(register(rig, S1) - register(rig, S0) > 0, rig.text());
    assertTrue(register(rig, S3) - register(rig, S1) > 0);
    assertEquals(2, register(rig, S2));
  }

  @Test
  void countCanBeSetAndRunsOn() throws Exception {
    Code code = new Code(ENTRY).li(T0, 0x80000000).mtc0(T0, 9, 0).mfc0(S0, 9, 0).stop();
    TestRig rig = guest(code, "").until(0.001);
    assertTrue(register(rig, S0) - 0x80000000 >= 0 && register(rig, S0) - 0x80000000 < 1000);
  }

  @Test
  void processorIdentityIsTheRealOne() throws Exception {
    TestRig rig = guest(new Code(ENTRY).mfc0(S0, 15, 0).stop(), "").until(0.001);
    assertEquals(0x0001A720, register(rig, S0));
  }

  @Test
  void aSoftwareInterruptReachesItsGuest() throws Exception {
    Code code = new Code(ENTRY);
    code.li(T0, 0x9FC00000).mtc0(T0, 15, 1).li(T0, 0x00800000).mtc0(T0, 13, 0);
    code.li(T0, 0x10000000).mtc0(T0, 12, 0).li(T0, 0xBF810000);
    code.li(T1, 0x200).sw(T1, 0x544, T0).li(T1, 3 << 10).sw(T1, 0x140, T0);
    code.addiu(T1, 0, 2).sw(T1, 0xC8, T0).li(S0, 0).sw(T1, 0x48, T0);
    code.li(S1, 0x10000001).mtc0(S1, 12, 0).addiu(S2, 0, 1).sleep();
    code.at(0x200).addiu(S0, S0, 1).lw(S3, 0x20, T0).sw(T1, 0x44, T0).eret();
    String interrupts =
        """
          .device
            name = ic
            share = 1
            regs = 0x1f810000 0x1000 erwu
            emulator = ic_emulator
          .
          .device
            name = sw0
            irq = 1
            emulator = interrupt
            share = 1
          .
        """;
    TestRig rig = guest(code, interrupts).until(0.4);
    assertEquals(1, register(rig, S0), rig.text());
    assertEquals(1, register(rig, S2), "it came back");
    assertEquals(3 << 8 | 1, register(rig, S3), "INTSTAT names it");
    assertNotEquals(ThreadStatus.State.FAULTED, rig.status(1).state());
  }
}
