/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels: each does its work `rounds` times and gives a checksum of what it computed. */
#ifndef VZRIG_GUEST_KERNELS_H
#define VZRIG_GUEST_KERNELS_H

#include <stdint.h>

/* What the kernels share for their data: 4 * 20 KiB. */
#define POOL_WORDS 20480
extern uint32_t pool[POOL_WORDS];

/* A pseudo-random sequence (Marsaglia's xorshift). */
static inline uint32_t next_random(uint32_t x) {
  x ^= x << 13;
  x ^= x >> 17;
  return x ^ x << 5;
}

uint32_t sieve(uint32_t rounds);
uint32_t crc32(uint32_t rounds);
uint32_t matrix(uint32_t rounds);
uint32_t quicksort(uint32_t rounds);
uint32_t list_walk(uint32_t rounds);
uint32_t recursion(uint32_t rounds);
uint32_t bytecode(uint32_t rounds);
uint32_t strings(uint32_t rounds);
uint32_t nbody(uint32_t rounds);
uint32_t fft(uint32_t rounds);
uint32_t soft_float(uint32_t rounds);
uint32_t port_writes(uint32_t rounds);
uint32_t port_reads(uint32_t rounds);
uint32_t syscalls(uint32_t rounds);
uint32_t ping_pong(uint32_t rounds);
uint32_t exits(uint32_t rounds);
uint32_t blink(uint32_t rounds);

#endif
