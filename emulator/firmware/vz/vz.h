/* SPDX-License-Identifier: Apache-2.0 */
/* The test bench: guest code, one run of it, and checks of what came of it. */
#ifndef VZRIG_FIRMWARE_VZ_H
#define VZRIG_FIRMWARE_VZ_H

#include <stdint.h>

#include "regs.h"
#include "run.h"

/* Where guest's RAM begins, as root sees it; the guest sees it at physical 0. */
#define GUEST_RAM 0x00040000
#define GUEST_RAM_WORD(offset) WORD(0xA0000000 + GUEST_RAM + (offset))

/* The guest's register set: GuestCtl3.GLSS, with guest SRSCtl.CSS = 0. */
#define GUEST_SET 1

extern const uint32_t guest_vectors[];

/*
 * Instructions for a guest, with a HYPCALL behind them, as an array of words. They lie in flash,
 * which the guest sees where root sees it.
 */
#define CODE(text)                                                                              \
  ({                                                                                            \
    const uint32_t *code_;                                                                      \
    __asm__(".pushsection .guest,\"ax\",@progbits\n\t.set push\n\t.set noreorder\n\t"           \
            ".set noat\n\t.set virt\n\t.set dsp\n\t.set hardfloat\n77:\t" text                  \
            "\n\thypcall 63\n\t.set pop\n\t.popsection\n\tla %0, 77b"                           \
            : "=r"(code_));                                                                     \
    code_;                                                                                      \
  })

/* Register r (a number) of the guest. */
#define GUEST_GPR(r)                                                          \
  ({                                                                          \
    uint32_t value_;                                                          \
    previous_set(GUEST_SET);                                                  \
    __asm__ volatile("rdpgpr %0, $%1" : "=r"(value_) : "i"(r));               \
    value_;                                                                   \
  })
#define SET_GUEST_GPR(r, value)                                               \
  ({                                                                          \
    previous_set(GUEST_SET);                                                  \
    __asm__ volatile("wrpgpr $%1, %0" : : "r"((uint32_t)(value)), "i"(r));    \
  })
void previous_set(uint32_t set);

/* GuestCtl0 and root Status of the next run; defaults() sets them too. */
extern uint32_t guestctl0;
extern uint32_t root_status;

/* A guest with all rights: its CP0, MMU, timer, caches and Config; nothing is reported. */
#define ALL_RIGHTS                                                                              \
  (GUESTCTL0_GM | GUESTCTL0_CP0 | GUESTCTL0_AT | GUESTCTL0_GT | GUESTCTL0_CG | GUESTCTL0_CF |   \
   GUESTCTL0_SFC2 | GUESTCTL0_SFC1)

/* Root and guest as a check wants to find them: empty TLBs but for the guest's flash and RAM. */
void defaults(void);

/* Root and guest TLB entries; written with GuestCtl1.RID = id. lo is EntryLo, without the PFN. */
#define PFN(pa) ((uint32_t)(pa) >> 12 << 6)
#define RW (3 << 3 | ENTRYLO_D | ENTRYLO_V | ENTRYLO_G)
#define RO (3 << 3 | ENTRYLO_V | ENTRYLO_G)
void root_tlb(uint32_t index, uint32_t id, uint32_t hi, uint32_t mask, uint32_t lo0, uint32_t lo1);
void guest_tlb(uint32_t index, uint32_t id, uint32_t hi, uint32_t mask, uint32_t lo0, uint32_t lo1);

/* Lets the guest run from here to its next exit. */
void guest(const uint32_t *code);

/* Maps the flash for guest user mode, too; returns the code's address there. */
const uint32_t *user(const uint32_t *code);

/* The guest goes on where it left. */
void guest_resume(void);

/* ---- checks: test(name) begins one, same() is a part of it, done() ends it with its line ---- */
void test(const char *name);
void same(const char *what, uint32_t found, uint32_t expected);
void done(void);
void is(const char *name, uint32_t found, uint32_t expected);

/* Parts of a check about the last run. */
void left(uint32_t vector, uint32_t exccode, const uint32_t *at);
void exited(uint32_t gexccode, const uint32_t *at);
void exited_in_slot(uint32_t gexccode, const uint32_t *branch);
void guest_took(uint32_t offset, uint32_t exccode, const uint32_t *at);

/* Whole checks: the guest exits with gexccode at code[n], or runs to the HYPCALL at code[n]. */
void exits(const char *name, uint32_t gexccode, const uint32_t *code, int n);
void runs(const char *name, const uint32_t *code, int n);

void exit_checks(void);
void field_checks(void);
void guest_exception_checks(void);
void translation_checks(void);
void page_checks(void);
void guestid_checks(void);
void timer_checks(void);
void injection_checks(void);
void interrupt_checks(void);
void shadow_checks(void);
void link_checks(void);
void register_checks(void);
void root_checks(void);

#endif
