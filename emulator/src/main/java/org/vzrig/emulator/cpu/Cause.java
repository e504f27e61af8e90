package org.vzrig.emulator.cpu;

/** Bits of the Cause register (pic32mz-ef.md section 21). */
public final class Cause {
  /** The exception came up in a branch delay slot. */
  public static final int BD = 1 << 31;

  /** Timer interrupt pending. */
  public static final int TI = 1 << 30;

  /** Count is stopped. */
  public static final int DC = 1 << 27;

  /** Performance counter interrupt pending. */
  public static final int PCI = 1 << 26;

  /** Interrupts use the special vector. */
  public static final int IV = 1 << 23;

  /** A watch exception waits for EXL and ERL to clear. */
  public static final int WP = 1 << 22;

  /** Software interrupt 0. */
  public static final int IP0 = 1 << 8;

  /** Software interrupt 1. */
  public static final int IP1 = 1 << 9;

  /** Software interrupts 1 and 0. */
  public static final int IP = IP1 | IP0;

  private Cause() {}

  /** The exception code, {@link ExcCode}. */
  public static int excCode(int cause) {
    return cause >>> 2 & 0x1F;
  }

  static int with(int cause, int excCode, int coprocessor) {
    return cause & ~(0x7C | 3 << 28) | excCode << 2 | coprocessor << 28;
  }

  static int withRipl(int cause, int ripl) {
    return cause & ~(0xFF << 10) | ripl << 10;
  }
}
