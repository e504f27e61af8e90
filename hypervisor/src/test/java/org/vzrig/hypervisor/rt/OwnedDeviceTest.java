package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.vzrig.hypervisor.rt.Code.S0;
import static org.vzrig.hypervisor.rt.Code.T0;
import static org.vzrig.hypervisor.rt.Code.T1;
import static org.vzrig.hypervisor.rt.Code.T2;
import static org.vzrig.hypervisor.rt.Code.T3;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest with a UART of the chip to itself, whose interrupts root passes on. */
class OwnedDeviceTest {
  private static final int RPA15R = 0x1F80153C;
  private static final int U1TX = 1;
  private static final int IEC3 = 0x1F8100F0;
  private static final int U1RX_BIT = 1 << 113 % 32;

  @TempDir Path directory;

  private final StringBuilder sent = new StringBuilder();
  private TestRig rig;

  /** Answers every character on UART1 with the next one, in an interrupt handler. */
  private static Code echo() {
    Code code = new Code(0x9FC00000);
    code.li(T0, 0x9FC00000).mtc0(T0, 15, 1).li(T0, 0x00800000).mtc0(T0, 13, 0);
    code.li(T0, 0x10000000).mtc0(T0, 12, 0).li(T0, 0xBF810000).li(T3, 0xBF822000);
    code.addiu(T1, 0, 53).sw(T1, 0x40, T3).li(T1, 0x8000).sw(T1, 0, T3);
    code.addiu(T1, 0, 0x1400).sw(T1, 0x10, T3);
    code.li(T1, 0x200).sw(T1, 0x540 + 113 * 4, T0);
    code.li(T1, 4 << 10).sw(T1, 0x140 + 28 * 16, T0);
    code.li(T1, U1RX_BIT).sw(T1, 0xC0 + 3 * 16 + 8, T0);
    code.li(S0, 0).li(T2, 0x10000001).mtc0(T2, 12, 0).sleep();
    code.at(0x200).addiu(S0, S0, 1).lw(T2, 0x30, T3).addiu(T2, T2, 1).sw(T2, 0x20, T3);
    return code.sw(T1, 0x40 + 3 * 16 + 4, T0).eret();
  }

  @BeforeEach
  void build() throws Exception {
    echo().write(directory, "echo.srec");
    Files.copy(TestRig.GUESTS.resolve("device.lib"), directory.resolve("device.lib"));
    Path config = directory.resolve("test.config");
    Files.writeString(
        config,
        """
        .vm
          id = 1
          entry = 0x9fc00000
          binary = echo.srec
          .mmap
            rom = 0x1fc00000 0x1000 rx 0x1000
          .
          device = ic
          device = uart1
        .
        """);
    rig = TestRig.of("wifire", config);
    rig.machine().bus().write(RPA15R, 4, U1TX);
    rig.machine().uart(1).onTransmit((cycle, value) -> sent.append((char) value));
    rig.until(0.01);
  }

  @Test
  void everyCharacterReachesTheGuestAndItsAnswerTheLine() {
    "HAL".chars().forEach(rig.machine().uart(1)::receive);
    rig.until(0.05);
    assertEquals("IBM", sent.toString(), rig.text());
    assertEquals(3, rig.machine().cpu().gpr(1, S0), "interrupts taken");
    assertEquals(ThreadStatus.State.WAITING, rig.status(1).state());
  }

  @Test
  void theSourceIsEnabledAgainWhenTheGuestHasClearedItsFlag() {
    assertNotEquals(0, rig.machine().bus().read(IEC3, 4) & U1RX_BIT);
    rig.machine().uart(1).receive('x');
    rig.until(0.02);
    assertNotEquals(0, rig.machine().bus().read(IEC3, 4) & U1RX_BIT);
    assertEquals("y", sent.toString());
  }
}
