package org.vzrig.emulator.cpu;

/**
 * What stands between guest-mode software and a register of the guest CP0 context (VZ;
 * pic32mz-ef.md section 23.4).
 */
enum GuestAccess {
  /** Goes straight to the guest's register. */
  FREE,
  /** Needs GuestCtl0Ext.OG = 0. */
  OTHER,
  /** Needs GuestCtl0Ext.BG = 0. */
  BAD,
  /** Needs GuestCtl0.AT = 3 (the guest owns its MMU) and GuestCtl0Ext.MG = 0. */
  MMU,
  /** Needs GuestCtl0.GT. */
  TIMER,
  /** Reads are free; writes need GuestCtl0.CF. */
  CONFIG,
  /** Writes that change certain fields are reported to root (GSFC). */
  WATCHED,
  /** As MMU; writes that change anything are reported to root (GSFC). */
  MMU_WATCHED,
  /** Always a guest privileged sensitive instruction exit. */
  SENSITIVE;

  /** Whether root may hear of a change by the guest's software. */
  final boolean watched = name().endsWith("WATCHED");
}
