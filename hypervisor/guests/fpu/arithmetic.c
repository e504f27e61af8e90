/* SPDX-License-Identifier: Apache-2.0 */
/* Floating point whose results every IEEE 754 unit agrees on. */
#include "fpu.h"

/* Hides a value from the compiler, which would compute with it otherwise. */
static double hide(double d) {
  __asm__ volatile("" : "+f"(d));
  return d;
}

static float hide_f(float f) {
  __asm__ volatile("" : "+f"(f));
  return f;
}

static uint64_t bits(double d) {
  union {
    double d;
    uint64_t u;
  } value = {d};
  return value.u;
}

static uint32_t bits_f(float f) {
  union {
    float f;
    uint32_t u;
  } value = {f};
  return value.u;
}

/* The first terms of 4 - 4/3 + 4/5 - ...: adds, divides and compares. */
static double leibniz(int terms) {
  double sum = 0;
  double sign = 4;
  for (int k = 0; k < terms; k++, sign = -sign) sum += sign / (2 * k + 1);
  return sum;
}

void check_fpu(void) {
  double one = hide(1), two = hide(2), three = hide(3), ten = hide(10);
  double minus_2_7 = hide(-2.7), big = hide(1e300);
  check("add", bits(one / ten + two / ten), 0x3FD3333333333334);
  check("sub", bits(one - one / ten), 0x3FECCCCCCCCCCCCD);
  check("mul", bits(minus_2_7 * minus_2_7), 0x401D28F5C28F5C2A);
  check("div", bits(one / three), 0x3FD5555555555555);
  check("sqrt", bits(__builtin_sqrt(two)), 0x3FF6A09E667F3BCD);
  check("single", bits_f(hide_f(1) / hide_f(3)), 0x3EAAAAAB);
  check("trunc", (uint32_t)(int32_t)minus_2_7, 0xFFFFFFFE);
  check("infinity", bits(big * big), 0x7FF0000000000000);
  check("compare", minus_2_7 < one && !(big < one), 1);
  check("pi", bits(leibniz(1000)), 0x40091FEF0A9265EB);
}
