/* SPDX-License-Identifier: Apache-2.0 */
/* Keeping the processor or the console for itself. What the others get shows in their beat. */
#include "irq.h"
#include "regs.h"
#include "timer.h"
#include "uart.h"

#include "attack.h"

#define TWO_SECONDS (2 * COUNT_HZ)
#define FLOOD_LINES 64
#define FLOOD_COLUMNS 64
#define WORDS 7

static struct verdict over(void) { return unless_faulted(blocked("over, see the others' beat")); }

struct verdict spin(void) {
  uint32_t start = READ_CP0(CP0_COUNT);
  while (READ_CP0(CP0_COUNT) - start < TWO_SECONDS) {
    for (int i = 0; i < 100000; i++) __asm__ volatile("nop");
  }
  return over();
}

/* A timer interrupt every few instructions. */
struct verdict timer_flood(void) {
  irq_enable(IRQ_CORE_TIMER, 6);
  uint32_t start = READ_CP0(CP0_COUNT);
  uint32_t now = start;
  while (now - start < TWO_SECONDS) {
    WRITE_CP0(CP0_COMPARE, now + 200);
    irq_clear(IRQ_CORE_TIMER);
    now = READ_CP0(CP0_COUNT);
  }
  CLR(IEC(0)) = IRQ_BIT(IRQ_CORE_TIMER);
  return over();
}

struct verdict console_flood(void) {
  for (int line = 0; line < FLOOD_LINES; line++) {
    for (int column = 0; column < FLOOD_COLUMNS; column++) put_char('~');
    put_string("\n");
  }
  return over();
}

/* Sleeps with nothing that could end it. */
struct verdict wait_forever(void) {
  for (int word = 0; word < WORDS; word++) CLR(IEC(word)) = 0xFFFFFFFF;
  wait_for_interrupt();
  return over();
}
