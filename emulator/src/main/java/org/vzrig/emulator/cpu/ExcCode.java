package org.vzrig.emulator.cpu;

import java.util.Map;

/** Cause.ExcCode values (MIPS32 volume III, Cause register; pic32mz-ef.md section 22). */
public final class ExcCode {
  /** Interrupt. */
  public static final int INT = 0;

  /** Store to a clean page. */
  public static final int MOD = 1;

  /** TLB miss or invalid entry on a load or fetch. */
  public static final int TLBL = 2;

  /** TLB miss or invalid entry on a store. */
  public static final int TLBS = 3;

  /** Address error on a load or fetch. */
  public static final int ADEL = 4;

  /** Address error on a store. */
  public static final int ADES = 5;

  /** Bus error on a fetch. */
  public static final int IBE = 6;

  /** Bus error on a load or store. */
  public static final int DBE = 7;

  /** SYSCALL. */
  public static final int SYS = 8;

  /** BREAK. */
  public static final int BP = 9;

  /** Reserved instruction. */
  public static final int RI = 10;

  /** Coprocessor unusable; Cause.CE tells which. */
  public static final int CPU = 11;

  /** Integer overflow. */
  public static final int OV = 12;

  /** Trap. */
  public static final int TR = 13;

  /** Floating point. */
  public static final int FPE = 15;

  /** Load from a read-inhibited page (PageGrain.IEC = 1). */
  public static final int TLBRI = 19;

  /** Fetch from an execute-inhibited page (PageGrain.IEC = 1). */
  public static final int TLBXI = 20;

  /** Watchpoint. */
  public static final int WATCH = 23;

  /** Machine check. */
  public static final int MCHECK = 24;

  /** DSP ASE state disabled. */
  public static final int DSPDIS = 26;

  /** Guest exit; GuestCtl0.GExcCode tells which. */
  public static final int GE = 27;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(INT, "Int"),
          Map.entry(MOD, "Mod"),
          Map.entry(TLBL, "TLBL"),
          Map.entry(TLBS, "TLBS"),
          Map.entry(ADEL, "AdEL"),
          Map.entry(ADES, "AdES"),
          Map.entry(IBE, "IBE"),
          Map.entry(DBE, "DBE"),
          Map.entry(SYS, "Sys"),
          Map.entry(BP, "Bp"),
          Map.entry(RI, "RI"),
          Map.entry(CPU, "CpU"),
          Map.entry(OV, "Ov"),
          Map.entry(TR, "Tr"),
          Map.entry(FPE, "FPE"),
          Map.entry(TLBRI, "TLBRI"),
          Map.entry(TLBXI, "TLBXI"),
          Map.entry(WATCH, "WATCH"),
          Map.entry(MCHECK, "MCheck"),
          Map.entry(DSPDIS, "DSPDis"),
          Map.entry(GE, "GE"));

  private ExcCode() {}

  /** The manual's short name of {@code code}, such as TLBL. */
  public static String name(int code) {
    return NAMES.getOrDefault(code, "ExcCode " + code);
  }
}
