/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The FPU guest: computes with the FPU and the DSP unit and prints every result. Then, five times a
 * second, it fills both units' registers with new values, sleeps, so that other guests may use the
 * units, and prints "+" when the registers have kept their values, "!" when they have not.
 */
#include "board.h"
#include "fpu.h"
#include "irq.h"
#include "regs.h"
#include "timer.h"
#include "uart.h"

#define BEAT (200 * COUNTS_PER_MS)
#define SYMBOLS_PER_LINE 32

static struct unit_state before, after;

void check(const char *name, uint64_t value, uint64_t expected) {
  put_string("fpu: ");
  put_string(name);
  put_string(" = ");
  put_hex((uint32_t)(value >> 32));
  put_hex((uint32_t)value);
  put_string(value == expected ? " ok\n" : " WRONG\n");
}

static void enable_units(void) {
  WRITE_CP0(CP0_STATUS, STATUS_CU0 | STATUS_CU1 | STATUS_FR | STATUS_MX);
}

static void fill(uint32_t seed) {
  uint32_t *words = (uint32_t *)&before;
  for (unsigned i = 0; i < sizeof before / 4; i++) words[i] = seed = seed * 1664525 + 1013904223;
}

static int kept(void) {
  const uint32_t *is = (const uint32_t *)&after;
  const uint32_t *was = (const uint32_t *)&before;
  for (unsigned i = 0; i < sizeof before / 4; i++) {
    if (is[i] != was[i]) return 0;
  }
  return 1;
}

int main(void) {
  uart_open();
  put_string("-\n");
  enable_units();
  check("first", fpu_first(0x400921FB54442D18), 0x400921FB54442D18);
  check("first dsp", dsp_first(0x7FFF0001, 0x00010001), 0x7FFF0002);
  check_fpu();
  check_dsp();
  irq_enable(IRQ_CORE_TIMER, 3);
  uint32_t beat = READ_CP0(CP0_COUNT);
  for (unsigned n = 1;; n++) {
    fill(READ_CP0(CP0_COUNT));
    beat = next_beat(beat, BEAT);
    WRITE_CP0(CP0_COMPARE, beat);
    hold(&before, &after);
    irq_clear(IRQ_CORE_TIMER);
    put_char(kept() ? '+' : '!');
    if (n % SYMBOLS_PER_LINE == 0) put_string("\n");
  }
}
