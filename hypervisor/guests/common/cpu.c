/* SPDX-License-Identifier: Apache-2.0 */
#include "cpu.h"

#include "regs.h"
#include "uart.h"

void print_cpu_configuration(void) {
  put_string("-\n");
  put_register("Config", MFC0(16, 0));
  put_register("Config1", MFC0(16, 1));
  put_register("Config2", MFC0(16, 2));
  put_register("Config3", MFC0(16, 3));
  put_register("Config4", MFC0(16, 4));
  put_register("Config5", MFC0(16, 5));
  put_register("Config7", MFC0(16, 7));
}
