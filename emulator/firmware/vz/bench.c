/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"
#include "vz.h"

uint32_t guestctl0;
uint32_t root_status;

#define TLB_ENTRIES 16
#define GUEST_ID 1
#define USER_FLASH 0x00400000
#define FLASH_MASK 0x7E000 /* a pair of 256 KiB pages */
#define USER_INDEX 15

void previous_set(uint32_t set) {
  SET_CP0(SRSCTL, (CP0(SRSCTL) & ~(15u << 6)) | set << 6);
}

static void rid(uint32_t id) {
  SET_CP0(GUESTCTL1, (CP0(GUESTCTL1) & ~(7u << 16)) | id << 16);
}

void root_tlb(uint32_t index, uint32_t id, uint32_t hi, uint32_t mask, uint32_t lo0, uint32_t lo1) {
  uint32_t before = CP0(GUESTCTL1);
  rid(id);
  SET_CP0(INDEX, index);
  SET_CP0(ENTRYHI, hi);
  SET_CP0(PAGEMASK, mask);
  SET_CP0(ENTRYLO0, lo0);
  SET_CP0(ENTRYLO1, lo1);
  INSTRUCTION("tlbwi");
  SET_CP0(ENTRYHI, 0);
  SET_CP0(GUESTCTL1, before);
}

void guest_tlb(uint32_t index, uint32_t id, uint32_t hi, uint32_t mask, uint32_t lo0, uint32_t lo1) {
  uint32_t before = CP0(GUESTCTL1);
  rid(id);
  SET_GUEST_CP0(INDEX, index);
  SET_GUEST_CP0(ENTRYHI, hi);
  SET_GUEST_CP0(PAGEMASK, mask);
  SET_GUEST_CP0(ENTRYLO0, lo0);
  SET_GUEST_CP0(ENTRYLO1, lo1);
  INSTRUCTION("tlbgwi");
  SET_GUEST_CP0(ENTRYHI, 0);
  SET_CP0(GUESTCTL1, before);
}

static void root_defaults(void) {
  guestctl0 = ALL_RIGHTS;
  root_status = STATUS_CU0 | STATUS_CU1 | STATUS_MX;
  SET_CP0(STATUS, root_status);
  SET_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE | PAGEGRAIN_IEC);
  SET_CP0(GUESTCTL0EXT, EXT_CGI | EXT_FCD);
  SET_CP0(GUESTCTL1, GUEST_ID << 16 | GUEST_ID);
  SET_CP0(GUESTCTL2, 0);
  SET_CP0(GUESTCTL3, GUEST_SET);
  SET_CP0(GTOFFSET, 0);
  SET_CP0(CONTEXT, 0);
  SET_CP0(WIRED, 0);
  for (uint32_t i = 0; i < TLB_ENTRIES; i++) root_tlb(i, 0, ENTRYHI_EHINV, 0, 0, 0);
  root_tlb(0, GUEST_ID, 0x1D000000, FLASH_MASK, PFN(0x1D000000) | RO, PFN(0x1D040000) | RO);
  root_tlb(1, GUEST_ID, 0, 0, PFN(GUEST_RAM) | RW, PFN(GUEST_RAM + 0x1000) | RW);
}

static void guest_defaults(void) {
  SET_GUEST_CP0(STATUS, STATUS_CU0);
  SET_GUEST_CP0(EBASE_REGISTER, (uintptr_t)guest_vectors);
  SET_GUEST_CP0(CAUSE, CAUSE_IV);
  SET_GUEST_CP0(INTCTL, INTCTL_VS);
  SET_GUEST_CP0(SRSCTL, 0);
  SET_GUEST_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE | PAGEGRAIN_IEC);
  SET_GUEST_CP0(HWRENA, 0);
  SET_GUEST_CP0(WIRED, 0);
  SET_GUEST_CP0(EPC, 0);
  SET_GUEST_CP0(ERROREPC, 0);
  SET_GUEST_CP0(CONTEXT, 0);
  SET_GUEST_CP0(COMPARE, GUEST_CP0(COUNT) - 1);
  for (uint32_t i = 0; i < TLB_ENTRIES; i++) guest_tlb(i, 0, ENTRYHI_EHINV, 0, 0, 0);
}

void defaults(void) {
  root_defaults();
  guest_defaults();
}

void guest(const uint32_t *code) { run(code, guestctl0, root_status, GUEST_SET); }


