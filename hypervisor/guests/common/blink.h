/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The interrupt guest of every board: three LEDs in turn, 100 ms each, a symbol after each round,
 * and a received character as the new symbol. Both the timer and the UART come as interrupts.
 */
#ifndef VZRIG_GUEST_BLINK_H
#define VZRIG_GUEST_BLINK_H

#include <stdint.h>

struct led {
  uint8_t port; /* PORT_x */
  uint8_t pin;
};

/* Never returns. Uses the console that is already open. */
_Noreturn void blink(const struct led leds[3]);

#endif
