/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel.h"

#define WORDS 256
#define N 16

static uint32_t words[WORDS];
static uint32_t a[N][N], b[N][N], product[N][N];

static uint32_t xorshift(uint32_t x) {
  x ^= x << 13;
  x ^= x >> 17;
  return x ^ x << 5;
}

static void fill(void) {
  uint32_t x = 0x2545F491;
  for (int i = 0; i < WORDS; i++) words[i] = x = xorshift(x);
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) {
      a[i][j] = words[(i * N + j) % WORDS] >> 8;
      b[j][i] = words[(i + j * 7) % WORDS] >> 4;
    }
  }
}

static void sort(void) {
  static const uint8_t gaps[] = {109, 49, 22, 10, 4, 1};
  for (unsigned g = 0; g < sizeof gaps; g++) {
    int gap = gaps[g];
    for (int i = gap; i < WORDS; i++) {
      uint32_t word = words[i];
      int j = i;
      for (; j >= gap && words[j - gap] > word; j -= gap) words[j] = words[j - gap];
      words[j] = word;
    }
  }
}

static void multiply(void) {
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) {
      uint32_t sum = 0;
      for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
      product[i][j] = sum;
    }
  }
}

static uint32_t crc32(uint32_t crc, const uint8_t *bytes, int length) {
  for (int i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (0xEDB88320 & -(crc & 1));
  }
  return crc;
}

uint32_t kernel_pass(void) {
  fill();
  sort();
  multiply();
  uint32_t crc = crc32(0xFFFFFFFF, (const uint8_t *)words, sizeof words);
  return ~crc32(crc, (const uint8_t *)product, sizeof product);
}