const uint32_t *user(const uint32_t *code) {
  guest_tlb(USER_INDEX, GUEST_ID, USER_FLASH, FLASH_MASK, PFN(0x1D000000) | RO, PFN(0x1D040000) | RO);
  return (const uint32_t *)((uintptr_t)code - EBASE + USER_FLASH);
}

/* What stands there, for root, which has no mapping of the guest's user addresses. */
static uint32_t word_at(const uint32_t *code) {
  uintptr_t va = (uintptr_t)code;
  return va >> 31 ? *code : WORD(va - USER_FLASH + EBASE);
}

void guest_resume(void) { guest((const uint32_t *)(uintptr_t)outcome.epc); }

/* ---- results ---- */

static unsigned checks;
static unsigned failed;
static const char *name_now;
static int wrong;

void test(const char *name) {
  name_now = name;
  wrong = 0;
}

void same(const char *what, uint32_t found, uint32_t expected) {
  if (found == expected) return;
  if (!wrong++) {
    put_string("not ok ");
    put_decimal(checks + 1);
    put_string(" - ");
    put_string(name_now);
  }
  put_string(wrong == 1 ? ": " : "; ");
  put_string(what);
  put_string(" is ");
  put_hex(found);
  put_string(", expected ");
  put_hex(expected);
}

void done(void) {
  checks++;
  if (wrong) {
    failed++;
    put_string("\n");
    return;
  }
  put_string("ok ");
  put_decimal(checks);
  put_string(" - ");
  put_string(name_now);
  put_string("\n");
}

void is(const char *name, uint32_t found, uint32_t expected) {
  test(name);
  same("value", found, expected);
  done();
}

static void code_is(uint32_t vector, uint32_t exccode) {
  same("vector", outcome.vector, vector);
  same("Cause.ExcCode", outcome.cause >> 2 & 31, exccode);
  same("Status.EXL", outcome.status >> 1 & 1, 1);
}

void left(uint32_t vector, uint32_t exccode, const uint32_t *at) {
  code_is(vector, exccode);
  same("Cause.BD", outcome.cause >> 31, 0);
  same("EPC", outcome.epc, (uintptr_t)at);
}

void exited(uint32_t gexccode, const uint32_t *at) {
  left(0x180, EXC_GE, at);
  same("GExcCode", outcome.guestctl0 >> 2 & 31, gexccode);
  same("GM", outcome.guestctl0 >> 31, 1);
  same("BadInstr", outcome.badinstr, word_at(at));
}

void exited_in_slot(uint32_t gexccode, const uint32_t *branch) {
  code_is(0x180, EXC_GE);
  same("Cause.BD", outcome.cause >> 31, 1);
  same("EPC", outcome.epc, (uintptr_t)branch);
  same("GExcCode", outcome.guestctl0 >> 2 & 31, gexccode);
  same("BadInstr", outcome.badinstr, branch[1]);
  same("BadInstrP", outcome.badinstrp, branch[0]);
}

void guest_took(uint32_t offset, uint32_t exccode, const uint32_t *at) {
  exited(GEXC_HC, guest_vectors + offset / 4);
  same("guest ExcCode", GUEST_CP0(CAUSE) >> 2 & 31, exccode);
  same("guest EPC", GUEST_CP0(EPC), (uintptr_t)at);
  same("guest EXL", GUEST_CP0(STATUS) >> 1 & 1, 1);
}

void exits(const char *name, uint32_t gexccode, const uint32_t *code, int n) {
  test(name);
  guest(code);
  exited(gexccode, code + n);
  done();
}

void runs(const char *name, const uint32_t *code, int n) { exits(name, GEXC_HC, code, n); }

/* An exception in the checks themselves: nothing after it can be trusted. */
void unexpected(void) {
  put_string("Bail out! exception in the test itself: Cause ");
  put_hex(outcome.cause);
  put_string(" EPC ");
  put_hex(outcome.epc);
  put_string(" BadVAddr ");
  put_hex(outcome.badvaddr);
  put_string("\n");
  for (;;) INSTRUCTION("wait");
}

int main(void);
int main(void) {
  console_open();
  defaults();
  exit_checks();
  field_checks();
  guest_exception_checks();
  translation_checks();
  page_checks();
  guestid_checks();
  timer_checks();
  injection_checks();
  interrupt_checks();
  shadow_checks();
  link_checks();
  register_checks();
  root_checks();
  put_string("1..");
  put_decimal(checks);
  put_string("\n# ");
  put_decimal(failed);
  put_string(" failed\n");
  return 0;
}
