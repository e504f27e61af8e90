package org.vzrig.emulator.periph;

/** One request line of a module into the interrupt controller. */
public final class InterruptLine {
  private final Evic evic;
  private final int irq;

  InterruptLine(Evic evic, int irq) {
    this.evic = evic;
    this.irq = irq;
  }

  /** Number of the request in the interrupt controller. */
  public int irq() {
    return irq;
  }

  /** An event: the flag is set once. */
  public void raise() {
    evic.raise(irq);
  }

  /** A persistent request: while {@code active}, the flag cannot be cleared. */
  public void level(boolean active) {
    evic.level(irq, active);
  }
}
