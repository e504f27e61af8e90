/* SPDX-License-Identifier: Apache-2.0 */
/* The interrupt guest on the Microchip DM320007 with MEB-II: red RH0, yellow RH1, green RH2. */
#include "regs.h"

#include "blink.h"
#include "cpu.h"
#include "uart.h"

static const struct led leds[3] = {{PORT_H, 0}, {PORT_H, 1}, {PORT_H, 2}};

int main(void) {
  uart_open();
  print_cpu_configuration();
  blink(leds);
}
