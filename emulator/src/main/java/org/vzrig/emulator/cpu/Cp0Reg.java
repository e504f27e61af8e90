package org.vzrig.emulator.cpu;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every CP0 register of the core: number and select, the bits that MTC0 may change, reset values of
 * the root and of the guest context, and what a guest's access does (MIPS32 volume III, VZ volume
 * IV-i; values: pic32mz-ef.md section 21-23).
 *
 * <p>Bits with side effects, and registers that are computed, are added by {@link Cp0}.
 */
public enum Cp0Reg {
  /** CP0 0.0. */
  INDEX(0, 0, 0x0000_000F, 0, 0, GuestAccess.MMU),

  /** CP0 1.0. */
  RANDOM(1, 0, 0, 0x0F, 0x0F, GuestAccess.MMU),

  /** CP0 2.0. */
  ENTRYLO0(2, 0, 0xC3FF_FFFF, 0, 0, GuestAccess.MMU),

  /** CP0 3.0. */
  ENTRYLO1(3, 0, 0xC3FF_FFFF, 0, 0, GuestAccess.MMU),

  /** CP0 4.0. */
  CONTEXT(4, 0, 0xFF80_0000, 0, 0, GuestAccess.MMU),

  /** CP0 4.2. */
  USERLOCAL(4, 2, -1, 0, 0, GuestAccess.OTHER),

  /** CP0 5.0. */
  PAGEMASK(5, 0, 0x1FFF_E000, 0, 0, GuestAccess.MMU),

  /** CP0 5.1. */
  PAGEGRAIN(5, 1, 0xD800_0000, 0, 0, GuestAccess.MMU_WATCHED),

  /** CP0 6.0. */
  WIRED(6, 0, 0x0000_000F, 0, 0, GuestAccess.MMU),

  /** CP0 7.0. */
  HWRENA(7, 0, 0x2000_000F, 0, 0, GuestAccess.OTHER),

  /** CP0 8.0. */
  BADVADDR(8, 0, 0, 0, 0, GuestAccess.BAD),

  /** CP0 8.1. */
  BADINSTR(8, 1, 0, 0, 0, GuestAccess.BAD),

  /** CP0 8.2. */
  BADINSTRP(8, 2, 0, 0, 0, GuestAccess.BAD),

  /** CP0 9.0. */
  COUNT(9, 0, -1, 0, 0, GuestAccess.TIMER),

  /** CP0 10.0. */
  ENTRYHI(10, 0, 0xFFFF_E4FF, 0, 0, GuestAccess.MMU),

