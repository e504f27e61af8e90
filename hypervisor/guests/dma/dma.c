/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The DMA guest: every three seconds DMA channel 0 copies the first 16 KiB of the guest's RAM to
 * 8000, the guest compares a fresh pattern with its copy, toggles LD1 and prints its symbol when the
 * copy is right, "!" when it is not. A received character becomes the new symbol.
 *
 * The DMA controller uses physical addresses, so the guest's RAM has to be where the guest sees it:
 * guest-physical 0 is physical 0, as the "dma" line of the configuration says.
 */
#include "board.h"
#include "irq.h"
#include "regs.h"
#include "timer.h"
#include "uart.h"

#define RAM 0xA0000000 /* physical 0 through KSEG1 */
#define SOURCE 0x0000
#define DESTINATION 0x8000
#define SIZE 0x4000
#define PATTERN_WORDS 0x800
#define BEAT (3000 * COUNTS_PER_MS)
#define SYMBOLS_PER_LINE 32

static volatile uint32_t pattern[PATTERN_WORDS];
static char symbol;

static void poll_console(void) {
  for (int c = receive(); c >= 0; c = receive()) symbol = (char)c;
}

static void fill_pattern(uint32_t seed) {
  for (int i = 0; i < PATTERN_WORDS; i++) pattern[i] = seed = seed * 1664525 + 1013904223;
}

static int copy_is_right(void) {
  uintptr_t offset = (uintptr_t)pattern & (SIZE - 1);
  const volatile uint32_t *copy = (const volatile uint32_t *)(RAM + DESTINATION + offset);
  for (int i = 0; i < PATTERN_WORDS; i++) {
    if (copy[i] != pattern[i]) return 0;
  }
  return 1;
}

/* Starts the copy and sleeps until its interrupt is there; returns the channel's flags. */
static uint32_t copy(void) {
  SET(DMACON) = DMACON_ON;
  DCHxCON(0) = 0;
  DCHxECON(0) = 0;
  DCHxSSA(0) = SOURCE;
  DCHxDSA(0) = DESTINATION;
  DCHxSSIZ(0) = SIZE;
  DCHxDSIZ(0) = SIZE;
  DCHxCSIZ(0) = SIZE;
  DCHxINT(0) = DCHxINT_CHERIE | DCHxINT_CHBCIE;
  SET(DCHxCON(0)) = DCHxCON_CHEN;
  SET(DCHxECON(0)) = DCHxECON_CFORCE;
  while (!irq_flag(IRQ_DMA0)) wait_for_interrupt();
  uint32_t flags = DCHxINT(0) & DCHxINT_FLAGS;
  CLR(DCHxINT(0)) = DCHxINT_FLAGS;
  irq_clear(IRQ_DMA0);
  return flags;
}

int main(void) {
  uart_open();
  put_string("-\n");
  put_register("Config3", MFC0(16, 3));
  put_register("Config7", MFC0(16, 7));
  CLR(LATx(LED_PORT)) = 1 << LED_PIN;
  CLR(TRISx(LED_PORT)) = 1 << LED_PIN;
  irq_enable(IRQ_CORE_TIMER, 3);
  irq_enable(IRQ_DMA0, 3);
  symbol = '#';
  uint32_t beat = READ_CP0(CP0_COUNT);
  for (unsigned n = 1;; n++) {
    fill_pattern(n);
    uint32_t flags = copy();
    int right = !(flags & DCHxINT_CHERIF) && (flags & DCHxINT_CHBCIF) && copy_is_right();
    INV(LATx(LED_PORT)) = 1 << LED_PIN;
    beat = next_beat(beat, BEAT);
    sleep_until(beat, poll_console);
    put_char(right ? symbol : '!');
    if (n % SYMBOLS_PER_LINE == 0) put_string("\n");
  }
}
