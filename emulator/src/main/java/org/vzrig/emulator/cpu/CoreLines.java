package org.vzrig.emulator.cpu;

/** Interrupt lines that leave the core for the chip's interrupt controller (IRQ 0, 1, 2, 104). */
public interface CoreLines {
  /** Cause.TI of the root context (IRQ 0) is now {@code active}. */
  void timer(boolean active);

  /**
   * Cause.IP0 or IP1 of the root context (IRQ 1 for {@code n} = 0, IRQ 2 for 1) is now {@code
   * active}.
   */
  void software(int n, boolean active);

  /** Cause.PCI of the root context (IRQ 104) is now {@code active}. */
  void performanceCounter(boolean active);
}