  /** CP0 10.4. */
  GUESTCTL1(10, 4, 0x0007_0007, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 10.5. */
  GUESTCTL2(10, 5, 0xFF3C_FFFF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 10.6. */
  GUESTCTL3(10, 6, 0x0000_0007, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 11.0. */
  COMPARE(11, 0, -1, 0, 0, GuestAccess.TIMER),

  /** CP0 11.4. */
  GUESTCTL0EXT(11, 4, 0x0000_03DF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 12.0. */
  STATUS(12, 0, 0x3D47_FF17, 0x0040_0004, 0x0040_0004, GuestAccess.WATCHED),

  /** CP0 12.1. */
  INTCTL(12, 1, 0x0000_03E0, 0, 0, GuestAccess.WATCHED),

  /** CP0 12.2. */
  SRSCTL(12, 2, 0x0000_F3C0, 0x1C00_0000, 0x1C00_0000, GuestAccess.SENSITIVE),

  /** CP0 12.3. */
  SRSMAP(12, 3, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 12.4. */
  VIEW_IPL(12, 4, 0x0000_03FC, 0, 0, GuestAccess.FREE),

  /** CP0 12.5. */
  SRSMAP2(12, 5, 0x0000_00FF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 12.6. */
  GUESTCTL0(12, 6, 0xFF80_0103, 0x0048_0080, 0, GuestAccess.SENSITIVE),

  /** CP0 12.7. */
  GTOFFSET(12, 7, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 13.0. */
  CAUSE(13, 0, 0x0880_0300, 0, 0, GuestAccess.WATCHED),

  /** CP0 13.4. */
  VIEW_RIPL(13, 4, 0x0000_0003, 0, 0, GuestAccess.FREE),

  /** CP0 13.5. */
  NESTEDEXC(13, 5, 0, 0, 0, GuestAccess.FREE),

  /** CP0 14.0. */
  EPC(14, 0, -1, 0, 0, GuestAccess.FREE),

  /** CP0 14.2. */
  NESTEDEPC(14, 2, -1, 0, 0, GuestAccess.FREE),

  /** CP0 15.0. */
  PRID(15, 0, 0, 0x0001_A720, 0, GuestAccess.SENSITIVE),

  /** CP0 15.1. */
  EBASE(15, 1, 0x3FFF_F000, 0x8000_0000, 0x8000_0000, GuestAccess.FREE),

  /** CP0 15.2. */
  CDMMBASE(15, 2, 0xFFFF_FC00, 0x01FC_1002, 0, GuestAccess.SENSITIVE),

  /** CP0 16.0. */
  CONFIG(16, 0, 0x0000_0007, 0x8024_0482, 0x8024_0482, GuestAccess.CONFIG),

  /** CP0 16.1. */
  CONFIG1(16, 1, 0, 0x9E9B_0D9B, 0x9E9B_0D9B, GuestAccess.CONFIG),

  /** CP0 16.2. */
  CONFIG2(16, 2, 0, 0x8000_0000, 0x8000_0000, GuestAccess.CONFIG),

  /** CP0 16.3. */
  CONFIG3(16, 3, 0x0001_0000, 0x8CA2_BD68, 0x8C22_BD68, GuestAccess.CONFIG),

  /** CP0 16.4. */
  CONFIG4(16, 4, 0, 0xA00C_0000, 0xA00C_0000, GuestAccess.CONFIG),

  /** CP0 16.5. */
  CONFIG5(16, 5, 0, 0x0000_0001, 0x0000_0001, GuestAccess.CONFIG),

  /** CP0 16.6. */
  CONFIG6(16, 6, 0, 0, 0, GuestAccess.CONFIG),

  /** CP0 16.7. */
  CONFIG7(16, 7, 0, 0x8000_0000, 0x8000_0000, GuestAccess.CONFIG),

  /** CP0 17.0. */
  LLADDR(17, 0, 0, 0, 0, GuestAccess.OTHER),

  /** CP0 18.0. */
  WATCHLO0(18, 0, 0xFFFF_FFFF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 18.1. */
  WATCHLO1(18, 1, 0xFFFF_FFFF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 18.2. */
  WATCHLO2(18, 2, 0xFFFF_FFFF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 18.3. */
  WATCHLO3(18, 3, 0xFFFF_FFFF, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 19.0. */
  WATCHHI0(19, 0, 0x40FF_0FF8, 0x8000_0000, 0, GuestAccess.SENSITIVE),

  /** CP0 19.1. */
  WATCHHI1(19, 1, 0x40FF_0FF8, 0x8000_0000, 0, GuestAccess.SENSITIVE),

  /** CP0 19.2. */
  WATCHHI2(19, 2, 0x40FF_0FF8, 0x8000_0000, 0, GuestAccess.SENSITIVE),

  /** CP0 19.3. */
  WATCHHI3(19, 3, 0x40FF_0FF8, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 23.0. */
  DEBUG(23, 0, 0x0010_0100, 0x0201_8000, 0, GuestAccess.SENSITIVE),

  /** CP0 24.0. */
  DEPC(24, 0, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 25.0. */
  PERFCTL0(25, 0, 0x0180_07FB, 0x8000_0000, 0, GuestAccess.SENSITIVE),

  /** CP0 25.1. */
  PERFCNT0(25, 1, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 25.2. */
  PERFCTL1(25, 2, 0x0180_07FB, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 25.3. */
  PERFCNT1(25, 3, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 26.0. */
  ERRCTL(26, 0, 0x3000_0000, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 27.0. */
  CACHEERR(27, 0, 0, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 28.0. */
  TAGLO(28, 0, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 28.1. */
  DATALO(28, 1, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 30.0. */
  ERROREPC(30, 0, -1, 0, 0, GuestAccess.FREE),

  /** CP0 31.0. */
  DESAVE(31, 0, -1, 0, 0, GuestAccess.SENSITIVE),

  /** CP0 31.2. */
  KSCRATCH0(31, 2, -1, 0, 0, GuestAccess.OTHER),

  /** CP0 31.3. */
  KSCRATCH1(31, 3, -1, 0, 0, GuestAccess.OTHER);

  private static final @Nullable Cp0Reg[] BY_INDEX = new Cp0Reg[256];

  static {
    for (Cp0Reg reg : values()) {
      BY_INDEX[reg.index] = reg;
    }
  }

  final int index;
  final int writable;
  final int rootReset;
  final int guestReset;
  final GuestAccess guestAccess;

  Cp0Reg(int number, int select, int writable, int rootReset, int guestReset, GuestAccess access) {
    this.index = number << 3 | select;
    this.writable = writable;
    this.rootReset = rootReset;
    this.guestReset = guestReset;
    this.guestAccess = access;
  }

  /** Whether the guest context has a register of its own. */
  boolean inGuest() {
    return guestAccess != GuestAccess.SENSITIVE
        || this == SRSCTL
        || this == SRSMAP
        || this == SRSMAP2;
  }

  /** Register number, 0 to 31. */
  public int number() {
    return index >>> 3;
  }

  /** Select, 0 to 7. */
  public int select() {
    return index & 7;
  }

  /** The register with this number and select, if the core has it. */
  public static Optional<Cp0Reg> of(int number, int select) {
    return Optional.ofNullable(BY_INDEX[number << 3 | select]);
  }

  /**
   * The register with this index (number * 8 + select), or null; without allocation, for the
   * instruction path.
   */
  static @Nullable Cp0Reg at(int index) {
    return BY_INDEX[index];
  }
}
