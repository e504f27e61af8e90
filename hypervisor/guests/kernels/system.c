/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels that leave straight-line code: ports, system calls, interrupts, exits. */
#include "kernels.h"
#include "board.h"

#define PER_ROUND 64
#define HALF_MS 50000 /* of Count */

uint32_t port_writes(uint32_t rounds) {
  volatile uint32_t *port = board.port_out;
  for (uint32_t i = 0; i < rounds * PER_ROUND; i++) *port = i;
  return rounds;
}

uint32_t port_reads(uint32_t rounds) {
  volatile uint32_t *port = board.port_in;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < rounds * PER_ROUND; i++) sum += *port;
  return rounds + (sum & 0);
}

uint32_t syscalls(uint32_t rounds) {
  uint32_t value = 0;
  for (uint32_t i = 0; i < rounds * PER_ROUND; i++) value = system_call(value);
  return value;
}

uint32_t ping_pong(uint32_t rounds) {
  uint32_t before = interrupts;
  interrupts_on();
  for (uint32_t i = 0; i < rounds * PER_ROUND; i++) {
    uint32_t seen = interrupts;
    request_interrupt();
    while (interrupts == seen) {
    }
  }
  interrupts_off();
  return interrupts - before;
}

/* The status of the console: under the hypervisor every look is an exit to root. */
uint32_t exits(uint32_t rounds) {
  volatile uint32_t *status = board.console_status;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < rounds * PER_ROUND; i++) sum += *status;
  return rounds + (sum & 0);
}

/* Toggles the port a thousand times a second, asleep in between. */
uint32_t blink(uint32_t rounds) {
  uint32_t at = timer_open();
  for (uint32_t i = 0; i < rounds; i++) {
    at += HALF_MS;
    timer_wait(at);
    *board.port_out = i & 1;
  }
  return rounds;
}
