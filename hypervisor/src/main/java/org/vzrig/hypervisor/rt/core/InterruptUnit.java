package org.vzrig.hypervisor.rt.core;

/** The chip's interrupt controller as root drives it (registers at 1F810000). */
public final class InterruptUnit {
  /** Physical address of INTCON. */
  public static final int BASE = 0x1F810000;

  /** Offset of INTSTAT. */
  public static final int INTSTAT = 0x20;

  /** Offset of IFS0. */
  public static final int IFS = 0x40;

  /** Offset of IEC0. */
  public static final int IEC = 0xC0;

  /** Offset of IPC0. */
  public static final int IPC = 0x140;

  /** Offset of OFF0. */
  public static final int OFF = 0x540;

  /** Number of interrupt sources, the reserved ones included. */
  public static final int SOURCES = 214;

  /** Words of a register group with a bit for each source. */
  public static final int WORDS = 7;

  /** Distance of a register's CLR alias. */
  public static final int CLR = 4;

  /** Distance of a register's SET alias. */
  public static final int SET = 8;

  /** Distance of a register's INV alias. */
  public static final int INV = 12;

  private final Core core;

  /** Drives the controller behind {@code core}. */
  public InterruptUnit(Core core) {
    this.core = core;
  }

  /** Reads the register at {@code offset} from INTCON. */
  public int read(int offset) {
    return core.read(BASE + offset);
  }

  /** Writes the register (or alias) at {@code offset} from INTCON. */
  public void write(int offset, int value) {
    core.write(BASE + offset, value);
  }

  /** The source that is presented to the core now (INTSTAT.SIRQ). */
  public int presented() {
    return read(INTSTAT) & 0xFF;
  }

  /** Disables source {@code irq}. */
  public void mask(int irq) {
    write(IEC + group(irq) + CLR, bit(irq));
  }

  /** Enables source {@code irq}. */
  public void unmask(int irq) {
    write(IEC + group(irq) + SET, bit(irq));
  }

  /** Clears the flag of source {@code irq}. */
  public void acknowledge(int irq) {
    write(IFS + group(irq) + CLR, bit(irq));
  }

  /** Sets priority (4:2) and subpriority (1:0) of source {@code irq}. */
  public void priority(int irq, int value) {
    int offset = IPC + irq / 4 * 16;
    int shift = irq % 4 * 8;
    write(offset, read(offset) & ~(0x1F << shift) | value << shift);
  }

  private static int group(int irq) {
    return irq / 32 * 16;
  }

  private static int bit(int irq) {
    return 1 << irq;
  }
}
