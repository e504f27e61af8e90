package org.vzrig.emulator.bus;

/** What answers accesses to a run of 256-byte granules of special function registers. */
public interface Sfr {
  /**
   * Reads {@code size} (1, 2, 4) bytes at the aligned physical address {@code pa}, zero-extended.
   */
  int read(int pa, int size);

  /**
   * Writes the low {@code size} (1, 2, 4) bytes of {@code value} at physical address {@code pa}.
   */
  void write(int pa, int size, int value);
}
