/* SPDX-License-Identifier: Apache-2.0 */
/* The interrupt guest on the chipKIT WiFire: LD2 on RB11, LD3 on RD4, LD4 on RG15. */
#include "regs.h"

#include "blink.h"
#include "cpu.h"
#include "uart.h"

static const struct led leds[3] = {{PORT_B, 11}, {PORT_D, 4}, {PORT_G, 15}};

int main(void) {
  uart_open();
  print_cpu_configuration();
  blink(leds);
}
