/* SPDX-License-Identifier: Apache-2.0 */
/* GuestID: entries of two guests and of root in both TLBs, and the instructions that tell them apart. */
#include "vz.h"

#define K STATUS_CU0
#define GVA 0x00600000
#define SECOND (GUEST_RAM + 0x4000)

static const uint32_t *load(void) { return CODE("lw $2, 0($4)"); }

static void as_guest(uint32_t id) { SET_CP0(GUESTCTL1, id << 16 | id); }

static void try(uint32_t address) {
  SET_GUEST_CP0(STATUS, K);
  SET_GUEST_GPR(2, 0);
  SET_GUEST_GPR(4, address);
  guest(load());
}

/* A load that the compiler does not look at. */
static uint32_t peek(uint32_t address) {
  uint32_t value;
  __asm__ volatile("lw %0, 0(%1)" : "=r"(value) : "r"(address));
  return value;
}

static void setup(void) {
  defaults();
  root_tlb(4, 2, 0x1D000000, 0x7E000, PFN(0x1D000000) | RO, PFN(0x1D040000) | RO);
  root_tlb(5, 2, 0, 0, PFN(SECOND) | RW, PFN(SECOND + 0x1000) | RW);
  GUEST_RAM_WORD(0) = 0x111;
  GUEST_RAM_WORD(0x4000) = 0x222;
}

static void root_entries(void) {
  setup();
  test("guests of two GuestIDs have their own RAM at the same GPA");
  try(0xA0000000);
  same("guest 1", GUEST_GPR(2), 0x111);
  as_guest(2);
  try(0xA0000000);
  same("guest 2", GUEST_GPR(2), 0x222);
  as_guest(1);
  try(0xA0000000);
  same("guest 1 again", GUEST_GPR(2), 0x111);
  done();
  root_tlb(6, 0, 0x00200000, 0, PFN(SECOND) | RW, PFN(SECOND) | RW);
  test("a root entry of GuestID 0 is not the guest's");
  try(0xA0200000);
  left(0, EXC_TLBL, load());
  done();
  is("but root's own", peek(0x00200000), 0x222);
  root_tlb(7, 3, 0x00280000, 0, PFN(SECOND) | RW, PFN(SECOND) | RW);
  test("root does not use a guest's entry");
  run(CODE("lui $4, 0x28\n\tlw $2, 0($4)"), 0, root_status, 2);
  same("vector", outcome.vector, 0);
  same("Cause.ExcCode", outcome.cause >> 2 & 31, EXC_TLBL);
  same("BadVAddr", outcome.badvaddr, 0x00280000);
  done();
}

static void guest_entries(void) {
  setup();
  guest_tlb(2, 1, GVA, 0, PFN(0) | RW, PFN(0) | RW);
  test("a guest TLB entry is its guest's alone");
  try(GVA);
  same("guest 1", GUEST_GPR(2), 0x111);
  as_guest(2);
  try(GVA);
  guest_took(0, EXC_TLBL, load());
  done();
  guest_tlb(3, 2, GVA, 0, PFN(0) | RW, PFN(0) | RW);
  test("both guests map the same address");
  try(GVA);
  same("guest 2", GUEST_GPR(2), 0x222);
  as_guest(1);
  try(GVA);
  same("guest 1", GUEST_GPR(2), 0x111);
  done();
}

static uint32_t probe(uint32_t id, uint32_t hi) {
  SET_CP0(GUESTCTL1, id << 16 | 1);
  SET_CP0(ENTRYHI, hi);
  INSTRUCTION("tlbp");
  SET_CP0(ENTRYHI, 0);
  return CP0(INDEX);
}

static uint32_t guest_probe(uint32_t id, uint32_t hi) {
  SET_CP0(GUESTCTL1, id << 16 | 1);
  SET_GUEST_CP0(ENTRYHI, hi);
  INSTRUCTION("tlbgp");
  SET_GUEST_CP0(ENTRYHI, 0);
  return GUEST_CP0(INDEX);
}

