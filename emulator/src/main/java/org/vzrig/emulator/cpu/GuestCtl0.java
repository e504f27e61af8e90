package org.vzrig.emulator.cpu;

/** Bits of GuestCtl0 and GuestCtl0Ext (pic32mz-ef.md section 23.1). */
public final class GuestCtl0 {
  /** Guest mode, when root's EXL, ERL and DM are clear. */
  public static final int GM = 1 << 31;

  /** Guest reserved instructions exit. */
  public static final int RI = 1 << 30;

  /** Guest mode changes exit. */
  public static final int MC = 1 << 29;

  /** The guest may use its CP0. */
  public static final int CP0 = 1 << 28;

  /** Guest address translation; 3 means that the guest owns its MMU. */
  public static final int AT = 3 << 26;

  /** The guest may use its timer. */
  public static final int GT = 1 << 25;

  /** The guest may use CACHE. */
  public static final int CG = 1 << 24;

  /** The guest may write its Config registers. */
  public static final int CF = 1 << 23;

  /** Root's accesses use GuestCtl1.RID. */
  public static final int DRG = 1 << 8;

  /** Changes of guest Status.CU2 do not exit. */
  public static final int SFC2 = 2;

  /** Changes of guest Status.CU1 do not exit. */
  public static final int SFC1 = 1;

  /** GuestCtl0Ext: guest CACHE index operations are allowed. */
  public static final int EXT_CGI = 1 << 4;

  /** GuestCtl0Ext: field changes do not exit. */
  public static final int EXT_FCD = 1 << 3;

  /** GuestCtl0Ext: UserLocal, HWREna, LLAddr and KScratch accesses exit. */
  public static final int EXT_OG = 1 << 2;

  /** GuestCtl0Ext: BadVAddr, BadInstr and BadInstrP accesses exit. */
  public static final int EXT_BG = 1 << 1;

  /** GuestCtl0Ext: accesses to MMU registers exit. */
  public static final int EXT_MG = 1;

  private GuestCtl0() {}

  static int withCode(int guestCtl0, int code) {
    return guestCtl0 & ~0x7C | code << 2;
  }

  /** GuestCtl0.GExcCode. */
  public static int excCode(int guestCtl0) {
    return guestCtl0 >>> 2 & 0x1F;
  }
}
