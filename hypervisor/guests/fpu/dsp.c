/* SPDX-License-Identifier: Apache-2.0 */
/* Fractions, packed bytes and accumulators of the DSP unit (revision 2). */
#include "fpu.h"

typedef int16_t q15x2 __attribute__((vector_size(4)));
typedef int8_t u8x4 __attribute__((vector_size(4)));

/* Hides a value from the compiler, which would compute with it otherwise. */
static uint32_t hide(uint32_t word) {
  __asm__ volatile("" : "+r"(word));
  return word;
}

static q15x2 q15(uint32_t word) { return (q15x2)word; }

void check_dsp(void) {
  uint32_t fractions = hide(0x7000C000), others = hide(0x2000A000), bytes = hide(0x10FF8001);
  check("addq_s", (uint32_t)__builtin_mips_addq_s_ph(q15(fractions), q15(others)), 0x7FFF8000);
  check("ouflag", __builtin_mips_rddsp(8) >> 20 & 1, 1);
  check("addu_s", (uint32_t)__builtin_mips_addu_s_qb((u8x4)bytes, (u8x4)bytes), 0x20FFFF02);
  check("bitrev", (uint32_t)__builtin_mips_bitrev((int)hide(0x1234)), 0x00002C48);
  check("dpaq_s", (uint64_t)__builtin_mips_dpaq_s_w_ph(0x100, q15(fractions), q15(others)),
      0x4C000100);
  check("extr", (uint32_t)__builtin_mips_extr_w(0x123456789ABCLL, 8), 0x3456789A);
  check("shilo", (uint64_t)__builtin_mips_shilo(0x123456789ABCLL, -8), 0x123456789ABC00);
}
