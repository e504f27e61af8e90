package org.vzrig.emulator.bus;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Special function registers without a model: they keep the last value written (0 before) and warn
 * once each, by data sheet name and PC.
 */
final class Unmodelled implements Sfr {
  /** Gives the data sheet's name of a physical register address. */
  @FunctionalInterface
  interface Namer {
    String name(int pa);
  }

  private static final int FIRST_WITHOUT_ALIASES = 0x1F8E_0000;
  private static final int ADC = 0x1F84_B000;

  private final int[] @Nullable [] granules = new int[SystemBus.SFR_GRANULES][];
  private final long[] warned = new long[SystemBus.SFR_SIZE >>> 2 >>> 6];
  private final Namer namer;
  private final IntSupplier pc;

  Unmodelled(Namer namer, IntSupplier pc) {
    this.namer = namer;
    this.pc = pc;
  }

  @Override
  public int read(int pa, int size) {
    int alias = alias(pa);
    warn(pa - (alias << 2), "read");
    int[] words = granules[granule(pa)];
    if (words == null || alias != Register.WRITE) {
      return 0;
    }
    int value = words[pa >>> 2 & 63];
    return size == 4 ? value : value >>> ((pa & 3) << 3) & (1 << (size << 3)) - 1;
  }

  @Override
  public void write(int pa, int size, int value) {
    int alias = alias(pa);
    int home = pa - (alias << 2);
    warn(home, "written");
    int[] words = granules[granule(pa)];
    if (words == null) {
      words = new int[64];
      granules[granule(pa)] = words;
    }
    int shift = (pa & 3) << 3;
    int lanes = size == 4 ? -1 : (1 << (size << 3)) - 1 << shift;
    int bits = value << shift & lanes;
    int old = words[home >>> 2 & 63];
    words[home >>> 2 & 63] =
        switch (alias) {
          case Register.WRITE -> old & ~lanes | bits;
          case Register.CLR -> old & ~bits;
          case Register.SET -> old | bits;
          default -> old ^ bits;
        };
  }

  /** Forgets the values; what was warned about stays known. */
  void reset() {
    java.util.Arrays.fill(granules, null);
  }

  private static int granule(int pa) {
    return pa - SystemBus.SFR_BASE >>> 8;
  }

  private static int alias(int pa) {
    boolean none = pa >= FIRST_WITHOUT_ALIASES || (pa & ~0xFFF) == ADC;
    return none ? Register.WRITE : pa >>> 2 & 3;
  }

  private void warn(int pa, String what) {
    int word = pa - SystemBus.SFR_BASE >>> 2;
    long bit = 1L << (word & 63);
    if ((warned[word >>> 6] & bit) == 0) {
      warned[word >>> 6] |= bit;
      int at = pc.getAsInt();
      String name = namer.name(pa & ~3);
      Logger.tag(name)
          .warn(
              "{} ({}) has no model and was {} at PC {}",
              name,
              String.format("%08X", pa & ~3),
              what,
              String.format("%08X", at));
    }
  }
}
