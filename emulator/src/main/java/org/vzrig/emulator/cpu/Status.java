package org.vzrig.emulator.cpu;

/** Bits of the Status register (pic32mz-ef.md section 21). */
public final class Status {
  /** Coprocessor 1 usable. */
  public static final int CU1 = 1 << 29;

  /** Coprocessor 0 usable in user mode. */
  public static final int CU0 = 1 << 28;

  /** Coprocessor 2 usable. */
  public static final int CU2 = 1 << 30;

  /** Reduced power. */
  public static final int RP = 1 << 27;

  /** Floating-point registers are 64 bits wide. */
  public static final int FR = 1 << 26;

  /** DSP ASE state enabled. */
  public static final int MX = 1 << 24;

  /** Bootstrap exception vectors. */
  public static final int BEV = 1 << 22;

  /** TLB shutdown. */
  public static final int TS = 1 << 21;

  /** Soft reset. */
  public static final int SR = 1 << 20;

  /** Non-maskable interrupt. */
  public static final int NMI = 1 << 19;

  /** User mode. */
  public static final int UM = 1 << 4;

  /** Error level. */
  public static final int ERL = 1 << 2;

  /** Exception level. */
  public static final int EXL = 1 << 1;

  /** Interrupts enabled. */
  public static final int IE = 1;

  private Status() {}

  /** The interrupt priority level: bits 18 and 16:10. */
  public static int ipl(int status) {
    return status >>> 10 & 0x7F | status >>> 11 & 0x80;
  }

  /** {@code status} with another interrupt priority level, 0 to 255. */
  static int withIpl(int status, int ipl) {
    return status & ~(1 << 18 | 0x7F << 10) | (ipl & 0x80) << 11 | (ipl & 0x7F) << 10;
  }

  /** Whether this context runs in kernel mode. */
  static boolean kernel(int status) {
    return (status & UM) == 0 || (status & (EXL | ERL)) != 0;
  }

  /** Whether this context would take an interrupt of priority {@code ripl}. */
  static boolean accepts(int status, int ripl) {
    return (status & (IE | EXL | ERL)) == IE && ripl > ipl(status);
  }
}
