/* SPDX-License-Identifier: Apache-2.0 */
#include "regs.h"

#include "blink.h"
#include "board.h"
#include "irq.h"
#include "timer.h"
#include "uart.h"

#define STEP (100 * COUNTS_PER_MS)
#define SYMBOLS_PER_LINE 32

static volatile char symbol;
static volatile unsigned elapsed;

/* Called by the interrupt vector for both interrupts. */
void interrupt(void) {
  irq_clear(CONSOLE_IRQ_RX); /* before reading, so that a character that comes meanwhile counts */
  for (int c = receive(); c >= 0; c = receive()) symbol = (char)c;
  if (READ_CP0(CP0_CAUSE) & CAUSE_TI) {
    CLR(IEC(0)) = IRQ_BIT(IRQ_CORE_TIMER); /* TI stays set until Compare is written */
    elapsed = 1;
  }
}

static void sleep_with_interrupts(uint32_t deadline) {
  elapsed = 0;
  WRITE_CP0(CP0_COMPARE, deadline);
  irq_clear(IRQ_CORE_TIMER);
  SET(IEC(0)) = IRQ_BIT(IRQ_CORE_TIMER);
  while (!elapsed) {
    wait_for_interrupt();
    take_interrupts();
  }
}

_Noreturn void blink(const struct led leds[3]) {
  for (int i = 0; i < 3; i++) {
    CLR(ANSELx(leds[i].port)) = 1 << leds[i].pin;
    CLR(LATx(leds[i].port)) = 1 << leds[i].pin;
    CLR(TRISx(leds[i].port)) = 1 << leds[i].pin;
  }
  symbol = '.';
  irq_enable(IRQ_CORE_TIMER, 3);
  irq_enable(CONSOLE_IRQ_RX, 3);
  uint32_t beat = READ_CP0(CP0_COUNT);
  for (unsigned n = 1;; n++) {
    for (int i = 0; i < 3; i++) {
      INV(LATx(leds[i].port)) = 1 << leds[i].pin;
      beat = next_beat(beat, STEP);
      sleep_with_interrupts(beat);
    }
    put_char(symbol);
    if (n % SYMBOLS_PER_LINE == 0) put_string("\n");
  }
}
