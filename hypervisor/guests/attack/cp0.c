/* SPDX-License-Identifier: Apache-2.0 */
/* Root's CP0 registers, and the parts of the guest's own that reach the whole core. */
#include "regs.h"

#include "attack.h"

#define ALL_RIGHTS 0x9EC00000
#define STATUS_CU2 0x40000000
#define CONFIG_K0 7
#define SRSCTL_PSS (1 << 6)
#define SPINS 1000

#define TEXT_(x) #x
#define TEXT(x) TEXT_(x)
#define READ(reg, sel) PROBE_VALUE("mfc0 %0, $" TEXT(reg) ", " TEXT(sel))
#define WRITE(reg, sel, value) PROBE_USE("mtc0 %0, $" TEXT(reg) ", " TEXT(sel), value)

/* A register of root's: it may neither show anything nor take anything. */
#define TRY_ROOT_REGISTER(reg, sel, value)                                      \
  ({                                                                            \
    uint32_t before = READ(reg, sel);                                           \
    WRITE(reg, sel, value);                                                     \
    uint32_t now = READ(reg, sel);                                              \
    before || now ? gained("register", before | now)                            \
                  : unless_faulted(blocked("reads as zero, write ignored"));    \
  })

/* A register that has to stay as it is. */
#define TRY_CHANGE(reg, sel, flip)                                              \
  ({                                                                            \
    uint32_t before = READ(reg, sel);                                           \
    WRITE(reg, sel, before ^ (flip));                                           \
    uint32_t now = READ(reg, sel);                                              \
    now != before ? gained("changed to", now) : unless_faulted(blocked("write ignored")); \
  })

struct verdict guestctl0_read(void) {
  uint32_t value = READ(12, 6);
  return value ? gained("GuestCtl0", value) : unless_faulted(blocked("reads as zero"));
}

/* Root mode itself: GuestCtl0 without GM. */
struct verdict guestctl0_write(void) { return TRY_ROOT_REGISTER(12, 6, ALL_RIGHTS); }

struct verdict guestctl0ext_write(void) { return TRY_ROOT_REGISTER(11, 4, 0); }

/* Another guest's identity. */
struct verdict guestctl1_write(void) { return TRY_ROOT_REGISTER(10, 4, 0x00020002); }

struct verdict guestctl2_write(void) { return TRY_ROOT_REGISTER(10, 5, 0x07000200); }

/* Root's shadow register set. */
struct verdict guestctl3_write(void) { return TRY_ROOT_REGISTER(10, 6, 0); }

struct verdict gtoffset_write(void) { return TRY_ROOT_REGISTER(12, 7, 0x12345678); }

struct verdict mfgc0(void) {
  uint32_t value = PROBE_VALUE("mfgc0 %0, $12, 0");
  return unless_faulted(gained("executed", value));
}

struct verdict mtgc0(void) {
  PROBE_USE("mtgc0 %0, $12, 0", STATUS_CU0);
  return unless_faulted(gained("executed", 0));
}

struct verdict tlbgr(void) {
  PROBE("tlbgr");
  return unless_faulted(gained("executed", 0));
}

struct verdict tlbgwi(void) {
  PROBE("tlbgwi");
  return unless_faulted(gained("executed", 0));
}

struct verdict tlbginvf(void) {
  PROBE("tlbginvf");
  return unless_faulted(gained("executed", 0));
}

struct verdict config_write(void) { return TRY_CHANGE(16, 0, CONFIG_K0); }

/* Status bits that only hardware and root set. */
struct verdict status_nmi(void) {
  WRITE(12, 0, STATUS_CU0 | STATUS_SR | STATUS_NMI);
  uint32_t now = READ(12, 0);
  WRITE(12, 0, STATUS_CU0);
  if (now & (STATUS_SR | STATUS_NMI)) return gained("Status", now);
  return unless_faulted(blocked("bits ignored"));
}

struct verdict status_cu2(void) {
  WRITE(12, 0, STATUS_CU0 | STATUS_CU2);
  uint32_t now = READ(12, 0);
  WRITE(12, 0, STATUS_CU0);
  if (now & STATUS_CU2) return gained("Status", now);
  return unless_faulted(blocked("bits ignored"));
}

/* Cause.DC stops Count, which everybody's time comes from. */
struct verdict cause_dc(void) {
  WRITE(13, 0, CAUSE_IV | CAUSE_DC);
  uint32_t start = READ_CP0(CP0_COUNT);
  for (int i = 0; i < SPINS; i++) __asm__ volatile("nop");
  uint32_t end = READ_CP0(CP0_COUNT);
  WRITE(13, 0, CAUSE_IV);
  if (end == start) return gained("Count stands at", end);
  return unless_faulted(blocked("Count runs on"));
}

/* The stack pointer of another register set, which belongs to another guest or to root. */
struct verdict shadow_set(void) {
  WRITE(12, 2, SRSCTL_PSS);
  uint32_t srsctl = READ(12, 2);
  uint32_t other = PROBE_VALUE("rdpgpr %0, $29");
  WRITE(12, 2, 0);
  if (srsctl & SRSCTL_PSS) return gained("other set's sp", other);
  return unless_faulted(blocked("write ignored"));
}

/* With SRSCtl as the guest sees it, the previous set is its own. */
struct verdict rdpgpr(void) {
  uint32_t sp = PROBE_VALUE("move %0, $29");
  uint32_t previous = PROBE_VALUE("rdpgpr %0, $29");
  if (fault.count || previous == sp) return unless_faulted(blocked("own registers"));
  return gained("other set's sp", previous);
}

struct verdict cdmm_write(void) { return TRY_CHANGE(15, 2, 0x400); }

struct verdict watch_write(void) { return TRY_CHANGE(18, 0, 0xFFFFFFFF); }

struct verdict perf_write(void) { return TRY_CHANGE(25, 0, 0x1F); }

struct verdict debug_write(void) { return TRY_CHANGE(23, 0, 0x100); }
