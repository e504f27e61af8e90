/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compute guest, a load for benchmarks: repeats one pass of integer work and says every second
 * of virtual time how many passes it made, and the checksum of the last one.
 */
#include "kernel.h"
#include "regs.h"
#include "uart.h"

static void report(uint32_t passes, uint32_t checksum) {
  put_string("compute: ");
  put_decimal(passes);
  put_string(" passes/s, checksum ");
  put_hex(checksum);
  put_string("\n");
}

int main(void) {
  uart_open();
  put_string("-\n");
  for (;;) {
    uint32_t start = READ_CP0(CP0_COUNT);
    uint32_t passes = 0;
    uint32_t checksum;
    do {
      checksum = kernel_pass();
      passes++;
    } while (READ_CP0(CP0_COUNT) - start < COUNT_HZ);
    report(passes, checksum);
  }
}