static void probes_and_reads(void) {
  setup();
  test("TLBP looks for GuestCtl1.RID");
  same("RID 1", probe(1, 0), 1);
  same("RID 2", probe(2, 0), 5);
  same("RID 3", probe(3, 0) >> 31, 1);
  done();
  guest_tlb(2, 1, GVA | 7, 0x6000, PFN(0) | (RW & ~ENTRYLO_G), PFN(0x4000) | (RO & ~ENTRYLO_G));
  test("TLBGP looks for GuestCtl1.RID and the guest's ASID");
  same("RID 1", guest_probe(1, GVA | 7), 2);
  same("RID 2", guest_probe(2, GVA | 7) >> 31, 1);
  same("another ASID", guest_probe(1, GVA | 8) >> 31, 1);
  done();
  SET_CP0(GUESTCTL1, 7 << 16 | 1);
  SET_CP0(INDEX, 5);
  INSTRUCTION("tlbr");
  test("TLBR gives an entry and its GuestID");
  same("RID", CP0(GUESTCTL1), 2 << 16 | 1);
  same("EntryHi", CP0(ENTRYHI), 0);
  same("EntryLo0", CP0(ENTRYLO0), PFN(SECOND) | RW);
  same("EntryLo1", CP0(ENTRYLO1), PFN(SECOND + 0x1000) | RW);
  same("PageMask", CP0(PAGEMASK), 0);
  done();
  SET_CP0(GUESTCTL1, 7 << 16 | 1);
  SET_GUEST_CP0(INDEX, 2);
  INSTRUCTION("tlbgr");
  test("TLBGR gives a guest entry and its GuestID");
  same("RID", CP0(GUESTCTL1), 1 << 16 | 1);
  same("guest EntryHi", GUEST_CP0(ENTRYHI), GVA | 7);
  same("guest EntryLo0", GUEST_CP0(ENTRYLO0), PFN(0) | (RW & ~ENTRYLO_G));
  same("guest EntryLo1", GUEST_CP0(ENTRYLO1), PFN(0x4000) | (RO & ~ENTRYLO_G));
  same("guest PageMask", GUEST_CP0(PAGEMASK), 0x6000);
  done();
  SET_CP0(ENTRYHI, 0);
  SET_GUEST_CP0(ENTRYHI, 0);
}

/* A guest must not learn other guests' entries from its own TLBR. */
static void guest_reads(void) {
  setup();
  guest_tlb(2, 1, GVA, 0, PFN(0) | RW, PFN(0) | RW);
  guest_tlb(3, 2, GVA, 0, PFN(0x5000) | RW, PFN(0x5000) | RW);
  SET_GUEST_CP0(INDEX, 2);
  runs("TLBR in the guest", CODE("tlbr"), 1);
  is("a guest reads its own entry", GUEST_CP0(ENTRYHI), GVA);
  SET_GUEST_CP0(INDEX, 3);
  guest(CODE("tlbr"));
  test("a guest reads another guest's entry as invalid");
  same("EHINV", GUEST_CP0(ENTRYHI) >> 10 & 1, 1);
  same("guest EntryLo0", GUEST_CP0(ENTRYLO0), 0);
  same("guest EntryLo1", GUEST_CP0(ENTRYLO1), 0);
  done();
  SET_GUEST_CP0(ENTRYHI, GVA);
  SET_CP0(GUESTCTL1, 2);
  runs("TLBP in the guest", CODE("tlbp"), 1);
  is("TLBP in the guest finds its own entry", GUEST_CP0(INDEX), 3);
  SET_GUEST_CP0(ENTRYHI, 0x00700000);
  SET_GUEST_CP0(ENTRYLO0, PFN(0) | RW);
  SET_GUEST_CP0(ENTRYLO1, PFN(0) | RW);
  SET_GUEST_CP0(PAGEMASK, 0);
  SET_GUEST_CP0(INDEX, 6);
  SET_CP0(GUESTCTL1, 1);
  guest(CODE("tlbwi"));
  SET_GUEST_CP0(ENTRYHI, 0);
  test("TLBWI in the guest tags with GuestCtl1.ID");
  same("GuestID 1", guest_probe(1, 0x00700000), 6);
  same("GuestID 2", guest_probe(2, 0x00700000) >> 31, 1);
  done();
}

static void random_writes(void) {
  setup();
  SET_CP0(WIRED, 12);
  test("TLBWR spares the wired entries");
  for (int i = 0; i < 40; i++) {
    SET_CP0(GUESTCTL1, 3 << 16 | 1);
    SET_CP0(ENTRYHI, 0x04000000 + (i << 13));
    SET_CP0(ENTRYLO0, PFN(0) | RW);
    SET_CP0(ENTRYLO1, PFN(0) | RW);
    INSTRUCTION("tlbwr");
    same("unwired", probe(3, 0x04000000 + (i << 13)) >= 12, 1);
  }
  done();
  SET_CP0(WIRED, 0);
  SET_GUEST_CP0(WIRED, 14);
  test("TLBGWR spares the guest's wired entries");
  for (int i = 0; i < 20; i++) {
    SET_CP0(GUESTCTL1, 3 << 16 | 1);
    SET_GUEST_CP0(ENTRYHI, 0x04000000 + (i << 13));
    INSTRUCTION("tlbgwr");
    same("unwired", guest_probe(3, 0x04000000 + (i << 13)) >= 14, 1);
  }
  done();
  SET_GUEST_CP0(WIRED, 0);
}

