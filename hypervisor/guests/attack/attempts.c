/* SPDX-License-Identifier: Apache-2.0 */
#include "attack.h"
#include "regs.h"

volatile struct fault fault;

extern char __stack_top[];

uint32_t behind_own_ram(void) { return (uint32_t)__stack_top & 0x1FFFFFFF; }

struct verdict try_read(uint32_t address) {
  uint32_t value = probe_lw(address);
  return unless_faulted(gained("read", value));
}

struct verdict try_write(uint32_t address, uint32_t value) {
  probe_sw(address, value);
  if (fault.count) return unless_faulted(blocked(""));
  uint32_t now = probe_lw(address);
  return unless_faulted(now == value ? gained("wrote", now) : blocked("write ignored"));
}

struct verdict try_change(uint32_t address, uint32_t value) {
  uint32_t before = probe_lw(address);
  if (fault.count) return unless_faulted(blocked(""));
  probe_sw(address, before == value ? ~value : value);
  uint32_t now = probe_lw(address);
  if (now != before) return gained("changed to", now);
  return unless_faulted(blocked("write ignored"));
}

struct verdict try_call(uint32_t address) {
  probe_call(address);
  fault.resume = 0;
  return unless_faulted(gained("executed", address));
}
