/* SPDX-License-Identifier: Apache-2.0 */
/* Root's interrupts while the guest runs, and the non-maskable one. */
#include "vz.h"

#define K STATUS_CU0
#define TIMER 0
#define SOFTWARE0 1
#define CAUSE_IP0 0x100
#define NMI_KEY 0x4E000000

static const uint32_t *forever(void) { return CODE("b .\n\tnop"); }

static void enable(unsigned irq, unsigned priority, unsigned offset) {
  CLR(IPC(irq / 4)) = 31u << 8 * (irq % 4);
  SET(IPC(irq / 4)) = priority << 2 << 8 * (irq % 4);
  OFF(irq) = offset;
  CLR(IFS(irq / 32)) = 1u << irq % 32;
  SET(IEC(irq / 32)) = 1u << irq % 32;
}

static void disable(unsigned irq) {
  CLR(IEC(irq / 32)) = 1u << irq % 32;
  CLR(IFS(irq / 32)) = 1u << irq % 32;
}

static void interrupted(uint32_t offset, uint32_t ripl, const uint32_t *at) {
  left(offset, EXC_INT, at);
  same("RIPL", outcome.cause >> 10 & 0xFF, ripl);
  same("GM", outcome.guestctl0 >> 31, 1);
}

static void timer(void) {
  defaults();
  INTCON = 1 << 12; /* MVEC: every source has its own vector */
  enable(TIMER, 3, 0x220);
  SET_CP0(COMPARE, CP0(COUNT) + 3000);
  root_status |= STATUS_IE;
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  test("root's timer interrupts a guest that masks its own interrupts");
  guest(forever());
  interrupted(0x220, 3, forever());
  same("TI", outcome.cause >> 30 & 1, 1);
  same("guest Status", GUEST_CP0(STATUS), K | STATUS_EXL);
  done();
  SET_CP0(COMPARE, CP0(COUNT) - 1);
  disable(TIMER);
}

static void software(void) {
  const uint32_t *code = CODE("nop\n\tnop");
  defaults();
  enable(SOFTWARE0, 4, 0x260);
  SET_CP0(CAUSE, CAUSE_IV | CAUSE_IP0);
  root_status |= STATUS_IE;
  test("a pending root interrupt comes before the guest's first instruction");
  guest(code);
  interrupted(0x260, 4, code);
  done();
  test("GuestCtl2 waits behind root's interrupt");
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_CP0(GUESTCTL2, 7u << 24 | 0x240);
  guest(code);
  interrupted(0x260, 4, code);
  same("GRIPL", outcome.guestctl2 >> 24, 7);
  done();
  SET_CP0(GUESTCTL2, 0);
  root_status = STATUS_CU0 | STATUS_IE | STATUS_IPL(4);
  runs("root IPL masks it", code, 2);
  root_status = STATUS_CU0;
  runs("root IE = 0 masks it", code, 2);
  PRISS = 3 << 16; /* PRI4SS */
  root_status = STATUS_CU0 | STATUS_IE;
  test("PRISS gives root's handler its register set");
  guest(code);
  interrupted(0x260, 4, code);
  same("SRSCtl.CSS", outcome.srsctl & 15, 3);
  same("SRSCtl.PSS", outcome.srsctl >> 6 & 15, GUEST_SET);
  same("SRSCtl.EICSS", outcome.srsctl >> 18 & 15, 3);
  done();
  PRISS = 0;
  SET_CP0(INTCTL, 0);
  test("root IntCtl.VS = 0: the special vector");
  guest(code);
  interrupted(0x200, 4, code);
  done();
  SET_CP0(CAUSE, CAUSE_IP0);
  test("root Cause.IV = 0: the general vector");
  guest(code);
  interrupted(0x180, 4, code);
  done();
  SET_CP0(INTCTL, INTCTL_VS);
  SET_CP0(CAUSE, CAUSE_IV);
  disable(SOFTWARE0);
}

/* INTCON's key raises an NMI; the guest itself does it, so that it certainly runs then. */
static void non_maskable(void) {
  defaults();
  root_tlb(2, 1, 0x1F810000, 0, PFN(0x1F810000) | (RW & ~(3 << 3)) | 2 << 3, 0);
  const uint32_t *code = CODE("lui $4, 0xbf81\n\tlui $2, 0x4e00\n\tsw $2, 0($4)\n\tb .\n\tnop");
  test("an NMI leaves the guest for the reset vector");
  guest(code);
  same("vector", outcome.vector, 0xFC0);
  same("Status.NMI", outcome.status >> 19 & 1, 1);
  same("Status.BEV", outcome.status >> 22 & 1, 1);
  same("Status.ERL", outcome.status >> 2 & 1, 1);
  same("Status.SR", outcome.status >> 20 & 1, 0);
  same("GM", outcome.guestctl0 >> 31, 1);
  same("ErrorEPC in the guest", outcome.errorepc - (uintptr_t)(code + 3) <= 4, 1);
  same("guest Status", GUEST_CP0(STATUS), K);
  same("SRSCtl.CSS", outcome.srsctl & 15, GUEST_SET);
  done();
  INTCON = 1 << 12;
  defaults();
  runs("the guest runs on after an NMI", CODE("nop"), 1);
}

/* Config7.WII: WAIT ends with an interrupt that Status.IE masks. */
static void waiting(void) {
  defaults();
  enable(TIMER, 2, 0x220);
  uint32_t due = CP0(COUNT) + 4000;
  SET_CP0(COMPARE, due);
  INSTRUCTION("wait");
  test("WAIT with IE = 0 ends at the interrupt, which is not taken");
  same("Count reached Compare", CP0(COUNT) - due < 200, 1);
  same("TI", CP0(CAUSE) >> 30 & 1, 1);
  done();
  SET_CP0(COMPARE, CP0(COUNT) - 1);
  disable(TIMER);
}

void interrupt_checks(void) {
  timer();
  software();
  non_maskable();
  waiting();
  defaults();
}