#define L(g) (PFN(0) | (RW & ~ENTRYLO_G) | (g))

static void fill(void (*put)(uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t)) {
  put(8, 3, 0x08000000 | 5, 0, L(0), L(0));
  put(9, 3, 0x08002000 | 6, 0, L(0), L(0));
  put(10, 3, 0x08004000 | 5, 0, L(1), L(1));
  put(11, 4, 0x08006000 | 5, 0, L(0), L(0));
}

typedef uint32_t probing(uint32_t id, uint32_t hi);

static void found(probing *p, uint32_t same_asid, uint32_t other_asid, uint32_t global) {
  same("entry of the ASID", p(3, 0x08000000 | 5), same_asid);
  same("entry of another ASID", p(3, 0x08002000 | 6), other_asid);
  same("global entry", p(3, 0x08004000 | 5), global);
  same("entry of another GuestID", p(4, 0x08006000 | 5), 11);
}

#define GONE 0x80000000

static uint32_t gone_probe(uint32_t id, uint32_t hi) {
  uint32_t index = probe(id, hi);
  return index >> 31 ? GONE : index;
}

static uint32_t gone_guest_probe(uint32_t id, uint32_t hi) {
  uint32_t index = guest_probe(id, hi);
  return index >> 31 ? GONE : index;
}

static void invalidation(void) {
  setup();
  fill(root_tlb);
  SET_CP0(GUESTCTL1, 3 << 16 | 1);
  SET_CP0(ENTRYHI, 5);
  INSTRUCTION(".word 0x42000003");
  test("TLBINV takes the entries of ASID and RID but global ones");
  found(gone_probe, GONE, 9, 10);
  done();
  fill(root_tlb);
  SET_CP0(GUESTCTL1, 3 << 16 | 1);
  INSTRUCTION(".word 0x42000004");
  test("TLBINVF takes all entries of RID");
  found(gone_probe, GONE, GONE, GONE);
  done();
  fill(guest_tlb);
  SET_CP0(GUESTCTL1, 3 << 16 | 1);
  SET_GUEST_CP0(ENTRYHI, 5);
  INSTRUCTION("tlbginv");
  test("TLBGINV takes the guest's entries of ASID and RID but global ones");
  found(gone_guest_probe, GONE, 9, 10);
  done();
  fill(guest_tlb);
  SET_CP0(GUESTCTL1, 3 << 16 | 1);
  INSTRUCTION("tlbginvf");
  test("TLBGINVF takes all guest entries of RID");
  found(gone_guest_probe, GONE, GONE, GONE);
  done();
}

static void invalidation_by_guest(void) {
  setup();
  root_tlb(6, 3, 0x1D000000, 0x7E000, PFN(0x1D000000) | RO, PFN(0x1D040000) | RO);
  fill(guest_tlb);
  SET_CP0(GUESTCTL1, 4 << 16 | 3);
  SET_GUEST_CP0(ENTRYHI, 5);
  guest(CODE(".word 0x42000003"));
  test("TLBINV in the guest takes its own entries of the ASID");
  found(gone_guest_probe, GONE, 9, 10);
  done();
  fill(guest_tlb);
  SET_CP0(GUESTCTL1, 4 << 16 | 3);
  guest(CODE(".word 0x42000004"));
  test("TLBINVF in the guest takes all of its own entries");
  found(gone_guest_probe, GONE, GONE, GONE);
  done();
}

/* GuestCtl0.DRG: root's kernel loads and stores through the guest's mappings. */
static void direct_root_to_guest(void) {
  setup();
  SET_CP0(GUESTCTL1, 2 << 16 | 1);
  SET_CP0(GUESTCTL0, GUESTCTL0_DRG);
  uint32_t seen = peek(0);
  SET_CP0(GUESTCTL0, 0);
  is("root reads guest 2's RAM with GuestCtl0.DRG", seen, 0x222);
}

void guestid_checks(void) {
  root_entries();
  guest_entries();
  probes_and_reads();
  guest_reads();
  random_writes();
  invalidation();
  invalidation_by_guest();
  direct_root_to_guest();
  defaults();
}
