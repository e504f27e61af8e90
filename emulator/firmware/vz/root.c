/* SPDX-License-Identifier: Apache-2.0 */
/* Root mode by itself: kernel and user, and what of VZ it may use. HYPCALL is RI there. */
#include "vz.h"

#define ROOT_SET 2
#define USER_PAGE 0x00800000

static void root_run(const uint32_t *code) { run(code, 0, root_status, ROOT_SET); }

/* Maps the flash for root's user mode. */
static const uint32_t *root_user(const uint32_t *code) {
  root_tlb(3, 0, USER_PAGE, 0x7E000, PFN(0x1D000000) | RO, PFN(0x1D040000) | RO);
  root_status = STATUS_UM;
  return (const uint32_t *)((uintptr_t)code - EBASE + USER_PAGE);
}

static void kernel(void) {
  defaults();
  const uint32_t *code = CODE("nop");
  test("HYPCALL in root is a reserved instruction");
  root_run(code);
  left(0x180, EXC_RI, code + 1);
  same("BadInstr", outcome.badinstr, code[1]);
  done();
  code = CODE("mfgc0 $2, $15, 1\n\ttlbgp\n\ttlbgr");
  test("root uses MFGC0 and TLBG instructions");
  root_run(code);
  left(0x180, EXC_RI, code + 3);
  previous_set(ROOT_SET);
  uint32_t ebase;
  __asm__ volatile("rdpgpr %0, $2" : "=r"(ebase));
  same("guest EBase", ebase, (uintptr_t)guest_vectors);
  done();
  code = CODE("b . + 8\n\tsyscall");
  test("BD and BadInstrP in root");
  root_run(code);
  same("Cause.BD", outcome.cause >> 31, 1);
  same("EPC", outcome.epc, (uintptr_t)code);
  same("BadInstrP", outcome.badinstrp, code[0]);
  done();
  code = CODE("sll $0, $0, 5\n\tssnop\n\tehb");
  test("PAUSE goes on when LLbit is clear");
  root_run(code);
  left(0x180, EXC_RI, code + 3);
  done();
  SET_GUEST_CP0(ENTRYHI, 0);
  SET_CP0(ENTRYHI, 0);
}

static void user_mode(void) {
  defaults();
  const uint32_t *const privileged[] = {CODE("mfc0 $2, $12"), CODE("tlbwi"), CODE("eret"),
                                        CODE("wait"), CODE("mfgc0 $2, $12")};
  test("CP0 instructions of root's user are CpU");
  for (unsigned i = 0; i < sizeof privileged / sizeof privileged[0]; i++) {
    const uint32_t *code = root_user(privileged[i]);
    root_run(code);
    left(0x180, EXC_CPU, code);
    same("CE", outcome.cause >> 28 & 3, 0);
  }
  done();
  const uint32_t *code = root_user(CODE("lui $4, 0x8000\n\tlw $2, 0($4)"));
  test("KSEG0 is an address error for root's user");
  root_run(code);
  left(0x180, EXC_ADEL, code + 1);
  same("BadVAddr", outcome.badvaddr, 0x80000000);
  done();
  code = root_user(CODE("rdhwr $2, $0\n\trdhwr $3, $1\n\trdhwr $4, $3\n\trdhwr $5, $29"));
  SET_CP0(USERLOCAL, 0x600DCAFE);
  SET_CP0(HWRENA, 0x2000000F);
  test("RDHWR of root's user with HWREna");
  root_run(code);
  left(0x180, EXC_CPU, code + 4);
  previous_set(ROOT_SET);
  uint32_t cpu, step, ccres, local;
  __asm__ volatile("rdpgpr %0, $2\n\trdpgpr %1, $3\n\trdpgpr %2, $4\n\trdpgpr %3, $5"
                   : "=&r"(cpu), "=&r"(step), "=&r"(ccres), "=&r"(local));
  same("CPUNum", cpu, 0);
  same("SYNCI_Step", step, 16);
  same("CCRes", ccres, 2);
  same("UserLocal", local, 0x600DCAFE);
  done();
  SET_CP0(HWRENA, 0);
  test("RDHWR of root's user without HWREna");
  root_run(code);
  left(0x180, EXC_RI, code);
  done();
  code = root_user(CODE("mfc0 $2, $15"));
  root_status = STATUS_UM | STATUS_CU0;
  test("Status.CU0 lets root's user use CP0");
  root_run(code);
  left(0x180, EXC_RI, code + 1);
  done();
}

static void wired_tlb(void) {
  defaults();
  const uint32_t *code = CODE("lw $2, 0($4)");
  previous_set(ROOT_SET);
  __asm__ volatile("wrpgpr $4, %0" : : "r"(0x00900000));
  test("a miss in root itself has no GPA");
  root_run(code);
  left(0x000, EXC_TLBL, code);
  same("BadVAddr", outcome.badvaddr, 0x00900000);
  same("GM", outcome.guestctl0 >> 31, 0);
  done();
  root_tlb(3, 0, 0x00900000, 0, PFN(GUEST_RAM) | RO, PFN(GUEST_RAM) | RO);
  code = CODE("sw $2, 0($4)");
  test("Mod in root");
  root_run(code);
  left(0x180, EXC_MOD, code);
  done();
}

void root_checks(void) {
  kernel();
  user_mode();
  wired_tlb();
  defaults();
}
