package org.vzrig.emulator.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Sfr;

/**
 * Remembered translations of one translation mode to special function registers, for loads or for
 * stores: which module answers, where nothing is to be checked or told before.
 */
final class DeviceTlb {
  private static final int SIZE = 64;

  /** Modules begin and end at multiples of 256 bytes. */
  private static final int GRANULE = 0xFFFF_FF00;

  private final int[] tags = new int[SIZE];
  private final int[] frames = new int[SIZE];
  private final @Nullable Sfr[] modules = new Sfr[SIZE];

  DeviceTlb() {
    flush();
  }

  private static int slot(int va) {
    return (va >>> 8 ^ va >>> 16) & SIZE - 1;
  }

  void flush() {
    Arrays.fill(tags, SoftTlb.NONE);
  }

  void fill(int va, int pa, Sfr module) {
    int slot = slot(va);
    tags[slot] = va & GRANULE;
    frames[slot] = pa & GRANULE;
    modules[slot] = module;
  }

  /** Who answers an aligned access of {@code size} bytes at {@code va}, or null. */
  @Nullable Sfr module(int va, int size) {
    int slot = slot(va);
    return tags[slot] == (va & (GRANULE | size - 1)) ? modules[slot] : null;
  }

  /** The physical address of {@code va}, for which {@link #module} has just given an answer. */
  int physical(int va) {
    return frames[slot(va)] | va & ~GRANULE;
  }
}
