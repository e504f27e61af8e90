/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields of the guest's registers whose change is reported: by software (GSFC) and by hardware
 * (GHFC). Root then finds the register as it was before a software change.
 */
#include "vz.h"

#define REPORT (EXT_CGI)

struct change {
  const char *name;
  uint32_t from;
  uint32_t to;
};

static const uint32_t *write_status(void) { return CODE("mtc0 $4, $12"); }

static void status_change(const struct change *c, int reported) {
  SET_GUEST_CP0(STATUS, c->from);
  SET_GUEST_GPR(4, c->to);
  const uint32_t *code = write_status();
  test(c->name);
  guest(code);
  exited(reported ? GEXC_GSFC : GEXC_HC, code + !reported);
  same("guest Status", GUEST_CP0(STATUS), reported ? c->from : c->to);
  done();
}

static void all_changes(const struct change *cases, int count, int reported) {
  for (int i = 0; i < count; i++) status_change(cases + i, reported);
}
#define ALL_CHANGES(cases, reported) \
  all_changes(cases, sizeof(cases) / sizeof(cases)[0], reported)

#define K STATUS_CU0

static void status_reported(void) {
  defaults();
  SET_CP0(GUESTCTL0EXT, REPORT);
  static const struct change always[] = {
      {"GSFC on Status.RP", K, K | STATUS_RP},
      {"GSFC on Status.FR", K, K | STATUS_FR},
      {"GSFC on Status.FR to 0", K | STATUS_FR, K},
      {"GSFC on Status.MX", K, K | STATUS_MX},
      {"GSFC on Status.BEV", K, K | STATUS_BEV},
      {"GSFC on Status.BEV to 0", K | STATUS_BEV, K},
  };
  ALL_CHANGES(always, 1);
  static const struct change silent[] = {
      {"no GSFC on Status.IE", K, K | STATUS_IE},
      {"no GSFC on Status.IPL", K, K | STATUS_IPL(5)},
      {"no GSFC on Status.CU0", K, 0},
      {"no GSFC on Status.UM without MC", K, K | STATUS_EXL},
      {"no GSFC without a change", K | STATUS_FR | STATUS_BEV, K | STATUS_FR | STATUS_BEV},
      {"no GSFC on Status.CU1 with SFC1", K, K | STATUS_CU1},
  };
  ALL_CHANGES(silent, 0);
  guestctl0 &= ~(GUESTCTL0_SFC1 | GUESTCTL0_SFC2);
  static const struct change units[] = {
      {"GSFC on Status.CU1 without SFC1", K, K | STATUS_CU1},
      {"GSFC on Status.CU1 to 0 without SFC1", K | STATUS_CU1, K},
  };
  ALL_CHANGES(units, 1);
}

static void modes_reported(void) {
  defaults();
  SET_CP0(GUESTCTL0EXT, REPORT);
  guestctl0 |= GUESTCTL0_MC;
  static const struct change modes[] = {
      {"GSFC on Status.EXL with MC", K, K | STATUS_EXL},
      {"GSFC on Status.EXL to 0 with MC", K | STATUS_EXL, K},
      {"GSFC on Status.ERL with MC", K, K | STATUS_ERL},
      {"GSFC on Status.UM with MC", K | STATUS_EXL, K | STATUS_EXL | STATUS_UM},
  };
  ALL_CHANGES(modes, 1);
  static const struct change silent[] = {
      {"no GSFC on Status.IE with MC", K, K | STATUS_IE},
  };
  ALL_CHANGES(silent, 0);
  SET_CP0(GUESTCTL0EXT, REPORT | EXT_FCD);
  static const struct change disabled[] = {
      {"FCD: no GSFC on Status.EXL", K, K | STATUS_EXL},
      {"FCD: no GSFC on Status.BEV", K, K | STATUS_BEV},
      {"FCD: no GSFC on Status.FR and MX", K, K | STATUS_FR | STATUS_MX},
  };
  ALL_CHANGES(disabled, 0);
}

