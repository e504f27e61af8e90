/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernels need of the machine they find themselves on: a PIC32MZ EF (bare, or as a guest)
 * or QEMU's Malta board. The same image runs on all.
 */
#ifndef VZRIG_GUEST_KERNELS_BOARD_H
#define VZRIG_GUEST_KERNELS_BOARD_H

#include <stdint.h>

struct board {
  volatile uint32_t *port_out;       /* a port that can be written */
  volatile uint32_t *port_in;        /* a port that can be read */
  volatile uint32_t *console_status; /* of the UART */
  volatile uint32_t *interrupt_clear; /* takes interrupt_mask when software's interrupt came */
  uint32_t interrupt_mask;
};

extern struct board board;

/* How many interrupts have come. */
extern volatile uint32_t interrupts;

/* Finds out where it is, and sets up console and vectors. */
void board_open(void);

/* Sends a character; may wait for the one before. */
void board_put(char c);

/* Waits for a character. */
char board_get(void);

/* SYSCALL: value + 1. */
uint32_t system_call(uint32_t value);

void interrupts_on(void);
void interrupts_off(void);

/* Requests software interrupt 0. */
void request_interrupt(void);

/* Starts the core timer; returns Count. */
uint32_t timer_open(void);

/* Sleeps until Count is there. */
void timer_wait(uint32_t count);

#endif
