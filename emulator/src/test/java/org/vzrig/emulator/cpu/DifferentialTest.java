package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Random programs give the same state on our core as under Debian's {@code qemu-mipsel}. */
class DifferentialTest {
  /** Instructions for every seed; {@code -Dvzrig.instructions=N} changes it. */
  private static final long INSTRUCTIONS = Long.getLong("vzrig.instructions", 150_000);

  @Test
  void integerInstructionsDoWhatQemuDoes() {
    compare(Profile.INTEGER);
  }

  @Test
  void fpuWithPairsOfRegistersDoesWhatQemuDoes() {
    compare(Profile.FPU_PAIRS);
  }

  @Test
  void fpuWithWideRegistersDoesWhatQemuDoes() {
    compare(Profile.FPU_WIDE);
  }

  @Test
  void dspDoesWhatQemuDoes() {
    compare(Profile.DSP);
  }

  @Test
  void microMipsDoesWhatQemuDoes() {
    compare(Profile.MICROMIPS);
  }

  private static void compare(Profile profile) {
    long executed = 0;
    for (long seed : Seeds.of(profile.name() + " against qemu-mipsel", 1)) {
      executed += new Differential(profile).compare(seed, INSTRUCTIONS);
    }
    System.out.println(profile.name() + ": " + executed + " instructions, no difference");
    assertTrue(executed >= INSTRUCTIONS);
  }
}
