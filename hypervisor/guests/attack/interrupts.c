/* SPDX-License-Identifier: Apache-2.0 */
/* Interrupts of others through the interrupt controller. */
#include "board.h"
#include "regs.h"

#include "attack.h"

#define AT(reg) ((uint32_t) & (reg))
#define WORDS 7
#define PRIORITY_TOO_HIGH 7
#define BEYOND 0xBF810FF0

/* Interrupts that this guest may have: core timer, UART4, and DMA0 in attack-dma.config. */
static uint32_t owned(int word) {
  return word == 0 ? 1 : word == 4 ? 1 << 6 : word == 5 ? 7 << 10 : 0;
}

/* Tries to set and to clear the bits of others in IFS or IEC; none may read as set. */
static struct verdict meddle(uint32_t first) {
  for (int word = 0; word < WORDS; word++) {
    uint32_t reg = first + 16 * word;
    probe_sw(reg + CLR_OFFSET, ~owned(word));
    probe_sw(reg + SET_OFFSET, ~owned(word));
    uint32_t foreign = probe_lw(reg) & ~owned(word);
    if (foreign) return gained("bits", foreign);
  }
  return unless_faulted(blocked("bits ignored"));
}

struct verdict ic_mask(void) { return meddle(AT(IEC(0))); }

struct verdict ic_raise(void) { return meddle(AT(IFS(0))); }

/* Priority 7 belongs to the hypervisor. */
struct verdict ic_priority(void) {
  uint32_t shift = 8 * (CONSOLE_IRQ_RX % 4) + 2;
  uint32_t before = probe_lw(AT(IPC(CONSOLE_IRQ_RX / 4)));
  probe_sw(AT(SET(IPC(CONSOLE_IRQ_RX / 4))), PRIORITY_TOO_HIGH << shift);
  uint32_t now = probe_lw(AT(IPC(CONSOLE_IRQ_RX / 4)));
  probe_sw(AT(IPC(CONSOLE_IRQ_RX / 4)), before);
  if ((now >> shift & 7) == PRIORITY_TOO_HIGH) return gained("priority", now);
  return unless_faulted(blocked("priority lowered"));
}

/* A byte store, to get past an emulation that expects words. */
struct verdict ic_byte(void) {
  probe_sb(AT(IEC(3)) + 2, 0xFF);
  uint32_t now = probe_lw(AT(IEC(3)));
  return unless_faulted(now ? gained("bits", now) : blocked("write ignored"));
}

struct verdict ic_beyond(void) { return try_write(BEYOND, 0xFFFFFFFF); }
