/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs one kernel for ever. It prints "kernels", a new line and "?", takes the kernel's letter,
 * prints the checksum of its first batch as "=xxxxxxxx", and then "~" after every further batch.
 */
#include "board.h"
#include "kernels.h"

struct kernel {
  char letter;
  uint32_t rounds; /* of a batch */
  uint32_t (*run)(uint32_t rounds);
};

static const struct kernel kernels[] = {
    {'a', 40, sieve},          {'b', 1500, crc32},      {'c', 16, matrix},
    {'d', 40, quicksort},      {'e', 1000, list_walk},  {'f', 150, recursion},
    {'g', 120, bytecode},      {'h', 1000, strings},     {'i', 5000, nbody},
    {'j', 20, fft},            {'k', 10000, soft_float},  {'l', 5000, port_writes},
    {'m', 5000, port_reads},   {'n', 2000, syscalls},   {'o', 1000, ping_pong},
    {'p', 4000, exits},      {'q', 1000, blink},
};

static void put_text(const char *text) {
  while (*text) board_put(*text++);
}

static void put_hex(uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) board_put("0123456789abcdef"[value >> shift & 15]);
}

static void repeat(const struct kernel *kernel) {
  uint32_t checksum = kernel->run(kernel->rounds);
  put_text("=");
  put_hex(checksum);
  put_text("\n");
  for (;;) {
    kernel->run(kernel->rounds);
    board_put('~');
  }
}

int main(void) {
  board_open();
  put_text("kernels\n?");
  for (;;) {
    char letter = board_get();
    for (unsigned i = 0; i < sizeof kernels / sizeof *kernels; i++) {
      if (kernels[i].letter == letter) repeat(&kernels[i]);
    }
  }
}
