package org.vzrig.emulator.bus;

import org.jspecify.annotations.Nullable;

/** The physical address space as the CPU sees it. */
public interface CpuBus {
  /**
   * Reads {@code size} (1, 2 or 4) bytes at the aligned physical address {@code pa}, zero-extended.
   *
   * @throws BusError when nothing answers there or the CPU's permission group may not read it
   */
  int read(int pa, int size);

  /**
   * Writes the low {@code size} (1, 2 or 4) bytes of {@code value} at the aligned physical address
   * {@code pa}.
   *
   * @throws BusError when nothing answers there or the CPU's permission group may not write it
   */
  void write(int pa, int size, int value);

  /**
   * The memory behind the 4 KiB page that holds {@code pa}, or null when the page is not plain
   * memory or not wholly readable by the CPU's permission group (then every access goes through
   * {@link #read} and {@link #write}).
   */
  @Nullable Memory memory(int pa);

  /** Offset of {@code pa} in the memory that {@link #memory} returned for it. */
  int offset(int pa);

  /**
   * Whether the CPU may store directly into the page of {@code pa} (RAM, permission group
   * included).
   */
  boolean writable(int pa);

  /**
   * Who answers in the 256 bytes around {@code pa}, where an access by the CPU has nothing else to
   * pass; null elsewhere.
   */
  @Nullable Sfr module(int pa);
}
