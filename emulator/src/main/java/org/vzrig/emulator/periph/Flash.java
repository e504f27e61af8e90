package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.SystemBus;

/**
 * Program and boot flash and where their panels appear in the address space.
 *
 * <p>The boot panel whose sequence word SEQ3 is valid (TSEQ is the complement of CSEQ) and higher
 * appears at the lower alias; panel 1 when neither is valid.
 */
public final class Flash implements ConfigWords {
  /** Physical address of program flash. */
  public static final int PROGRAM = 0x1D00_0000;

  /** Physical address of the lower boot alias. */
  public static final int LOWER_BOOT = 0x1FC0_0000;

  /** Physical address of the upper boot alias. */
  public static final int UPPER_BOOT = 0x1FC2_0000;

  /** Physical address of boot panel 1. */
  public static final int BOOT_1 = 0x1FC4_0000;

  /** Physical address of boot panel 2. */
  public static final int BOOT_2 = 0x1FC6_0000;

  /** Bytes of a boot panel. */
  public static final int BOOT_SIZE = 80 << 10;

  /** Physical address of the factory's calibration words and serial number. */
  public static final int FACTORY = 0x1FC5_4000;

  private static final int ERASED = 0xFF;
  private static final int SEQ3 = 0xFFF0;
  private static final int DEVCFG0 = 0xFFCC;
  private static final int SERIAL = 0x20;

  private final Memory program;
  private final Memory[] boot = {
    new Memory("boot flash 1", BOOT_SIZE, ERASED), new Memory("boot flash 2", BOOT_SIZE, ERASED)
  };
  private final Memory factory = new Memory("factory words", 1 << Memory.PAGE_SHIFT, ERASED);
  private final SystemBus bus;
  private int lower;
  private boolean swapped;

  /** Erased flash with {@code programSize} bytes of program flash, mapped on {@code bus}. */
  public Flash(SystemBus bus, int programSize) {
    this.bus = bus;
    program = new Memory("program flash", programSize, ERASED);
    bus.map(BOOT_1, boot[0], 0, BOOT_SIZE, false);
    bus.map(BOOT_2, boot[1], 0, BOOT_SIZE, false);
    bus.map(FACTORY, factory, 0, factory.size(), false);
    for (int i = 0; i < SERIAL; i += 4) {
      factory.store(i, 4, 0);
    }
    factory.store(SERIAL, 4, 0x5649_5247);
    factory.store(SERIAL + 4, 4, 0x0000_0001);
    mapBoot(0);
    mapProgram(false);
  }

  /** The whole program flash, lower panel first as it lies in silicon. */
  public Memory program() {
    return program;
  }

  /** Boot panel 1 or 2. */
  public Memory boot(int panel) {
    return boot[panel - 1];
  }

  /** At reset: the sequence words choose the lower boot panel, program panels stand unswapped. */
  public void reset() {
    mapBoot(sequence(boot[1]) > sequence(boot[0]) ? 1 : 0);
    mapProgram(false);
  }

  /** Whether boot panel 2 is at the lower alias. */
  public boolean bootSwapped() {
    return lower == 1;
  }

  /** Puts boot panel 2 ({@code swap}) or 1 at the lower alias. */
  public void swapBoot(boolean swap) {
    mapBoot(swap ? 1 : 0);
  }

  /** Whether the upper half of program flash is mapped low. */
  public boolean programSwapped() {
    return swapped;
  }

  /** Maps the upper ({@code swap}) or lower half of program flash low. */
  public void swapProgram(boolean swap) {
    mapProgram(swap);
  }

  @Override
  public int devcfg(int n) {
    return boot[lower].load(DEVCFG0 - 4 * n, 4);
  }

  private void mapBoot(int panel) {
    lower = panel;
    bus.map(LOWER_BOOT, boot[panel], 0, BOOT_SIZE, false);
    bus.map(UPPER_BOOT, boot[1 - panel], 0, BOOT_SIZE, false);
  }

  private void mapProgram(boolean swap) {
    swapped = swap;
    int half = program.size() / 2;
    bus.map(PROGRAM, program, swap ? half : 0, half, false);
    bus.map(PROGRAM + half, program, swap ? 0 : half, half, false);
  }

  /** CSEQ of a valid sequence word, else -1. */
  private static int sequence(Memory panel) {
    int word = panel.load(SEQ3, 4);
    int cseq = word >>> 16;
    return (word & 0xFFFF) == (~cseq & 0xFFFF) ? cseq : -1;
  }
}