static void clear_only(void) {
  defaults();
  SET_CP0(GUESTCTL0EXT, REPORT);
  SET_GUEST_CP0(STATUS, K);
  SET_GUEST_GPR(4, K | STATUS_NMI);
  const uint32_t *code = write_status();
  exits("GSFC on an attempt to set Status.NMI", GEXC_GSFC, code, 0);
  SET_GUEST_GPR(4, K | STATUS_SR);
  exits("GSFC on an attempt to set Status.SR", GEXC_GSFC, code, 0);
  SET_GUEST_GPR(4, K | STATUS_TS);
  exits("GSFC on an attempt to set Status.TS", GEXC_GSFC, code, 0);
  SET_GUEST_GPR(4, K | STATUS_CU2);
  runs("no GSFC on Status.CU2 with SFC2", code, 1);
  guestctl0 &= ~GUESTCTL0_SFC2;
  exits("GSFC on Status.CU2 without SFC2", GEXC_GSFC, code, 0);
}

struct other {
  const char *name;
  const uint32_t *code;
  uint32_t value;
  int reported;
};

static void others_reported(void) {
  const struct other cases[] = {
      {"GSFC on Cause.DC", CODE("mtc0 $4, $13"), CAUSE_IV | CAUSE_DC, 1},
      {"GSFC on Cause.IV", CODE("mtc0 $4, $13"), 0, 1},
      {"no GSFC on Cause.IP", CODE("mtc0 $4, $13"), CAUSE_IV | 0x300, 0},
      {"GSFC on IntCtl.VS", CODE("mtc0 $4, $12, 1"), 0x40, 1},
      {"no GSFC on IntCtl without a change", CODE("mtc0 $4, $12, 1"), INTCTL_VS, 0},
      {"GSFC on PageGrain", CODE("mtc0 $4, $5, 1"), 0, 1},
      {"no GSFC on PageGrain without a change", CODE("mtc0 $4, $5, 1"), 0xC8000000, 0},
  };
  for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    defaults();
    SET_CP0(GUESTCTL0EXT, REPORT);
    SET_GUEST_GPR(4, cases[i].value);
    exits(cases[i].name, cases[i].reported ? GEXC_GSFC : GEXC_HC, cases[i].code,
          !cases[i].reported);
  }
  defaults();
  SET_GUEST_GPR(4, CAUSE_DC);
  test("FCD: Cause.DC and IV change without exit");
  const uint32_t *code = CODE("mtc0 $4, $13");
  guest(code);
  exited(GEXC_HC, code + 1);
  same("guest Cause.DC", GUEST_CP0(CAUSE) >> 27 & 1, 1);
  same("guest Cause.IV", GUEST_CP0(CAUSE) >> 23 & 1, 0);
  done();
  SET_GUEST_CP0(CAUSE, CAUSE_IV);
}

/* EXL set by hardware: the exit comes on the first instruction of the guest's handler. */
static void by_hardware(void) {
  defaults();
  const uint32_t *code = CODE("syscall");
  guestctl0 |= GUESTCTL0_MC;
  SET_CP0(GUESTCTL0EXT, REPORT);
  test("GHFC when a guest exception sets EXL");
  guest(code);
  left(0x180, EXC_GE, guest_vectors + 0x180 / 4);
  same("GExcCode", outcome.guestctl0 >> 2 & 31, GEXC_GHFC);
  same("guest EXL", GUEST_CP0(STATUS) >> 1 & 1, 1);
  same("guest EPC", GUEST_CP0(EPC), (uintptr_t)code);
  same("guest ExcCode", GUEST_CP0(CAUSE) >> 2 & 31, EXC_SYS);
  done();
  test("after GHFC the guest's handler goes on");
  guest_resume();
  guest_took(0x180, EXC_SYS, code);
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  test("no GHFC when EXL is set already");
  guest(code);
  exited(GEXC_HC, guest_vectors + 0x180 / 4);
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  code = CODE("eret");
  const uint32_t *target = CODE("nop");
  SET_GUEST_CP0(EPC, (uintptr_t)target);
  test("no exit when ERET clears EXL");
  guest(code);
  exited(GEXC_HC, target + 1);
  done();
  SET_CP0(GUESTCTL0EXT, REPORT | EXT_FCD);
  SET_GUEST_CP0(STATUS, K);
  code = CODE("syscall");
  test("FCD: no GHFC");
  guest(code);
  guest_took(0x180, EXC_SYS, code);
  done();
  SET_CP0(GUESTCTL0EXT, REPORT);
  guestctl0 &= ~GUESTCTL0_MC;
  SET_GUEST_CP0(STATUS, K);
  test("no GHFC without MC");
  guest(code);
  guest_took(0x180, EXC_SYS, code);
  done();
}

void field_checks(void) {
  status_reported();
  modes_reported();
  clear_only();
  others_reported();
  by_hardware();
}
