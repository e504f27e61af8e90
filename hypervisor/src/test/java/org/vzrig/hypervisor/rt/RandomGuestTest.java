package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests of random instructions, rich in accesses to emulated devices and in CP0 instructions: the
 * hypervisor never fails itself, and the guest beside them comes to no harm.
 */
class RandomGuestTest {
  private static final int RUNS = 12;
  private static final int WORDS = 0x1000;
  private static final int[] BASES = {
    0xBF810000, 0xBF822600, 0x80000000, 0xBF860900, 0x9FC00000, 0, 0xC0000000, 0xBF800000
  };
  private static final int[] COP0 = {1, 2, 6, 8, 0x18, 0x20, 3, 4, 0x28, 0x1F};

  @TempDir Path directory;

  @Test
  void theHypervisorStands() throws Exception {
    Path guests = TestRig.GUESTS;
    Files.copy(guests.resolve("device.lib"), directory.resolve("device.lib"));
    Files.copy(guests.resolve("polling/polling.elf"), directory.resolve("polling.elf"));
    Files.copy(guests.resolve("polling/polling.map"), directory.resolve("polling.map"));
    Path config = directory.resolve("test.config");
    Files.writeString(config, configuration());
    for (long seed = 1; seed <= RUNS; seed++) {
      program(new Random(seed)).write(directory, "random.srec");
      TestRig rig = TestRig.of("wifire", config).until(0.005);
      rig.type("^E1abcdefgh^E01qTI1r").until(0.04);
      String about = "seed " + seed + "\n" + rig.text();
      assertNotEquals(ThreadStatus.State.FAULTED, rig.status(2).state(), about);
    }
  }

  private static String configuration() {
    return """
    .vm
      id = 1
      entry = 0x9fc00000
      binary = random.srec
      .mmap
        rom = 0x1fc00000 0x4000 rx 0x1000
        ram = 0 0x4000 rwx 0x1000
      .
      device = ic
      device = console
      device = portK
      device = sw0
      device = syscontroller
      device = oscillator
    .
    .vm
      id = 2
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

  private static Code program(Random random) {
    Code code = new Code(0x9FC00000);
    for (int r = 1; r < 32; r++) {
      int near = BASES[random.nextInt(BASES.length)] + (random.nextInt(0x900) & ~3);
      code.li(r, random.nextInt(3) == 0 ? random.nextInt() : near);
    }
    for (int i = 62; i < WORDS; i++) {
      code.word(instruction(random));
    }
    return code;
  }

  private static int instruction(Random random) {
    int registers = random.nextInt(32) << 21 | random.nextInt(32) << 16;
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt();
      case 1 -> 0x40000000 | random.nextInt(2) << 23 | registers & 0x1F0000 | rdAndSelect(random);
      case 2 -> 0x42000000 | COP0[random.nextInt(COP0.length)];
      case 3, 4 -> 32 + random.nextInt(15) << 26 | registers | random.nextInt(0x40) << 2;
      case 5 -> 4 + random.nextInt(4) << 26 | registers | random.nextInt(40) - 10 & 0xFFFF;
      case 6 -> 0x41606000 | registers & 0x1F0000 | random.nextInt(2) << 5;
      default -> 8 + random.nextInt(8) << 26 | random.nextInt(1 << 26);
    };
  }

  private static int rdAndSelect(Random random) {
    return random.nextInt(32) << 11 | random.nextInt(8);
  }
}
