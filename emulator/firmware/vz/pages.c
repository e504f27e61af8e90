/* SPDX-License-Identifier: Apache-2.0 */
/* Page sizes of both stages: 4 KiB to 256 MiB, and 1 KiB with PageGrain.ESP. */
#include "vz.h"

#define K STATUS_CU0
#define GVA 0x40000000

static const uint32_t *load(void) { return CODE("lw $2, 0($4)"); }

static uint32_t loaded(uint32_t address) {
  SET_GUEST_CP0(STATUS, K);
  SET_GUEST_GPR(2, 0);
  SET_GUEST_GPR(4, address);
  guest(load());
  same("GExcCode", outcome.guestctl0 >> 2 & 31, GEXC_HC);
  return GUEST_GPR(2);
}

/* The guest's page of each size, over root's 4 KiB pages: the offset in the page reaches the GPA. */
static void guest_sizes(void) {
  static const char *const names[] = {"guest pages of 4 KiB",   "guest pages of 16 KiB",
                                      "guest pages of 64 KiB",  "guest pages of 256 KiB",
                                      "guest pages of 1 MiB",   "guest pages of 4 MiB",
                                      "guest pages of 16 MiB",  "guest pages of 64 MiB",
                                      "guest pages of 256 MiB"};
  for (unsigned i = 0; i < 9; i++) {
    uint32_t size = 0x1000u << 2 * i;
    defaults();
    guest_tlb(3, 1, GVA, (2 * size - 1) & ~0x1FFFu, PFN(0) | RW, PFN(size) | RW);
    if (i > 0) {
      root_tlb(1, 1, size - 0x2000, 0, 0, PFN(GUEST_RAM) | RW);
      root_tlb(2, 1, 2 * size - 0x2000, 0, 0, PFN(GUEST_RAM + 0x1000) | RW);
    }
    GUEST_RAM_WORD(0xFFC) = 0x1000 + i;
    GUEST_RAM_WORD(0x1FFC) = 0x2000 + i;
    test(names[i]);
    same("last word of the even page", loaded(GVA + size - 4), 0x1000 + i);
    same("last word of the odd page", loaded(GVA + 2 * size - 4), 0x2000 + i);
    done();
  }
}

/* Root's page of each size, at a guest physical address that the RAM's first pages stand behind. */
static void root_sizes(void) {
  static const char *const names[] = {"root pages of 4 KiB", "root pages of 16 KiB",
                                      "root pages of 64 KiB"};
  for (unsigned i = 0; i < 3; i++) {
    uint32_t size = 0x1000u << 2 * i;
    defaults();
    root_tlb(2, 1, 0x10000000, (2 * size - 1) & ~0x1FFFu, PFN(GUEST_RAM + size) | RW,
             PFN(GUEST_RAM) | RW);
    GUEST_RAM_WORD(2 * size - 4) = 0x3000 + i;
    GUEST_RAM_WORD(size - 4) = 0x4000 + i;
    test(names[i]);
    same("last word of the even page", loaded(0xB0000000 + size - 4), 0x3000 + i);
    same("last word of the odd page", loaded(0xB0000000 + 2 * size - 4), 0x4000 + i);
    done();
  }
}

#define PFN_1K(pa) ((uint32_t)(pa) >> 10 << 6)

/* Root with 1 KiB pages: PageMask counts from bit 11, EntryLo.PFN from address bit 10. */
static void root_1k(void) {
  defaults();
  SET_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE | PAGEGRAIN_IEC | PAGEGRAIN_ESP);
  root_tlb(0, 1, 0x1D000000, 0x7FFFF & ~0x7FFu, PFN_1K(0x1D000000) | RO, PFN_1K(0x1D040000) | RO);
  root_tlb(1, 1, 0x00000000, 0, PFN_1K(GUEST_RAM + 0x400) | RW, PFN_1K(GUEST_RAM) | RW);
  root_tlb(2, 1, 0x00000800, 0, PFN_1K(GUEST_RAM + 0xC00) | RO, 0);
  GUEST_RAM_WORD(0x404) = 0x51;
  GUEST_RAM_WORD(0x004) = 0x52;
  GUEST_RAM_WORD(0xC04) = 0x53;
  test("root pages of 1 KiB");
  same("word in the even page", loaded(0xA0000004), 0x51);
  same("word in the odd page", loaded(0xA0000404), 0x52);
  same("word in the next pair", loaded(0xA0000804), 0x53);
  done();
  test("an invalid 1 KiB page beside a valid one");
  SET_GUEST_GPR(4, 0xA0000C04);
  guest(load());
  left(0x180, EXC_TLBL, load());
  same("BadVAddr", outcome.badvaddr, 0xC04);
  same("EntryHi.VPN2X", outcome.entryhi >> 11 & 3, 1);
  done();
  test("a store to a read-only 1 KiB page");
  const uint32_t *store = CODE("sw $2, 0($4)");
  SET_GUEST_GPR(4, 0xA0000804);
  guest(store);
  left(0x180, EXC_MOD, store);
  done();
  SET_CP0(INDEX, 2);
  INSTRUCTION("tlbr");
  test("TLBR of a 1 KiB pair");
  same("EntryHi", CP0(ENTRYHI), 0x800);
  same("PageMask", CP0(PAGEMASK), 0);
  done();
  SET_CP0(ENTRYHI, 0);
  defaults();
}

static void guest_1k(void) {
  defaults();
  SET_GUEST_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE | PAGEGRAIN_IEC | PAGEGRAIN_ESP);
  guest_tlb(3, 1, GVA + 0x800, 0, PFN_1K(0xC00) | RW, PFN_1K(0x400) | RO);
  GUEST_RAM_WORD(0xC08) = 0x61;
  GUEST_RAM_WORD(0x408) = 0x62;
  test("guest pages of 1 KiB over root's 4 KiB");
  same("word in the even page", loaded(GVA + 0x808), 0x61);
  same("word in the odd page", loaded(GVA + 0xC08), 0x62);
  done();
  test("the 1 KiB pair beside it misses");
  SET_GUEST_GPR(4, GVA + 0x004);
  SET_GUEST_CP0(STATUS, K);
  guest(load());
  guest_took(0, EXC_TLBL, load());
  same("guest BadVAddr", GUEST_CP0(BADVADDR), GVA + 4);
  done();
  const uint32_t *copy = CODE("lw $2, 0($4)\n\tsw $2, -1024($4)");
  SET_GUEST_GPR(4, GVA + 0xC08);
  SET_GUEST_CP0(STATUS, K);
  runs("1 KiB pages copy to one another", copy, 2);
  is("what was copied", GUEST_RAM_WORD(0xC08), 0x62);
}

void page_checks(void) {
  guest_sizes();
  root_sizes();
  root_1k();
  guest_1k();
}
