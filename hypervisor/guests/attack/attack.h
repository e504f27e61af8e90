/* SPDX-License-Identifier: Apache-2.0 */
/* What the cases of the attack guest are made of. */
#ifndef VZRIG_GUEST_ATTACK_H
#define VZRIG_GUEST_ATTACK_H

#include <stdint.h>

/* How a case ended. */
struct verdict {
  enum {
    BLOCKED, /* nothing came of it, for the reason in how */
    FAULTED, /* the guest took the exception that stands in fault */
    GAINED   /* it got what it must not have; value is the proof */
  } kind;
  const char *how;
  uint32_t value;
};

/* The last exception of the current case; written by guest_exception. */
struct fault {
  uint32_t armed;    /* a case is running: note exceptions and go on */
  uint32_t count;    /* exceptions so far */
  uint32_t cause;    /* Cause, EPC and BadVAddr of the last one */
  uint32_t epc;
  uint32_t badvaddr;
  uint32_t resume;   /* where to go on, 0: behind the instruction at EPC */
};
extern volatile struct fault fault;

static inline struct verdict blocked(const char *how) {
  return (struct verdict){BLOCKED, how, 0};
}

static inline struct verdict gained(const char *how, uint32_t value) {
  return (struct verdict){GAINED, how, value};
}

/* FAULTED when the case met an exception so far, the other verdict otherwise. */
static inline struct verdict unless_faulted(struct verdict otherwise) {
  return fault.count ? (struct verdict){FAULTED, 0, 0} : otherwise;
}

/* ---- probes: single accesses that an exception skips; a skipped read gives 0 ---- */

uint32_t probe_lw(uint32_t address);
void probe_sw(uint32_t address, uint32_t value);
void probe_sb(uint32_t address, uint32_t value);
void probe_swl(uint32_t address, uint32_t value);
void probe_ll_sc(uint32_t address, uint32_t value);
void probe_cache_index_load_tag(uint32_t address);
void probe_cache_index_store_tag_i(uint32_t address);
void probe_cache_index_store_tag_d(uint32_t address);
void probe_cache_hit_invalidate(uint32_t address);
void probe_cache_lock(uint32_t address);
void probe_synci(uint32_t address);
void probe_pref(uint32_t address);
/* Calls the address; an exception there comes back here. */
void probe_call(uint32_t address);

/* Executes the text of an instruction without operands to tell apart. */
#define PROBE(instruction) \
  __asm__ volatile(".set push\n\t.set noreorder\n\t.set noat\n\t.set virt\n\t.set dspr2\n\t" \
                   instruction "\n\tnop\n\t.set pop" : : : "memory")

/* The value that an instruction puts into its operand %0, 0 when an exception skips it. */
#define PROBE_VALUE(instruction)                                                          \
  ({                                                                                      \
    uint32_t probe_value;                                                                 \
    __asm__ volatile(".set push\n\t.set noreorder\n\t.set noat\n\t.set virt\n\t"          \
                     ".set hardfloat\n\t.set dspr2\n\tmove %0, $0\n\t" instruction "\n\tnop\n\t.set pop"    \
                     : "=&r"(probe_value) : : "memory");                                  \
    probe_value;                                                                          \
  })

/* Executes an instruction that takes the value as its operand %0. */
#define PROBE_USE(instruction, value)                                                     \
  __asm__ volatile(".set push\n\t.set noreorder\n\t.set noat\n\t.set virt\n\t"            \
                   instruction "\n\tehb\n\tnop\n\t.set pop" : : "r"((uint32_t)(value)) : "memory")

/* ---- whole attempts ---- */

/* A word that must not be readable. */
struct verdict try_read(uint32_t address);

/* A word that must not be writable nor readable. */
struct verdict try_write(uint32_t address, uint32_t value);

/* A word that may be read, and whose writes must be ignored or raise an exception. */
struct verdict try_change(uint32_t address, uint32_t value);

/* Code that must not be executable. */
struct verdict try_call(uint32_t address);

/* ---- guest-physical addresses of what belongs to others ---- */

#define KSEG0(physical) (0x80000000 | (physical))
#define KSEG1(physical) (0xA0000000 | (physical))
#define ROOT_RAM 0x00070000        /* variables and stack of the hypervisor */
#define ROOT_CODE 0x1D000000       /* the hypervisor in program flash */
#define GUEST_CODE 0x1D010000      /* where the guests' code stands in program flash */
#define BOOT_FLASH_1 0x1FC40000
#define ERET_PAGE 0x1FFFF000       /* the hypervisor's own page in the guests' address space */
#define DMA_ZONE 0x00040000        /* this guest's DMA zone, when the configuration gives it one */

/* Guest-physical address of the first page behind this guest's RAM. */
uint32_t behind_own_ram(void);

/* ---- the cases ---- */

#define CASE(function, name) struct verdict function(void);
#include "cases.h"
#undef CASE

#endif
