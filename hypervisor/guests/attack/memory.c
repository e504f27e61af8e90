/* SPDX-License-Identifier: Apache-2.0 */
/* Memory of others through the unmapped segments, whose addresses are guest-physical ones. */
#include "attack.h"
#include "regs.h"

#define MARK 0xA77AC4ED
#define JR_RA 0x03E00008

static volatile uint32_t own[4];

/* The control: what the guest owns has to work, or the other cases would mean nothing. */
struct verdict own_ram(void) {
  probe_sw((uint32_t)own, MARK);
  uint32_t value = probe_lw((uint32_t)own);
  return unless_faulted(value == MARK ? blocked("own RAM works") : gained("own RAM lost", value));
}

struct verdict ram_read(void) { return try_read(KSEG1(behind_own_ram())); }

struct verdict ram_write(void) { return try_write(KSEG0(behind_own_ram()), MARK); }

struct verdict root_ram_read(void) { return try_read(KSEG0(ROOT_RAM)); }

struct verdict root_ram_write(void) { return try_write(KSEG1(ROOT_RAM), MARK); }

struct verdict root_code_read(void) { return try_read(KSEG0(ROOT_CODE)); }

struct verdict other_code_read(void) { return try_read(KSEG1(GUEST_CODE)); }

struct verdict own_code_write(void) { return try_change(GUEST_EBASE + 0x100, MARK); }

struct verdict flash_write(void) { return try_write(KSEG1(GUEST_CODE), MARK); }

struct verdict boot_flash_read(void) { return try_read(KSEG1(BOOT_FLASH_1)); }

struct verdict eret_page_read(void) { return try_read(KSEG0(ERET_PAGE)); }

struct verdict kuseg_read(void) { return try_read(ROOT_RAM); }

struct verdict kseg2_read(void) { return try_read(0xC0000000 | ROOT_RAM); }

/* Where a debug probe has its registers in debug mode. */
struct verdict dseg_read(void) { return try_read(0xFF300000); }

struct verdict root_code_call(void) { return try_call(KSEG0(ROOT_CODE)); }

struct verdict eret_page_call(void) { return try_call(KSEG0(ERET_PAGE)); }

struct verdict own_ram_call(void) {
  own[0] = JR_RA;
  own[1] = 0;
  return try_call((uint32_t)own);
}
