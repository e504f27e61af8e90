/* SPDX-License-Identifier: Apache-2.0 */
/* Other code as a subroutine of root's: it runs until the first root exception. */
#ifndef VZRIG_FIRMWARE_RUN_H
#define VZRIG_FIRMWARE_RUN_H

#include <stdint.h>

/*
 * Root's registers as the exception left them, in the order in which run.S stores them; hi and lo
 * are also what the code starts with.
 */
struct outcome {
  uint32_t vector, status, cause, epc, badvaddr, badinstr, badinstrp, guestctl0, guestctl2, srsctl;
  uint32_t entryhi, context, nestedepc, nestedexc, errorepc, hi, lo;
};
extern volatile struct outcome outcome;

/* Whether run() has been left for other code. */
extern volatile uint32_t running;

/*
 * Runs the code at an address in a register set other than 0, in guest mode when guestctl0 has GM,
 * with root Status as given. Root's own code has Status = CU0 | CU1 | MX afterwards.
 */
void run(const void *code, uint32_t guestctl0, uint32_t status, uint32_t set);

/* Called for an exception in root's own code; must not return. */
_Noreturn void unexpected(void);

#endif
