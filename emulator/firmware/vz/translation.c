/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two stages of translation: what the guest's stage refuses stays in the guest, what root's stage
 * refuses goes to root with the guest physical address.
 */
#include "vz.h"

#define K STATUS_CU0
#define GVA 0x00600000
#define HOLE 0x00200000 /* guest physical, not mapped by root */

static const uint32_t *load(void) { return CODE("lw $2, 0($4)"); }
static const uint32_t *store(void) { return CODE("sw $2, 0($4)"); }

static void try(const uint32_t *code, uint32_t address) {
  SET_GUEST_CP0(STATUS, K);
  SET_GUEST_GPR(4, address);
  guest(code);
}

/* Root's stage refuses: exception code, GPA, and the page registers of a refill. */
static void root_refuses(uint32_t vector, uint32_t exccode, const uint32_t *at, uint32_t gpa) {
  left(vector, exccode, at);
  same("GExcCode", outcome.guestctl0 >> 2 & 31, GEXC_GPA);
  same("GM", outcome.guestctl0 >> 31, 1);
  same("BadVAddr", outcome.badvaddr, gpa);
  same("EntryHi.VPN2", outcome.entryhi >> 13, gpa >> 13);
  same("Context.BadVPN2", outcome.context >> 4 & 0x7FFFF, gpa >> 13);
  same("guest EXL", GUEST_CP0(STATUS) >> 1 & 1, 0);
}

static void root_stage(void) {
  defaults();
  test("a load through KSEG1 misses in root with its GPA");
  try(load(), 0xA0000000 + HOLE + 0x10);
  root_refuses(0x000, EXC_TLBL, load(), HOLE + 0x10);
  same("BadInstr", outcome.badinstr, *load());
  done();
  test("a store through KSEG0 misses in root with its GPA");
  try(store(), 0x80000000 + HOLE + 0x2004);
  root_refuses(0x000, EXC_TLBS, store(), HOLE + 0x2004);
  done();
  test("a fetch misses in root with its GPA");
  guest((const uint32_t *)(uintptr_t)(0x80000000 + HOLE));
  root_refuses(0x000, EXC_TLBL, (const uint32_t *)(uintptr_t)(0x80000000 + HOLE), HOLE);
  done();
  root_tlb(2, 1, HOLE, 0, PFN(GUEST_RAM) & ~ENTRYLO_V, 0);
  test("an invalid page in root is no refill");
  try(load(), 0xA0000000 + HOLE);
  root_refuses(0x180, EXC_TLBL, load(), HOLE);
  done();
  root_tlb(2, 1, HOLE, 0, PFN(GUEST_RAM) | RO, PFN(GUEST_RAM) | RW);
  test("a store to root's read-only page is Mod");
  try(store(), 0xA0000000 + HOLE + 8);
  root_refuses(0x180, EXC_MOD, store(), HOLE + 8);
  done();
  root_tlb(2, 1, HOLE, 0, PFN(GUEST_RAM) | RW | ENTRYLO_RI, PFN(0x1D000000) | RO | ENTRYLO_XI);
  test("RI in root's stage");
  try(load(), 0xA0000000 + HOLE);
  root_refuses(0x180, EXC_TLBRI, load(), HOLE);
  done();
  test("RI does not hinder stores");
  try(store(), 0xA0000000 + HOLE);
  exited(GEXC_HC, store() + 1);
  done();
  test("XI in root's stage");
  guest((const uint32_t *)(uintptr_t)(0x80001000 + HOLE));
  root_refuses(0x180, EXC_TLBXI, (const uint32_t *)(uintptr_t)(0x80001000 + HOLE), HOLE + 0x1000);
  done();
  SET_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE);
  test("RI in root's stage is TLBL without PageGrain.IEC");
  try(load(), 0xA0000000 + HOLE);
  root_refuses(0x180, EXC_TLBL, load(), HOLE);
  done();
  const uint32_t *code = CODE("b . + 8\n\tlw $2, 4($4)");
  test("a miss in root from a delay slot");
  try(code, 0xA0000000 + HOLE + 0x4000);
  same("vector", outcome.vector, 0);
  same("BD", outcome.cause >> 31, 1);
  same("EPC", outcome.epc, (uintptr_t)code);
  same("BadVAddr", outcome.badvaddr, HOLE + 0x4004);
  same("BadInstr", outcome.badinstr, code[1]);
  same("BadInstrP", outcome.badinstrp, code[0]);
  done();
}

static void guest_refuses(uint32_t offset, uint32_t exccode, const uint32_t *at, uint32_t va) {
  guest_took(offset, exccode, at);
  same("guest BadVAddr", GUEST_CP0(BADVADDR), va);
  same("guest EntryHi.VPN2", GUEST_CP0(ENTRYHI) >> 13, va >> 13);
  same("guest Context.BadVPN2", GUEST_CP0(CONTEXT) >> 4 & 0x7FFFF, va >> 13);
}

