/* SPDX-License-Identifier: Apache-2.0 */
/* The interrupt guest on the Olimex PIC32-EMZ64: green RB8, yellow RB9, red RB10. */
#include "regs.h"

#include "blink.h"
#include "cpu.h"
#include "uart.h"

static const struct led leds[3] = {{PORT_B, 8}, {PORT_B, 9}, {PORT_B, 10}};

int main(void) {
  uart_open();
  print_cpu_configuration();
  blink(leds);
}
