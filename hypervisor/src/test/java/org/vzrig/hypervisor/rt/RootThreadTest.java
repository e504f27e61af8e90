package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.hypervisor.rt.Code.T0;
import static org.vzrig.hypervisor.rt.Code.T1;
import static org.vzrig.hypervisor.rt.Code.T2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of MIPS code in root mode beside a guest. */
class RootThreadTest {
  private static final int PORTA = 0xBF860000;
  private static final int TRISCLR = 0x14;
  private static final int LATINV = 0x3C;

  @TempDir Path directory;

  private TestRig rig(String thread) throws Exception {
    Path config = directory.resolve("test.config");
    Files.writeString(config, guest() + thread);
    Files.copy(TestRig.GUESTS.resolve("device.lib"), directory.resolve("device.lib"));
    return TestRig.of("wifire", config);
  }

  private String guest() throws IOException {
    for (String file : new String[] {"polling.elf", "polling.map"}) {
      Files.copy(TestRig.GUESTS.resolve("polling").resolve(file), directory.resolve(file));
    }
    return """
    .vm
      id = 1
      irqpolling = 1
      elf = polling.elf
      device = ic
      device = console
      device = portG
      device = syscontroller
      device = oscillator
      device = devcfg
    .
    """;
  }

  /** Toggles RA0 for ever, {@code pause} instructions apart. */
  private static Code blinker(int base, int pause) {
    Code code = new Code(base).li(T0, PORTA).addiu(T1, 0, 1).sw(T1, TRISCLR, T0);
    code.label("again").sw(T1, LATINV, T0).li(T2, pause);
    return code.label("spin")
        .branch(5, T2, 0, "spin")
        .addiu(T2, T2, -1)
        .branch(4, 0, 0, "again")
        .nop();
  }

  @Test
  void aLoopThatNeverWaitsLeavesGuestsTheirBeat() throws Exception {
    TestRig rig =
        rig(
            """
            .thread
              id = 8
              entry = loop
              sp = 0x100 0x80060000 0x80060100
            .
            """);
    rig.until(3.5);
    assertEquals(3, rig.times('#', 0.5).size(), rig.text());
    assertEquals(ThreadStatus.State.CURRENT, rig.status(8).state());
  }

  @Test
  void kernelCodeRunsUnmapped() throws Exception {
    blinker(0x9D1F0000, 100_000).write(directory, "blink.srec");
    TestRig rig =
        rig(
            """
            .thread
              id = 8
              entry = 0x9d1f0000
              binary = blink.srec
              sp = 0x100 0x80060000 0x80060100
              .mmap
                code = 0x1d1f0000 0x1000 rx
              .
            .
            """);
    rig.until(2.5);
    assertTrue(rig.edges("RA0").size() > 500, rig.text());
    assertEquals(2, rig.times('#', 0.5).size(), rig.text());
  }

  @Test
  void userCodeHasItsRegionsOnly() throws Exception {
    Code offender = new Code(0x00400000).li(T0, PORTA & 0x1FFFFFFF).addiu(T1, 0, 1);
    offender.sw(T1, TRISCLR, T0).sw(T1, LATINV, T0).li(T0, 0x1F860100).sw(T1, LATINV, T0).stop();
    offender.write(directory, "user.srec");
    String thread =
        """
        .thread
          id = 8
          mode = user
          entry = 0x00400000
          binary = user.srec
          .mmap
            code = 0x00400000 0x1000 rx 0x1d1e0000
          .
          .device
            name = porta
            regs = 0x1f860000 0x100 rwu
          .
        .
        """;
    TestRig rig = rig(thread).until(2.5);
    assertEquals(1, rig.edges("RA0").size(), rig.text());
    assertEquals(ThreadStatus.State.FAULTED, rig.status(8).state());
    assertEquals("TLB exception - bad address", rig.status(8).fault());
    assertEquals(2, rig.times('#', 0.5).size(), "the guest runs on");
  }

  @Test
  void kernelCodeGivesTheCoreUpWithItsSystemCall() throws Exception {
    Code code = new Code(0x9D1F0000).li(T0, PORTA).addiu(T1, 0, 1).sw(T1, TRISCLR, T0);
    code.sw(T1, LATINV, T0).word(0x03C0000C).sw(T1, LATINV, T0).word(0x03C0000C).stop();
    code.write(directory, "wait.srec");
    TestRig rig =
        rig(
            """
            .thread
              id = 8
              entry = 0x9d1f0000
              binary = wait.srec
              sp = 0x100 0x80060000 0x80060100
              .mmap
                code = 0x1d1f0000 0x1000 rx
              .
            .
            """);
    rig.until(1.2);
    assertEquals(1, rig.edges("RA0").size(), rig.text());
    assertEquals(ThreadStatus.State.WAITING, rig.status(8).state());
    assertTrue(rig.answer("8c").contains("Thread8: continued\n"));
    assertEquals(2, rig.edges("RA0").size(), rig.text());
  }
}
