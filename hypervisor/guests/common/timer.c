/* SPDX-License-Identifier: Apache-2.0 */
#include "timer.h"

#include "irq.h"
#include "regs.h"

uint32_t next_beat(uint32_t last, uint32_t period) {
  uint32_t now = READ_CP0(CP0_COUNT);
  uint32_t next = last + period;
  return (int32_t)(next - now) > 0 ? next : now + period;
}

void sleep_until(uint32_t deadline, void (*awake)(void)) {
  WRITE_CP0(CP0_COMPARE, deadline);
  do {
    wait_for_interrupt();
    awake();
  } while (!(READ_CP0(CP0_CAUSE) & CAUSE_TI));
  irq_clear(IRQ_CORE_TIMER);
}
