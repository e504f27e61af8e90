package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageReader;

/** The benchmark kernels, compared state by state, and what a difference looks like. */
class LockstepTest {
  private static final Path KERNELS = Path.of("../hypervisor/guests/kernels/kernels.elf");
  private static final int CONSOLE = 4;
  private static final long BOOT = 20_000_000;

  private static Machine machine(char kernel) throws Exception {
    Image image = ImageReader.read(KERNELS);
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(image);
    machine.startAt(image.symbol("_start").orElseThrow().address());
    machine
        .uart(CONSOLE)
        .onTransmit(
            (cycle, value) -> {
              if (value == '?') {
                machine.uart(CONSOLE).receive(kernel);
              }
            });
    return machine;
  }

  /** Strings, recursion, n-body, FFT, system calls, interrupts: calls, FPU, exceptions. */
  @ParameterizedTest
  @ValueSource(chars = {'d', 'f', 'g', 'h', 'i', 'j', 'l', 'n', 'o'})
  void kernelsRunAlikeOnBothEngines(char kernel) throws Exception {
    Machine machine = machine(kernel);
    Lockstep both = new Lockstep(machine, machine(kernel));
    both.runTo(BOOT);
    assertTrue(machine.cycles() >= BOOT);
    assertTrue(machine.cpu().translations() > 0, "nothing was translated");
  }

  @Test
  void aDifferenceIsShownWithBothStates() throws Exception {
    Machine first = machine('a');
    Machine second = machine('a');
    Lockstep both = new Lockstep(first, second);
    both.runTo(BOOT / 10);
    second.cpu().gpr(0, 16, 0x1234);
    String message =
        String.valueOf(
            assertThrows(Lockstep.Difference.class, () -> both.runTo(BOOT / 5)).getMessage());
    assertTrue(message.contains("were the same at cycle"), message);
    assertTrue(
        message.lines().anyMatch(l -> l.startsWith("  * r16") && l.endsWith("1234")), message);
    assertEquals(1, message.lines().filter(l -> l.contains(" pc ")).count(), message);
  }
}
