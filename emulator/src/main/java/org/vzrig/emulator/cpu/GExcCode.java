package org.vzrig.emulator.cpu;

import java.util.Map;

/**
 * GuestCtl0.GExcCode values: why a guest left for root (MIPS VZ volume IV-i; pic32mz-ef.md section
 * 23.4).
 */
public final class GExcCode {
  /** Guest privileged sensitive instruction. */
  public static final int GPSI = 0;

  /** Guest software field change. */
  public static final int GSFC = 1;

  /** Hypercall. */
  public static final int HC = 2;

  /** Guest reserved instruction redirect. */
  public static final int GRR = 3;

  /** Root TLB exception on a guest virtual address. */
  public static final int GVA = 8;

  /** Guest hardware field change. */
  public static final int GHFC = 9;

  /** Root TLB exception on a guest physical address. */
  public static final int GPA = 10;

  private static final Map<Integer, String> NAMES =
      Map.of(
          GPSI, "GPSI", GSFC, "GSFC", HC, "HC", GRR, "GRR", GVA, "GVA", GHFC, "GHFC", GPA, "GPA");

  private GExcCode() {}

  /** The manual's short name of {@code code}, such as GPSI. */
  public static String name(int code) {
    return NAMES.getOrDefault(code, "GExcCode " + code);
  }
}
