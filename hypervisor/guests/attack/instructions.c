/* SPDX-License-Identifier: Apache-2.0 */
/* Instructions that belong to root or a debugger, and units that the guest has not enabled. */
#include "regs.h"

#include "attack.h"

#define CACHE_BYTES 16384
#define CACHE_LINE 16

static uint64_t registers[32];

struct verdict hypcall(void) {
  PROBE("hypcall 0");
  return unless_faulted(blocked("no effect"));
}

struct verdict hypcall_1(void) {
  PROBE("hypcall 1");
  return unless_faulted(blocked("no effect"));
}

struct verdict sdbbp(void) {
  PROBE("sdbbp");
  return unless_faulted(gained("executed", 0));
}

struct verdict deret(void) {
  PROBE("deret");
  return unless_faulted(gained("executed", 0));
}

struct verdict reserved(void) {
  PROBE(".word 0x00000005");
  return unless_faulted(gained("executed", 0));
}

struct verdict cop1(void) {
  uint32_t value = PROBE_VALUE("mfc1 %0, $f0");
  return unless_faulted(gained("read", value));
}

struct verdict cop2(void) {
  uint32_t value = PROBE_VALUE("mfc2 %0, $0");
  return unless_faulted(gained("read", value));
}

struct verdict dsp(void) {
  uint32_t value = PROBE_VALUE("mflo %0, $ac1");
  return unless_faulted(gained("read", value));
}

/* Drops every line of both caches, with what others have not yet written back. */
struct verdict cache_index(void) {
  for (uint32_t line = 0; line < CACHE_BYTES && !fault.count; line += CACHE_LINE) {
    probe_cache_index_store_tag_i(KSEG0(line));
    probe_cache_index_store_tag_d(KSEG0(line));
  }
  return unless_faulted(blocked("no effect that shows"));
}

struct verdict cache_other(void) {
  probe_cache_hit_invalidate(KSEG0(ROOT_RAM));
  probe_cache_index_load_tag(KSEG0(ROOT_RAM));
  uint32_t tag = PROBE_VALUE("mfc0 %0, $28, 0");
  return tag ? gained("tag", tag) : unless_faulted(blocked("no effect that shows"));
}

struct verdict cache_lock(void) {
  probe_cache_lock(KSEG0(ROOT_RAM));
  return unless_faulted(blocked("no effect that shows"));
}

struct verdict synci_other(void) {
  probe_synci(KSEG0(ROOT_CODE));
  return unless_faulted(blocked("no effect that shows"));
}

struct verdict pref_other(void) {
  probe_pref(KSEG0(ROOT_RAM));
  return unless_faulted(blocked("no effect that shows"));
}

static void read_fpu(void) {
  uint64_t *to = registers;
  __asm__ volatile(
      ".set push\n\t.set noreorder\n\t.set hardfloat\n\t.set fp=64\n\t"
      ".irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n\t"
      "sdc1 $f\\n, 8 * \\n(%0)\n\t.endr\n\tnop\n\t.set pop"
      : : "r"(to) : "memory");
}

/* What another guest has left in the FPU. This guest never puts anything there. */
struct verdict fpu_leak(void) {
  PROBE_USE("mtc0 %0, $12, 0", STATUS_CU0 | STATUS_CU1 | STATUS_FR);
  read_fpu();
  WRITE_CP0(CP0_STATUS, STATUS_CU0);
  for (int i = 0; i < 32; i++) {
    uint32_t left = (uint32_t)(registers[i] | registers[i] >> 32);
    if (left) return gained("FPU register", left);
  }
  return unless_faulted(blocked("registers are empty"));
}

struct verdict dsp_leak(void) {
  PROBE_USE("mtc0 %0, $12, 0", STATUS_CU0 | STATUS_MX);
  uint32_t left = PROBE_VALUE("mflo %0, $ac1") | PROBE_VALUE("mfhi %0, $ac1") |
                  PROBE_VALUE("mflo %0, $ac2") | PROBE_VALUE("mfhi %0, $ac2") |
                  PROBE_VALUE("mflo %0, $ac3") | PROBE_VALUE("mfhi %0, $ac3");
  WRITE_CP0(CP0_STATUS, STATUS_CU0);
  return left ? gained("accumulator", left) : unless_faulted(blocked("accumulators are empty"));
}
