/* SPDX-License-Identifier: Apache-2.0 */
/* LLbit: there is one in the core, and every ERET clears it. */
#include "vz.h"

#define K STATUS_CU0

static uint32_t stored(void) { return GUEST_GPR(2); }

static void begin(void) {
  SET_GUEST_CP0(STATUS, K);
  SET_GUEST_GPR(4, 0xA0000040);
  GUEST_RAM_WORD(0x40) = 5;
}

static void in_guest(void) {
  defaults();
  begin();
  test("LL and SC in the guest");
  const uint32_t *code = CODE("ll $2, 0($4)\n\taddiu $2, $2, 1\n\tsc $2, 0($4)");
  guest(code);
  exited(GEXC_HC, code + 3);
  same("SC", stored(), 1);
  same("memory", GUEST_RAM_WORD(0x40), 6);
  done();
  begin();
  test("SC fails after an exit");
  code = CODE("ll $2, 0($4)\n\thypcall 1\n\tsc $2, 0($4)");
  guest(code);
  exited(GEXC_HC, code + 1);
  guest(code + 2);
  exited(GEXC_HC, code + 3);
  same("SC", stored(), 0);
  same("memory", GUEST_RAM_WORD(0x40), 5);
  done();
  begin();
  code = CODE("ll $2, 0($4)\n\teret\n\tnop\n\tsc $2, 0($4)");
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  SET_GUEST_CP0(EPC, (uintptr_t)(code + 3));
  test("SC fails after a guest ERET");
  guest(code);
  exited(GEXC_HC, code + 4);
  same("SC", stored(), 0);
  same("memory", GUEST_RAM_WORD(0x40), 5);
  done();
  begin();
  code = CODE("sc $2, 0($4)");
  test("SC without LL");
  guest(code);
  exited(GEXC_HC, code + 1);
  same("SC", stored(), 0);
  same("memory", GUEST_RAM_WORD(0x40), 5);
  done();
  SET_GUEST_GPR(4, 0xA0000042);
  test("SC of an unaligned address is an address error");
  SET_GUEST_CP0(STATUS, K);
  guest(code);
  guest_took(0x180, EXC_ADES, code);
  done();
}

static void in_root(void) {
  uint32_t value;
  uint32_t address = 0x80000000 + GUEST_RAM + 0x40;
  GUEST_RAM_WORD(0x40) = 7;
  __asm__ volatile("ll %0, 0(%1)\n\taddiu %0, %0, 2\n\tsc %0, 0(%1)"
                   : "=&r"(value)
                   : "r"(address)
                   : "memory");
  test("LL and SC in root");
  same("SC", value, 1);
  same("memory", WORD(address), 9);
  same("LLAddr", CP0(LLADDR), (GUEST_RAM + 0x40) >> 4);
  done();
}

void link_checks(void) {
  in_guest();
  in_root();
}
