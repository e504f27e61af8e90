/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VZRIG_GUEST_FPU_H
#define VZRIG_GUEST_FPU_H

#include <stdint.h>

/* Prints a result of up to 64 bits, and "ok" or what was expected instead. */
void check(const char *name, uint64_t value, uint64_t expected);

/* Computes with the FPU and prints each result. */
void check_fpu(void);

/* Computes with the DSP unit and prints each result. */
void check_dsp(void);

/* ---- in assembly ---- */

/* A double made by the first FPU instruction after FCSR: mtc1, mthc1, then the value comes back. */
uint64_t fpu_first(uint64_t bits);

/* The first DSP instruction: adds two pairs of fractions with saturation. */
uint32_t dsp_first(uint32_t a, uint32_t b);

/* What a context switch has to keep of one guest. */
struct unit_state {
  uint64_t fpr[32];
  uint32_t lo[4]; /* accumulators ac0 to ac3 */
  uint32_t hi[4];
};

/*
 * Loads FPU registers and accumulators, executes WAIT, which lets other guests run, and stores what
 * the registers hold then.
 */
void hold(const struct unit_state *before, struct unit_state *after);

#endif
