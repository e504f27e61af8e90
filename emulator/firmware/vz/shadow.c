/* SPDX-License-Identifier: Apache-2.0 */
/* The eight register sets, in root and in the guest. */
#include "vz.h"

#define K STATUS_CU0
#define ESS(n) ((n) << 12)
#define PSS(n) ((n) << 6)

#define PREVIOUS(r)                                                 \
  ({                                                                \
    uint32_t value_;                                                \
    __asm__ volatile("rdpgpr %0, $%1" : "=r"(value_) : "i"(r));     \
    value_;                                                         \
  })
#define SET_PREVIOUS(r, value) __asm__ volatile("wrpgpr $%1, %0" : : "r"((uint32_t)(value)), "i"(r))

static void eight_sets(void) {
  is("SRSCtl.HSS", CP0(SRSCTL) >> 26 & 15, 7);
  for (uint32_t set = 1; set < 8; set++) {
    previous_set(set);
    SET_PREVIOUS(9, 0x1000 + set);
    SET_PREVIOUS(0, 0x5555);
  }
  test("WRPGPR and RDPGPR reach all sets");
  for (uint32_t set = 1; set < 8; set++) {
    previous_set(set);
    same("register 9", PREVIOUS(9), 0x1000 + set);
    same("register 0", PREVIOUS(0), 0);
  }
  done();
}

static void root_sets(void) {
  defaults();
  previous_set(5);
  SET_PREVIOUS(2, 0x77);
  const uint32_t *code = CODE("addiu $3, $2, 1\n\tsyscall");
  test("ERET enters the previous set, an exception takes ESS");
  SET_CP0(SRSCTL, ESS(6));
  run(code, 0, root_status, 5);
  left(0x180, EXC_SYS, code + 1);
  same("SRSCtl.CSS", outcome.srsctl & 15, 6);
  same("SRSCtl.PSS", outcome.srsctl >> 6 & 15, 5);
  SET_CP0(SRSCTL, 0);
  previous_set(5);
  same("register 3", PREVIOUS(3), 0x78);
  done();
  SET_CP0(SRSCTL, 0xFFFFFFFF);
  is("SRSCtl: ESS and PSS can be written, HSS and CSS cannot", CP0(SRSCTL) & ~(15u << 18),
     0x1C00F3C0);
  SET_CP0(SRSCTL, 0);
}

static void guest_sets(void) {
  defaults();
  SET_CP0(GUESTCTL3, 3);
  previous_set(3);
  SET_PREVIOUS(2, 0x300);
  previous_set(4);
  SET_PREVIOUS(2, 0x400);
  const uint32_t *code = CODE("addiu $3, $2, 3");
  test("GuestCtl3.GLSS is the guest's set 0");
  guest(code);
  exited(GEXC_HC, code + 1);
  previous_set(3);
  same("register 3 of set 3", PREVIOUS(3), 0x303);
  done();
  SET_GUEST_CP0(SRSCTL, PSS(1));
  code = CODE("rdpgpr $5, $2\n\twrpgpr $6, $2");
  test("RDPGPR and WRPGPR in the guest count from GLSS");
  guest(code);
  exited(GEXC_HC, code + 2);
  previous_set(3);
  same("register 5 of set 3", PREVIOUS(5), 0x400);
  previous_set(4);
  same("register 6 of set 4", PREVIOUS(6), 0x300);
  done();
  SET_GUEST_CP0(SRSCTL, ESS(1));
  code = CODE("syscall");
  test("a guest exception takes the guest's ESS");
  guest(code);
  guest_took(0x180, EXC_SYS, code);
  same("guest SRSCtl.CSS", GUEST_CP0(SRSCTL) & 15, 1);
  same("guest SRSCtl.PSS", GUEST_CP0(SRSCTL) >> 6 & 15, 0);
  done();
  code = CODE("addiu $7, $0, 0x44");
  test("the handler runs in GLSS plus the guest's CSS");
  guest(code);
  exited(GEXC_HC, code + 1);
  previous_set(4);
  same("register 7 of set 4", PREVIOUS(7), 0x44);
  done();
  code = CODE("eret");
  const uint32_t *target = CODE("addiu $7, $0, 0x33");
  SET_GUEST_CP0(EPC, (uintptr_t)target);
  test("guest ERET returns to the guest's PSS");
  guest(code);
  exited(GEXC_HC, target + 1);
  previous_set(3);
  same("register 7 of set 3", PREVIOUS(7), 0x33);
  done();
}

static void injected_sets(void) {
  defaults();
  SET_CP0(GUESTCTL3, 2);
  const uint32_t *code = CODE("nop");
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_GUEST_CP0(SRSCTL, ESS(1));
  SET_CP0(GUESTCTL2, 3u << 24 | 3 << 18 | 0x240);
  test("GEICSS is the set of the guest's interrupt");
  guest(code);
  guest_took(0x240, EXC_INT, code);
  same("guest SRSCtl.CSS", GUEST_CP0(SRSCTL) & 15, 3);
  same("guest SRSCtl.EICSS", GUEST_CP0(SRSCTL) >> 18 & 15, 3);
  done();
  code = CODE("addiu $8, $0, 0x55");
  guest(code);
  previous_set(5);
  is("GEICSS counts from GLSS", PREVIOUS(8), 0x55);
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  guest(CODE("eret"));
  defaults();
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  SET_GUEST_CP0(SRSCTL, ESS(1));
  SET_GUEST_CP0(INTCTL, 0);
  SET_CP0(GUESTCTL2, 3u << 24 | 3 << 18 | 0x240);
  code = CODE("nop");
  test("without guest IntCtl.VS the interrupt takes ESS");
  guest(code);
  guest_took(0x200, EXC_INT, code);
  same("guest SRSCtl.CSS", GUEST_CP0(SRSCTL) & 15, 1);
  done();
  SET_GUEST_CP0(SRSCTL, 0);
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  guest(CODE("eret"));
}

void shadow_checks(void) {
  eight_sets();
  root_sets();
  guest_sets();
  injected_sets();
  defaults();
}
