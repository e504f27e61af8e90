package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {
  private static final int RAM = TestCore.RAM;
  private final TestCore core = new TestCore();
  private final Probe probe = core.cpu.probe();

  /** Counts r4 down from 3, adding it to the word at RAM in the delay slot. */
  private void program() {
    core.at(
        TestCore.BOOT,
        new Asm()
            .op("addiu", 't', 4, 'i', 3)
            .li(5, RAM)
            .op("addiu", 's', 4, 't', 4, 'i', -1)
            .op("bne", 's', 4, 't', 0, 'i', -2)
            .op("sw", 's', 5, 't', 4)
            .op("syscall")
            .stop());
  }

  private void go() {
    core.cpu.run(core.cpu.cycles() + 1000);
  }

  private int at() {
    return core.cpu.pc() - TestCore.BOOT;
  }

  @Test
  void theObserverSeesEveryInstructionInOrder() {
    program();
    List<String> seen = new ArrayList<>();
    probe.observe(
        new CoreObserver() {
          @Override
          public void instruction(int guest, int pc, int word) {
            seen.add(Integer.toHexString(pc & 0xFFF));
          }

          @Override
          public void taken(Taken taken) {
            seen.add(taken.name() + "@" + Integer.toHexString(taken.epc() & 0xFFF));
            probe.stop();
          }
        });
    go();
    assertEquals("[0, 4, 8, c, 10, 14, c, 10, 14, c, 10, 14, 18, Sys@18]", seen.toString());
  }

  @Test
  void anObservedRunTakesTheSameTime() {
    program();
    core.run(200);
    TestCore observed = new TestCore();
    observed.boot.store(0, 4, 0);
    System.arraycopy(core.boot.bytes, 0, observed.boot.bytes, 0, 4096);
    observed.cpu.probe().observe(new CoreObserver() {});
    observed.run(200);
    assertEquals(core.cpu.cycles(), observed.cpu.cycles());
    assertEquals(core.cpu.pc(), observed.cpu.pc());
    assertEquals(core.root(Cp0Reg.EPC), observed.root(Cp0Reg.EPC));
  }

  @Test
  void aBreakpointStopsBeforeItsInstructionEachTime() {
    program();
    probe.breakAt(TestCore.BOOT + 0x10);
    for (int left = 2; left >= 0; left--) {
      go();
      assertEquals(new Probe.Stop(Probe.Reason.BREAKPOINT, TestCore.BOOT + 0x10), probe.stopped());
      assertEquals(left, core.r(4));
      probe.resume();
    }
    probe.clearBreak(TestCore.BOOT + 0x10);
    go();
    assertNull(probe.stopped());
  }

  @Test
  void stepsCountABranchWithItsSlotAsOne() {
    program();
    probe.resume(5, true);
    go();
    assertEquals(Probe.Reason.STEP, java.util.Objects.requireNonNull(probe.stopped()).reason());
    assertEquals(0xC, at());
    assertEquals(6, core.cpu.cycles());
  }

  @Test
  void aWatchpointStopsBeforeTheStoreEvenInADelaySlot() {
    program();
    Probe.Watch watch = new Probe.Watch(RAM + 2, 1, false, true);
    probe.watch(watch);
    go();
    assertEquals(new Probe.Stop(Probe.Reason.WRITE, RAM + 2), probe.stopped());
    assertEquals(0x10, at());
    assertEquals(0, core.ram.load(0, 4));
    assertEquals(4, core.cpu.cycles());
    probe.resume();
    go();
    assertEquals(0x10, at());
    assertEquals(2, core.ram.load(0, 4));
    probe.unwatch(watch);
    probe.resume();
    go();
    assertEquals(0, core.ram.load(0, 4));
  }
}
