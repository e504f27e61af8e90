package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.hypervisor.rt.Code.S0;
import static org.vzrig.hypervisor.rt.Code.S1;
import static org.vzrig.hypervisor.rt.Code.T0;
import static org.vzrig.hypervisor.rt.Code.T1;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The FPU goes from guest to guest on demand, and nobody sees what another has left in it. */
class FpuGuestsTest {
  private static final int MTC1_F4_T1 = 0x44890000 | 4 << 11;
  private static final int MFC1_F4_S0 = 0x44100000 | 4 << 11;
  private static final int MFC1_F4_S1 = 0x44110000 | 4 << 11;
  private static final int ADDU_T0_T0_T1 = 0x01094021;
  private static final int WAIT = 0x42000020;

  @TempDir Path directory;

  /** Looks into f4, puts {@code value} there, sleeps for 2 ms and looks again. */
  private static Code program(int value) {
    Code code = new Code(0x9FC00000);
    code.li(T0, 0x34000000).mtc0(T0, 12, 0).word(MFC1_F4_S0).li(T1, value).word(MTC1_F4_T1);
    code.li(T0, 0xBF810000).addiu(T1, 0, 3 << 2).sw(T1, 0x140, T0).addiu(T1, 0, 1);
    code.sw(T1, 0xC0, T0).mfc0(T0, 9, 0).li(T1, 200_000).word(ADDU_T0_T0_T1).mtc0(T0, 11, 0);
    return code.word(WAIT).word(MFC1_F4_S1).stop();
  }

  @Test
  void theFirstInstructionIsTriedAgainAndRegistersArePrivate() throws Exception {
    program(0x11111111).write(directory, "one.srec");
    program(0x22222222).write(directory, "two.srec");
    Path config = directory.resolve("test.config");
    Files.writeString(config, guest(1, "one") + guest(2, "two"));
    Files.writeString(directory.resolve("device.lib"), "");
    TestRig rig = TestRig.of("wifire", config).until(0.02);
    assertFalse(rig.text().contains("PANIC"), rig.text());
    for (int set = 1; set <= 2; set++) {
      assertEquals(0, rig.machine().cpu().gpr(set, S0), "f4 of guest " + set + " at first");
      assertEquals(set * 0x11111111, rig.machine().cpu().gpr(set, S1), "f4 of guest " + set);
      assertTrue(rig.status(set).exits() > 5);
    }
  }

  private static String guest(int id, String name) {
    return """
    .vm
      id = %d
      entry = 0x9fc00000
      binary = %s.srec
      .mmap
        rom = 0x1fc00000 0x1000 rx 0x1000
      .
      .device
        name = ic
        share = 1
        regs = 0x1f810000 0x1000 erwu
        emulator = ic_emulator
      .
    .
    """
        .formatted(id, name);
  }
}
