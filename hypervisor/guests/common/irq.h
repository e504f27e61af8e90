/* SPDX-License-Identifier: Apache-2.0 */
/* One interrupt of the interrupt controller, by its number in the data sheet's table. */
#ifndef VZRIG_GUEST_IRQ_H
#define VZRIG_GUEST_IRQ_H

#include "regs.h"

#define IRQ_BIT(irq) (1u << ((irq) % 32))

static inline int irq_flag(unsigned irq) { return (IFS(irq / 32) & IRQ_BIT(irq)) != 0; }

static inline void irq_clear(unsigned irq) { CLR(IFS(irq / 32)) = IRQ_BIT(irq); }

/* Enables the interrupt with a priority (1..6) at VECTOR_INTERRUPT. */
static inline void irq_enable(unsigned irq, unsigned priority) {
  unsigned shift = 8 * (irq % 4);
  CLR(IPC(irq / 4)) = 0x1Fu << shift;
  SET(IPC(irq / 4)) = priority << 2 << shift;
  OFF(irq) = VECTOR_INTERRUPT;
  irq_clear(irq);
  SET(IEC(irq / 32)) = IRQ_BIT(irq);
}

#endif
