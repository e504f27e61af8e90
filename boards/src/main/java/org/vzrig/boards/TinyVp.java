package org.vzrig.boards;

import java.util.List;

/**
 * What tinyVP's board file says about a board; the hypervisor's defaults where no board file is
 * given.
 *
 * @param romStart first physical address of the flash pool for guests
 * @param romEnd first physical address behind it
 * @param ramStart first physical address of the RAM pool for guests
 * @param ramEnd first physical address behind it
 * @param eretPage virtual address of the page that returns to guests
 * @param vzCode virtual address of the hypervisor's code and exception vectors
 * @param vzEntry virtual address of its start
 * @param vzData virtual address of its data
 * @param stackBytes bytes of its stack
 * @param devcfgAddress virtual address of the configuration words in its image; 0 if the image has
 *     none
 * @param pmdBase what PMD1 to PMD7 hold before the used devices' bits are cleared
 */
public record TinyVp(
    int romStart,
    int romEnd,
    int ramStart,
    int ramEnd,
    int eretPage,
    int vzCode,
    int vzEntry,
    int vzData,
    int stackBytes,
    int devcfgAddress,
    List<Integer> pmdBase) {
  /** Keeps its own copy of the PMD values. */
  public TinyVp {
    pmdBase = List.copyOf(pmdBase);
  }

  private static TinyVp of(int vzCode, int vzEntry, int devcfgAddress, int pmd5) {
    return new TinyVp(
        0x1D01_0000,
        0x1D20_0000,
        0,
        0x7_8000,
        0x9FFF_F000,
        vzCode,
        vzEntry,
        0x8007_0000,
        0x2000,
        devcfgAddress,
        List.of(-1, -1, -1, -1, pmd5, 0xFFFF_F0FF, -1));
  }

  /** A board whose own loader starts the hypervisor in program flash. */
  static TinyVp behindLoader(int pmd5) {
    return of(0x9D00_0000, 0x9D00_1000, 0, pmd5);
  }

  /**
   * A board whose boot flash holds the hypervisor. tinyVP's newest board files put its data at
   * 80080000, behind the part's RAM; 80070000 is what works.
   */
  static TinyVp inBootFlash(int pmd5) {
    return of(0x9FC0_0000, 0x9FC0_0000, 0x9FC0_FFC0, pmd5);
  }
}
