/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The polling guest: never takes an interrupt. It prints the chip's configuration, then toggles LD1
 * once a second and prints its symbol; a received character becomes the new symbol. Between the
 * beats it sleeps in WAIT with interrupts off.
 */
#include "board.h"
#include "irq.h"
#include "regs.h"
#include "timer.h"
#include "uart.h"

#define BEAT (1000 * COUNTS_PER_MS)
#define SYMBOLS_PER_LINE 32

static char symbol;

static void print_configuration(void) {
  put_string("-\n");
  put_register("DEVID", DEVID);
  DEVID = 0; /* read-only in silicon, and the configuration asks for such writes to be ignored */
  put_register("OSCCON", OSCCON);
  put_register("DEVCFG0", DEVCFG0);
  put_register("DEVCFG1", DEVCFG1);
  put_register("DEVCFG2", DEVCFG2);
  put_register("DEVCFG3", DEVCFG3);
  put_register("CFGCON", CFGCON);
}

static void poll_console(void) {
  for (int c = receive(); c >= 0; c = receive()) symbol = (char)c;
}

int main(void) {
  uart_open();
  print_configuration();
  CLR(LATx(LED_PORT)) = 1 << LED_PIN;
  CLR(TRISx(LED_PORT)) = 1 << LED_PIN;
  irq_enable(IRQ_CORE_TIMER, 3);
  symbol = '#';
  uint32_t beat = READ_CP0(CP0_COUNT);
  for (unsigned n = 1;; n++) {
    INV(LATx(LED_PORT)) = 1 << LED_PIN;
    beat = next_beat(beat, BEAT);
    sleep_until(beat, poll_console);
    put_char(symbol);
    if (n % SYMBOLS_PER_LINE == 0) put_string("\n");
  }
}
