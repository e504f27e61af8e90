/* SPDX-License-Identifier: Apache-2.0 */
/* A small hypervisor for two guests: what its parts know of each other. */
#ifndef VZRIG_ROOT_H
#define VZRIG_ROOT_H

#include <stdint.h>

#include "regs.h"
#include "run.h"

#define GUESTS 2
#define COUNT_HZ 100000000
#define NONE (-1)

/* A guest's physical pages: where they are really, or trapped when there is no region. */
struct region {
  uint32_t gpa, size, pa, lo; /* lo: EntryLo without PFN */
};
#define REGIONS 4

/* The guest's registers that root swaps; GPRs stay in its register set. */
#define SWAPPED(each)                                                                      \
  each(INDEX) each(ENTRYLO0) each(ENTRYLO1) each(CONTEXT) each(USERLOCAL) each(PAGEMASK)   \
  each(PAGEGRAIN) each(WIRED) each(HWRENA) each(BADVADDR) each(BADINSTR) each(BADINSTRP)   \
  each(ENTRYHI) each(STATUS) each(INTCTL) each(CAUSE) each(EPC) each(NESTEDEPC)            \
  each(EBASE_REGISTER) each(ERROREPC) each(KSCRATCH0) each(KSCRATCH1)
#define WORD_OF(name) WORD_##name,
enum { SWAPPED(WORD_OF) SWAPPED_COUNT };

/* The virtual interrupt controller's words, at offset / 16, and OFFx. */
#define IC_WORDS 0x54
#define IC_IFS 4
#define IC_IEC 12
#define IC_IPC 20
#define IC_SOURCES 214

struct guest {
  uint32_t id, pc, hi, lo, waiting, stopped, turns;
  uint32_t cp0[SWAPPED_COUNT];
  struct region regions[REGIONS];
  uint32_t ic[IC_WORDS], off[IC_SOURCES];
  uint32_t uart_mode, uart_sta, input_head, input_tail;
  uint8_t input[16];
  uint64_t count_offset, last_count, deadline; /* deadline: in root's 64-bit Count; 0 is none */
  uint32_t compare;
};

extern struct guest guests[GUESTS];

/* guest.S: general registers of the guest, which lie in the register set of its number */
uint32_t guest_gpr(uint32_t set, uint32_t r);
void set_guest_gpr(uint32_t set, uint32_t r, uint32_t value);

/* guest.c */
void guest_open(struct guest *g, uint32_t id, const void *elf, uint32_t ram);
void guest_load(struct guest *g);
void guest_save(struct guest *g);
void guest_stop(struct guest *g, const char *why);

/* exits.c: what to do about the exit that `outcome` tells of; not for interrupts */
void handle_exit(struct guest *g);

/* branch.c: the address behind the instruction that was stopped, its branch done */
uint32_t next_pc(const struct guest *g);

/* devices.c: a trapped access; 0 when no device is there */
int device_load(struct guest *g, uint32_t gpa, uint32_t size, uint32_t *value);
int device_store(struct guest *g, uint32_t gpa, uint32_t size, uint32_t value);
int interrupt_pending(struct guest *g); /* number of the source, or NONE */
uint32_t interrupt_priority(const struct guest *g, int irq);
void input(int c);

/* time.c */
uint64_t now(void);
uint32_t guest_count(struct guest *g);
void set_guest_count(struct guest *g, uint32_t value);
void set_guest_compare(struct guest *g, uint32_t value);
void timers(void);
int second_over(void);

/* console.c */
int console_room(void);
void console_put(char c);
void console_say(const char *text);
void console_drain(void);

#endif
