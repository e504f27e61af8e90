package org.vzrig.boards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration words of a PIC32MZ EF.
 *
 * @param devcfg3 user id, Ethernet, one-way locks
 * @param devcfg2 PLL
 * @param devcfg1 oscillators, watchdog, deadman timer
 * @param devcfg0 debugging, ECC, instruction set at reset
 * @param devcp0 code protection
 * @param devsign0 signature, bit 31 always 0
 */
public record DevCfg(int devcfg3, int devcfg2, int devcfg1, int devcfg0, int devcp0, int devsign0) {
  /** Physical address of DEVCFG3, the first of the primary words, through the lower boot alias. */
  public static final int ADDRESS = 0x1FC0_FFC0;

  /** Physical address of the first of the alternate words through the lower boot alias. */
  public static final int ALTERNATE_ADDRESS = 0x1FC0_FF40;

  /** Frequency of the internal fast oscillator in hertz. */
  public static final int FRC_HZ = 8_000_000;

  /** Frequency of the low-power and the secondary oscillator in hertz. */
  public static final int SLOW_HZ = 32_768;

  /** The words of an erased part. */
  public static final DevCfg ERASED = of(-1, -1, -1, -1);

  /** These four words and no code protection. */
  public static DevCfg of(int devcfg3, int devcfg2, int devcfg1, int devcfg0) {
    return new DevCfg(devcfg3, devcfg2, devcfg1, devcfg0, -1, 0x7FFF_FFFF);
  }

  /**
   * The words as they stand in flash: physical address through the lower boot alias to value, in
   * ascending order.
   */
  public Map<Integer, Integer> words() {
    Map<Integer, Integer> words = new LinkedHashMap<>();
    words.put(ADDRESS, devcfg3);
    words.put(ADDRESS + 0x4, devcfg2);
    words.put(ADDRESS + 0x8, devcfg1);
    words.put(ADDRESS + 0xC, devcfg0);
    words.put(ADDRESS + 0x1C, devcp0);
    words.put(ADDRESS + 0x2C, devsign0);
    return words;
  }

  /** Every field with its meaning, word by word. */
  public List<DevCfgField> fields() {
    return DevCfgField.decode(this);
  }

  /** SYSCLK in hertz after reset with a crystal or clock of {@code crystalHz}. */
  public long sysclkHz(long crystalHz) {
    return switch (devcfg1 & 7) {
      case 1 -> pllHz(crystalHz);
      case 2 -> crystalHz;
      case 4, 5 -> SLOW_HZ;
      default -> FRC_HZ;
    };
  }

  private long pllHz(long crystalHz) {
    long input = (devcfg2 & 0x80) != 0 ? FRC_HZ : crystalHz;
    int multiplier = (devcfg2 >>> 8 & 0x7F) + 1;
    return input / ((devcfg2 & 7) + 1) * multiplier / outputDivisor(devcfg2 >>> 16 & 7);
  }

  /** Divisor that FPLLODIV (0 to 7) stands for. */
  static int outputDivisor(int field) {
    return 1 << Math.clamp(field, 1, 5);
  }
}
