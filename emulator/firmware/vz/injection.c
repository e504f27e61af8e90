/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts that root hands to the guest through GuestCtl2. */
#include "vz.h"

#define K STATUS_CU0
#define REQUEST(ripl, eicss, vector) ((uint32_t)(ripl) << 24 | (eicss) << 18 | (vector))

static const uint32_t *two_nops(void) { return CODE("nop\n\tnop"); }

static void taken_at(uint32_t offset, uint32_t ripl, const uint32_t *at) {
  guest_took(offset, EXC_INT, at);
  same("guest RIPL", GUEST_CP0(CAUSE) >> 10 & 0xFF, ripl);
  same("GRIPL", outcome.guestctl2 >> 24, 0);
}

static void accepted(void) {
  defaults();
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_CP0(GUESTCTL2, REQUEST(3, 0, 0x240));
  test("GuestCtl2 interrupts the guest at GVEC, and GRIPL reads 0 then");
  guest(two_nops());
  taken_at(0x240, 3, two_nops());
  same("GVEC stays", outcome.guestctl2 & 0xFFFF, 0x240);
  same("ViewRIPL", GUEST_CP0(VIEW_RIPL), 3 << 2);
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  runs("it is taken once", two_nops(), 2);
  SET_GUEST_CP0(STATUS, K | STATUS_IE | STATUS_IPL(5));
  SET_CP0(GUESTCTL2, REQUEST(6, 0, 0x280));
  test("a priority above guest IPL");
  guest(two_nops());
  taken_at(0x280, 6, two_nops());
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_GUEST_CP0(CAUSE, 0);
  SET_CP0(GUESTCTL2, REQUEST(2, 0, 0x240));
  test("guest Cause.IV = 0: the general vector");
  guest(two_nops());
  taken_at(0x180, 2, two_nops());
  done();
  SET_GUEST_CP0(CAUSE, CAUSE_IV);
  SET_GUEST_CP0(INTCTL, 0);
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_CP0(GUESTCTL2, REQUEST(2, 0, 0x240));
  test("guest IntCtl.VS = 0: the special vector");
  guest(two_nops());
  taken_at(0x200, 2, two_nops());
  done();
}

static void refused(const char *name, uint32_t status, uint32_t ripl) {
  SET_GUEST_CP0(STATUS, status);
  SET_CP0(GUESTCTL2, REQUEST(ripl, 0, 0x240));
  test(name);
  guest(two_nops());
  exited(GEXC_HC, two_nops() + 2);
  same("GRIPL", outcome.guestctl2 >> 24, ripl);
  done();
}

static void pending(void) {
  defaults();
  refused("guest IE = 0 holds an interrupt back", K, 7);
  refused("guest EXL holds an interrupt back", K | STATUS_IE | STATUS_EXL, 7);
  refused("guest ERL holds an interrupt back", K | STATUS_IE | STATUS_ERL, 7);
  refused("guest IPL holds an interrupt back", K | STATUS_IE | STATUS_IPL(4), 4);
  const uint32_t *eret = CODE("eret");
  SET_GUEST_CP0(STATUS, K | STATUS_IE | STATUS_EXL);
  SET_GUEST_CP0(EPC, (uintptr_t)two_nops());
  SET_CP0(GUESTCTL2, REQUEST(3, 0, 0x240));
  test("guest ERET lets a pending interrupt in");
  guest(eret);
  taken_at(0x240, 3, two_nops());
  done();
  const uint32_t *code = CODE("ei\n\tehb\n\tnop");
  SET_GUEST_CP0(STATUS, K);
  SET_CP0(GUESTCTL2, REQUEST(3, 0, 0x240));
  test("EI in the guest lets a pending interrupt in");
  guest(code);
  same("vector", outcome.epc, (uintptr_t)(guest_vectors + 0x240 / 4));
  same("guest EPC after EI", GUEST_CP0(EPC) - (uintptr_t)code <= 8, 1);
  done();
  SET_GUEST_CP0(STATUS, K);
  SET_CP0(GUESTCTL2, REQUEST(7, 0, 0x240));
  exits("WAIT exits even with an interrupt pending", GEXC_GPSI, CODE("wait"), 0);
  SET_CP0(GUESTCTL2, 0);
  code = CODE("b . + 8\n\tei\n\tb .\n\tnop");
  SET_GUEST_CP0(STATUS, K);
  SET_CP0(GUESTCTL2, REQUEST(1, 0, 0x200));
  test("an interrupt of a guest's branch loop");
  guest(code);
  same("vector", outcome.epc, (uintptr_t)(guest_vectors + 0x200 / 4));
  same("guest EPC", GUEST_CP0(EPC), (uintptr_t)(code + 2));
  done();
}

static void watched(void) {
  defaults();
  guestctl0 |= GUESTCTL0_MC;
  SET_CP0(GUESTCTL0EXT, EXT_CGI);
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_CP0(GUESTCTL2, REQUEST(5, 0, 0x240));
  test("GHFC tells root that the guest took its interrupt");
  guest(two_nops());
  left(0x180, EXC_GE, guest_vectors + 0x240 / 4);
  same("GExcCode", outcome.guestctl0 >> 2 & 31, GEXC_GHFC);
  same("GRIPL", outcome.guestctl2 >> 24, 0);
  same("guest RIPL", GUEST_CP0(CAUSE) >> 10 & 0xFF, 5);
  done();
}

void injection_checks(void) {
  accepted();
  pending();
  watched();
  defaults();
}
