/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two guests under a small hypervisor in MIPS code. A guest runs as a subroutine of root's until
 * something happens; root itself never takes interrupts and looks at their flags instead.
 */
#include "console.h"
#include "root.h"

#define RAM 0x00040000
#define RAM_OF_ONE 0x00010000
#define PRECON SFR(0xE0000)
#define CFGCON SFR(0x00000)
#define ECCCON (3 << 4)
#define ECC_DYNAMIC (1 << 4)
#define PREFETCH 0x12
#define TIMER_BIT 1u
#define RX_BIT (1u << 171 % 32)

/* CP0, an MMU and caches of its own; Count and Compare leave the guest. */
#define RIGHTS                                                                                  \
  (GUESTCTL0_GM | GUESTCTL0_CP0 | GUESTCTL0_AT | GUESTCTL0_CG | GUESTCTL0_SFC2 | GUESTCTL0_SFC1)

struct guest guests[GUESTS];
extern const uint8_t polling_elf[], interrupt_elf[];

static void tlb_open(void) {
  SET_CP0(ENTRYLO0, 0);
  SET_CP0(ENTRYLO1, 0);
  SET_CP0(ENTRYHI, ENTRYHI_EHINV);
  for (uint32_t i = 0; i < 16; i++) {
    SET_CP0(INDEX, i);
    INSTRUCTION("tlbwi");
  }
  SET_CP0(ENTRYHI, 0);
}

static void interrupts_open(void) {
  CLR(IPC(0)) = 0x1F;
  SET(IPC(0)) = 1 << 2;
  CLR(IPC(42)) = 31u << 24;
  SET(IPC(42)) = 1u << 26; /* UART4 receive */
  CLR(IPC(43)) = 31;
  SET(IPC(43)) = 1 << 2; /* UART4 transmit */
  SET(IEC(0)) = TIMER_BIT;
  SET(IEC(5)) = RX_BIT;
}

static void open(void) {
  SYSKEY = 0xAA996655;
  SYSKEY = 0x556699AA;
  PRECON = PREFETCH;
  CFGCON = (CFGCON & ~ECCCON) | ECC_DYNAMIC;
  console_open();
  tlb_open();
  interrupts_open();
  SET_CP0(PAGEGRAIN, PAGEGRAIN_RIE | PAGEGRAIN_XIE | PAGEGRAIN_IEC);
  SET_CP0(GUESTCTL0EXT, EXT_CGI | EXT_FCD);
  guest_open(guests, 1, polling_elf, RAM);
  guest_open(guests + 1, 2, interrupt_elf, RAM + RAM_OF_ONE);
}

/* Everything that an interrupt could have been about. */
static void look_around(void) {
  while (U4STA & UxSTA_URXDA) input((uint8_t)U4RXREG);
  CLR(IFS(5)) = RX_BIT;
  console_drain();
  timers();
  CLR(IFS(0)) = TIMER_BIT;
  for (struct guest *g = guests; g < guests + GUESTS; g++) {
    if (g->waiting && interrupt_pending(g) != NONE) g->waiting = 0;
  }
}

/* The guest that runs goes on until it waits or a second is over; then who had fewer turns. */
static struct guest *choose(struct guest *current) {
  int over = second_over();
  if (current && !over && !current->waiting && !current->stopped) return current;
  struct guest *best = 0;
  for (struct guest *g = guests; g < guests + GUESTS; g++) {
    if (g->waiting || g->stopped) continue;
    if (!best || g->turns < best->turns) best = g;
  }
  if (best) best->turns++;
  return best;
}

/* Offers the guest what its interrupt controller presents. */
static void offer(struct guest *g) {
  int irq = interrupt_pending(g);
  uint32_t request = irq == NONE ? 0 : interrupt_priority(g, irq) << 24 | (g->off[irq] & 0xFFFF);
  SET_CP0(GUESTCTL2, request);
}

static void enter(struct guest *g) {
  offer(g);
  guest_load(g);
  run((const void *)(uintptr_t)g->pc, RIGHTS, STATUS_CU0 | STATUS_IE, g->id);
  guest_save(g);
  if ((outcome.cause >> 2 & 31) != EXC_INT) handle_exit(g);
}

int main(void);
int main(void) {
  open();
  struct guest *current = 0;
  for (;;) {
    look_around();
    current = choose(current);
    if (current) enter(current);
    else INSTRUCTION("wait");
  }
}

void unexpected(void) {
  console_say("\nroot: exception in root itself\n");
  for (;;) console_drain();
}
