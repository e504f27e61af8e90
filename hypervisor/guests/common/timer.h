/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waiting on the core timer with interrupts off: Compare raises Cause.TI and ends WAIT, and nobody
 * takes the interrupt. The caller enables IRQ_CORE_TIMER first.
 */
#ifndef VZRIG_GUEST_TIMER_H
#define VZRIG_GUEST_TIMER_H

#include <stdint.h>

/* Counts of the Count register in a millisecond. */
#define COUNTS_PER_MS (COUNT_HZ / 1000)

/*
 * The next beat of a period (in counts, below 2^31) after the last one, without drift; a beat that
 * is already over starts the row anew from now.
 */
uint32_t next_beat(uint32_t last, uint32_t period);

/* Sleeps until Count reaches the deadline, and calls the function after each time WAIT ends. */
void sleep_until(uint32_t deadline, void (*awake)(void));

#endif
