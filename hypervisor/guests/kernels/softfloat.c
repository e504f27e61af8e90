/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Double-precision arithmetic with integer instructions, as a compiler's library has it for cores
 * without an FPU: normal numbers and zero, rounded to nearest even.
 */
#include "kernels.h"

typedef uint64_t number;

#define FRACTION ((1ull << 52) - 1)
#define HIDDEN (1ull << 52)

static int exponent(number a) { return (int)(a >> 52) & 0x7FF; }
static number sign(number a) { return a & 1ull << 63; }
static uint64_t significand(number a) { return (a & FRACTION) | HIDDEN; }

/* `value` has its leading one at bit 62 when the exponent is right; ten bits are rounded away. */
static number rounded(number sign_bit, int exp, uint64_t value) {
  while (!(value >> 62)) {
    value <<= 1;
    exp--;
  }
  uint64_t odd = value >> 10 & 1;
  value = (value + 0x1FF + odd) >> 10;
  return sign_bit + ((uint64_t)(exp - 1) << 52) + value;
}

static __attribute__((noinline)) number add(number a, number b) {
  if (!(a << 1)) return b;
  if (!(b << 1)) return a;
  if (a << 1 < b << 1) {
    number t = a;
    a = b;
    b = t;
  }
  int distance = exponent(a) - exponent(b);
  uint64_t x = significand(a) << 9, y = significand(b) << 9;
  if (distance > 60) {
    y = 1;
  } else if (distance > 0) {
    uint64_t lost = y << (64 - distance);
    y = y >> distance | (lost != 0);
  }
  if (sign(a) == sign(b)) return rounded(sign(a), exponent(a) + 1, x + y);
  return x == y ? 0 : rounded(sign(a), exponent(a) + 1, x - y);
}

static __attribute__((noinline)) number multiply(number a, number b) {
  number s = sign(a ^ b);
  if (!(a << 1) || !(b << 1)) return s;
  uint64_t x = significand(a) << 5, y = significand(b) << 5;
  uint32_t xh = (uint32_t)(x >> 32), xl = (uint32_t)x, yh = (uint32_t)(y >> 32), yl = (uint32_t)y;
  uint64_t low = (uint64_t)xl * yl, m1 = (uint64_t)xh * yl, m2 = (uint64_t)xl * yh;
  uint64_t middle = (low >> 32) + (uint32_t)m1 + (uint32_t)m2;
  uint64_t high = (uint64_t)xh * yh + (m1 >> 32) + (m2 >> 32) + (middle >> 32);
  uint64_t lost = middle << 32 | (uint32_t)low;
  /* x and y lead with bit 57, so their product with bit 114 or 115, which is 50 or 51 of high */
  return rounded(s, exponent(a) + exponent(b) - 1022, high << 11 | lost >> 53 | (lost << 11 != 0));
}

static __attribute__((noinline)) number divide(number a, number b) {
  number s = sign(a ^ b);
  if (!(a << 1)) return s;
  uint64_t x = significand(a), y = significand(b), quotient = 0;
  for (int bit = 0; bit < 56; bit++) {
    quotient <<= 1;
    if (x >= y) {
      x -= y;
      quotient |= 1;
    }
    x <<= 1;
  }
  return rounded(s, exponent(a) - exponent(b) + 1023, quotient << 7 | (x != 0));
}

static number from_integer(uint32_t value) {
  return value ? rounded(0, 1023 + 62, value) : 0;
}

/* Horner's scheme and Newton's iteration: a mixture of all four. */
uint32_t soft_float(uint32_t rounds) {
  number sum = 0, half = divide(from_integer(1), from_integer(2));
  for (uint32_t i = 1; i <= rounds; i++) {
    number x = from_integer(i), root = x, value = sum;
    for (int k = 0; k < 4; k++) root = multiply(half, add(root, divide(x, root)));
    for (uint32_t k = 1; k < 8; k++) value = add(multiply(value, half), from_integer(k));
    sum = add(value, root);
  }
  return (uint32_t)(sum >> 32) ^ (uint32_t)sum;
}