static void guest_stage(void) {
  defaults();
  test("a guest TLB miss is the guest's refill");
  try(load(), GVA + 4);
  guest_refuses(0x000, EXC_TLBL, load(), GVA + 4);
  done();
  test("a guest TLB miss of a store");
  try(store(), GVA + 0x3000);
  guest_refuses(0x000, EXC_TLBS, store(), GVA + 0x3000);
  done();
  SET_GUEST_GPR(4, GVA);
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  test("a guest TLB miss with EXL is no refill");
  guest(load());
  exited(GEXC_HC, guest_vectors + 0x180 / 4);
  same("guest ExcCode", GUEST_CP0(CAUSE) >> 2 & 31, EXC_TLBL);
  done();
  guest_tlb(3, 1, GVA, 0, PFN(0) | (RW & ~ENTRYLO_V), PFN(0) | RO);
  test("an invalid page of the guest is no refill");
  try(load(), GVA);
  guest_refuses(0x180, EXC_TLBL, load(), GVA);
  done();
  test("Mod of the guest's stage");
  try(store(), GVA + 0x1008);
  guest_refuses(0x180, EXC_MOD, store(), GVA + 0x1008);
  done();
  guest_tlb(3, 1, GVA, 0, PFN(0) | RW | ENTRYLO_RI, PFN(0) | RW | ENTRYLO_XI);
  test("RI of the guest's stage");
  try(load(), GVA);
  guest_refuses(0x180, EXC_TLBRI, load(), GVA);
  done();
  SET_GUEST_CP0(STATUS, K);
  test("XI of the guest's stage");
  guest((const uint32_t *)(uintptr_t)(GVA + 0x1000));
  guest_refuses(0x180, EXC_TLBXI, (const uint32_t *)(uintptr_t)(GVA + 0x1000), GVA + 0x1000);
  done();
  SET_GUEST_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE);
  test("RI of the guest's stage is TLBL without guest IEC");
  try(load(), GVA);
  guest_refuses(0x180, EXC_TLBL, load(), GVA);
  done();
}

static void both_stages(void) {
  defaults();
  guest_tlb(3, 1, GVA, 0, PFN(0) | RW, PFN(HOLE) | RW);
  GUEST_RAM_WORD(0x24) = 0xCAFEF00D;
  test("a mapped load goes through both stages");
  try(load(), GVA + 0x24);
  exited(GEXC_HC, load() + 1);
  same("value", GUEST_GPR(2), 0xCAFEF00D);
  done();
  SET_GUEST_GPR(2, 0x11223344);
  test("a mapped store goes through both stages");
  try(store(), GVA + 0x28);
  exited(GEXC_HC, store() + 1);
  same("value", GUEST_RAM_WORD(0x28), 0x11223344);
  done();
  test("a mapped load misses in root with its GPA");
  try(load(), GVA + 0x1234);
  root_refuses(0x000, EXC_TLBL, load(), HOLE + 0x234);
  done();
  test("the guest's stage comes first");
  guest_tlb(3, 1, GVA, 0, PFN(0) | RW, (PFN(HOLE) | RW) & ~ENTRYLO_D);
  try(store(), GVA + 0x1000);
  guest_refuses(0x180, EXC_MOD, store(), GVA + 0x1000);
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_ERL);
  SET_GUEST_GPR(4, 0x24);
  test("KUSEG is guest physical with guest ERL");
  guest(load());
  exited(GEXC_HC, load() + 1);
  same("value", GUEST_GPR(2), 0xCAFEF00D);
  done();
}

/* Address spaces: ASID and G of both stages. */
static void asids(void) {
  defaults();
  guest_tlb(3, 1, GVA | 5, 0, PFN(0) | (RW & ~ENTRYLO_G), PFN(0) | (RW & ~ENTRYLO_G));
  SET_GUEST_CP0(ENTRYHI, 5);
  test("a guest entry of the guest's ASID");
  try(load(), GVA);
  exited(GEXC_HC, load() + 1);
  done();
  SET_GUEST_CP0(ENTRYHI, 6);
  test("a guest entry of another ASID");
  try(load(), GVA);
  guest_refuses(0x000, EXC_TLBL, load(), GVA);
  same("guest EntryHi.ASID", GUEST_CP0(ENTRYHI) & 0xFF, 6);
  done();
  guest_tlb(3, 1, GVA | 5, 0, PFN(0) | RW, PFN(0) | (RW & ~ENTRYLO_G));
  SET_GUEST_CP0(ENTRYHI, 6);
  test("one G bit alone does not make a pair global");
  try(load(), GVA);
  guest_refuses(0x000, EXC_TLBL, load(), GVA);
  done();
  guest_tlb(3, 1, GVA | 5 | ENTRYHI_EHINV, 0, PFN(0) | RW, PFN(0) | RW);
  test("EHINV makes an entry match nothing");
  try(load(), GVA);
  guest_refuses(0x000, EXC_TLBL, load(), GVA);
  done();
  root_tlb(2, 1, HOLE | 9, 0, PFN(GUEST_RAM) | (RW & ~ENTRYLO_G), PFN(GUEST_RAM) | (RW & ~ENTRYLO_G));
  SET_CP0(ENTRYHI, 9);
  test("a root entry of root's ASID");
  try(load(), 0xA0000000 + HOLE);
  exited(GEXC_HC, load() + 1);
  done();
  SET_CP0(ENTRYHI, 8);
  test("a root entry of another root ASID");
  try(load(), 0xA0000000 + HOLE);
  root_refuses(0x000, EXC_TLBL, load(), HOLE);
  done();
  SET_CP0(ENTRYHI, 0);
}

void translation_checks(void) {
  root_stage();
  guest_stage();
  both_stages();
  asids();
}
