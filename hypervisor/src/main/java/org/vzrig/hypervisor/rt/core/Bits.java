package org.vzrig.hypervisor.rt.core;

/**
 * Bits of CP0 registers that root software works with (MIPS privileged architecture, VZ module).
 */
public final class Bits {
  /** Status.IE. */
  public static final int STATUS_IE = 1;

  /** Status.EXL. */
  public static final int STATUS_EXL = 1 << 1;

  /** Status.ERL. */
  public static final int STATUS_ERL = 1 << 2;

  /** Status.KSU: user mode. */
  public static final int STATUS_UM = 1 << 4;

  /** Status bits that root's own code runs without: KSU, EXL and IE. */
  public static final int STATUS_MODE = 3 << 3 | STATUS_EXL | STATUS_IE;

  /** Status.NMI. */
  public static final int STATUS_NMI = 1 << 19;

  /** Status.SR. */
  public static final int STATUS_SR = 1 << 20;

  /** Status.BEV. */
  public static final int STATUS_BEV = 1 << 22;

  /** Status.MX: DSP instructions allowed. */
  public static final int STATUS_MX = 1 << 24;

  /** Status.FR: 32 floating point registers of 64 bits. */
  public static final int STATUS_FR = 1 << 26;

  /** Status.CU0. */
  public static final int STATUS_CU0 = 1 << 28;

  /** Status.CU1: floating point unit usable. */
  public static final int STATUS_CU1 = 1 << 29;

  /** Status.CU2 and CU3: coprocessors that this core does not have. */
  public static final int STATUS_CU23 = 3 << 30;

  /** Cause.TI. */
  public static final int CAUSE_TI = 1 << 30;

  /** Cause.BD: the exception came from a branch delay slot. */
  public static final int CAUSE_BD = 1 << 31;

  /** Cause.IV. */
  public static final int CAUSE_IV = 1 << 23;

  /** Cause bits that a guest may write: IV, WP and the two software interrupts, but not DC. */
  public static final int CAUSE_SOFTWARE = CAUSE_IV | 1 << 22 | 3 << 8;

  /** GuestCtl0.GM: guest mode. */
  public static final int GUESTCTL0_GM = 1 << 31;

  /** GuestCtl0 of a running guest: GM, MC, CP0, AT=3 (guest MMU), CG, SFC1. */
  public static final int GUESTCTL0_RUN = 0xBD000001;

  /** GuestCtl0Ext while no interrupt is on offer: NCC=1, CGI, FCD. */
  public static final int GUESTCTL0EXT_QUIET = 0x58;

  /** GuestCtl0Ext while the guest's acceptance of an interrupt is watched: FCD clear. */
  public static final int GUESTCTL0EXT_TRACK = 0x50;

  /** GuestCtl1.RID position. */
  public static final int GUESTCTL1_RID_SHIFT = 16;

  /** GuestCtl2.GRIPL position. */
  public static final int GUESTCTL2_GRIPL_SHIFT = 24;

  /** SRSCtl.HSS: the core has eight register sets. */
  public static final int SRSCTL_HSS = 7 << 26;

  /** SRSCtl.PSS position. */
  public static final int SRSCTL_PSS_SHIFT = 6;

  /** Context: thread id position, as tinyVP keeps it. */
  public static final int CONTEXT_ID_SHIFT = 23;

  /** IntCtl.VS = 32 bytes, which turns the external interrupt controller mode on. */
  public static final int INTCTL_VS32 = 0x20;

  /** Debug.DM: debug mode. */
  public static final int DEBUG_DM = 1 << 30;

  /** EntryHi.EHINV: the TLB entry is invalid. */
  public static final int ENTRYHI_EHINV = 1 << 10;

  /** EntryLo.G. */
  public static final int ENTRYLO_G = 1;

  /** EntryLo.V. */
  public static final int ENTRYLO_V = 2;

  /** EntryLo.D. */
  public static final int ENTRYLO_D = 4;

  private Bits() {}

  /** ExcCode of a Cause register (the same place holds GExcCode in GuestCtl0). */
  public static int code(int register) {
    return register >>> 2 & 0x1F;
  }

  /** Cause.CE: the coprocessor that a Coprocessor Unusable exception names. */
  public static int coprocessor(int cause) {
    return cause >>> 28 & 3;
  }

  /** Status.IPL, bits 18 and 16:10. */
  public static int ipl(int status) {
    return status >>> 10 & 0x7F | status >>> 11 & 0x80;
  }
}
