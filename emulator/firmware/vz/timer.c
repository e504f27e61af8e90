/* SPDX-License-Identifier: Apache-2.0 */
/* Guest Count (root's plus GTOffset) and guest Compare, which has no interrupt line. */
#include "vz.h"

#define K STATUS_CU0
#define CORE_TIMER 1 /* bit of IRQ 0 in IFS0 */

/* Guest Count by `code` lies between root's Count before and after, plus GTOffset. */
static void reads_count(const char *name, const uint32_t *code, uint32_t offset) {
  SET_CP0(GTOFFSET, offset);
  SET_GUEST_CP0(STATUS, K);
  uint32_t before = CP0(COUNT);
  guest(code);
  uint32_t after = CP0(COUNT);
  uint32_t found = GUEST_GPR(2);
  test(name);
  exited(GEXC_HC, code + 1);
  same("not before root's", found - offset - before < 0x80000000, 1);
  same("not after root's", after - (found - offset) < 0x80000000, 1);
  done();
}

static void offsets(void) {
  defaults();
  reads_count("guest Count with GTOffset 0", CODE("mfc0 $2, $9"), 0);
  reads_count("guest Count with GTOffset", CODE("mfc0 $2, $9"), 0x12345678);
  reads_count("guest Count with a negative GTOffset", CODE("mfc0 $2, $9"), 0xFFFF0000);
  reads_count("RDHWR CC in the guest with GTOffset", CODE("rdhwr $2, $2"), 0x40000000);
  SET_CP0(GTOFFSET, 0x01000000);
  uint32_t before = CP0(COUNT);
  uint32_t found = GUEST_CP0(COUNT);
  uint32_t after = CP0(COUNT);
  test("MFGC0 Count with GTOffset");
  same("not before root's", found - 0x01000000 - before < 0x80000000, 1);
  same("not after root's", after - (found - 0x01000000) < 0x80000000, 1);
  done();
}

static void pass(uint32_t counts) {
  uint32_t start = CP0(COUNT);
  while (CP0(COUNT) - start < counts) {
  }
}

static void compare(void) {
  defaults();
  SET_CP0(COMPARE, CP0(COUNT) - 1);
  CLR(IFS(0)) = CORE_TIMER;
  SET_CP0(GTOFFSET, 0x5000);
  SET_GUEST_CP0(COMPARE, GUEST_CP0(COUNT) + 2000);
  test("guest Compare does not match early");
  pass(500);
  same("guest TI", GUEST_CP0(CAUSE) >> 30 & 1, 0);
  done();
  pass(2000);
  test("guest Compare sets guest TI and nothing else");
  same("guest TI", GUEST_CP0(CAUSE) >> 30 & 1, 1);
  same("root TI", CP0(CAUSE) >> 30 & 1, 0);
  same("IFS0.CTIF", IFS(0) & CORE_TIMER, 0);
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_IE);
  runs("no line from guest TI to the guest", CODE("nop\n\tnop\n\tnop\n\tnop"), 4);
  is("the guest sees TI", GUEST_CP0(CAUSE) >> 30 & 1, 1);
  SET_GUEST_CP0(STATUS, K);
  runs("MTC0 Compare in the guest", CODE("mfc0 $2, $9\n\tmtc0 $2, $11"), 2);
  is("MTC0 Compare clears guest TI", GUEST_CP0(CAUSE) >> 30 & 1, 0);
  SET_GUEST_CP0(COMPARE, GUEST_CP0(COUNT) + 0x8000);
  SET_CP0(GTOFFSET, 0x5000 + 0x7000);
  pass(0x1800);
  is("GTOffset moves the guest's match", GUEST_CP0(CAUSE) >> 30 & 1, 1);
}

static void by_root(void) {
  defaults();
  SET_GUEST_CP0(CAUSE, CAUSE_IV | CAUSE_TI);
  is("root sets guest Cause.TI", GUEST_CP0(CAUSE) >> 30 & 1, 1);
  SET_GUEST_CP0(CAUSE, CAUSE_IV);
  is("root clears guest Cause.TI", GUEST_CP0(CAUSE) >> 30 & 1, 0);
  SET_CP0(CAUSE, CP0(CAUSE) | CAUSE_DC);
  uint32_t root = CP0(COUNT);
  uint32_t of_guest = GUEST_CP0(COUNT);
  for (volatile int i = 0; i < 50; i++) {
  }
  test("root Cause.DC stops both Counts");
  same("root Count", CP0(COUNT), root);
  same("guest Count", GUEST_CP0(COUNT), of_guest);
  done();
  SET_CP0(CAUSE, CP0(CAUSE) & ~CAUSE_DC);
}

void timer_checks(void) {
  offsets();
  compare();
  by_root();
  defaults();
}
