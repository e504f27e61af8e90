/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory and registers of others through DMA channel 0. A guest without the channel cannot even
 * program it. A guest that owns the channel and a DMA zone (attack-dma.config) can, and then the
 * permission groups of the system bus have to stop it.
 */
#include "regs.h"

#include "attack.h"

#define AT(reg) ((uint32_t) & (reg))
#define MARK 0xD3A77AC4
#define LENGTH 64
#define OWN_SOURCE (DMA_ZONE + 0x0000)
#define OWN_DESTINATION (DMA_ZONE + 0x1000)
#define IEC_6 0x1F810120
#define RCON 0x1F801240
#define SPIN_LIMIT 100000

/* Copies LENGTH bytes between physical addresses; returns the channel's flags. */
static uint32_t copy(uint32_t source, uint32_t destination) {
  probe_sw(AT(SET(DMACON)), DMACON_ON);
  probe_sw(AT(DCHxCON(0)), 0);
  probe_sw(AT(DCHxECON(0)), 0);
  probe_sw(AT(DCHxSSA(0)), source);
  probe_sw(AT(DCHxDSA(0)), destination);
  probe_sw(AT(DCHxSSIZ(0)), LENGTH);
  probe_sw(AT(DCHxDSIZ(0)), LENGTH);
  probe_sw(AT(DCHxCSIZ(0)), LENGTH);
  probe_sw(AT(DCHxINT(0)), 0);
  probe_sw(AT(SET(DCHxCON(0))), DCHxCON_CHEN);
  probe_sw(AT(SET(DCHxECON(0))), DCHxECON_CFORCE);
  uint32_t flags = 0;
  for (int i = 0; i < SPIN_LIMIT && !flags && !fault.count; i++) {
    flags = probe_lw(AT(DCHxINT(0))) & (DCHxINT_CHERIF | DCHxINT_CHBCIF);
  }
  probe_sw(AT(SET(DCHxECON(0))), DCHxECON_CABORT);
  return flags;
}

static void fill(uint32_t address, uint32_t value) {
  for (int i = 0; i < LENGTH; i += 4) probe_sw(KSEG1(address + i), value);
}

/* Whether the channel copies inside the zone at all. */
static int works(void) {
  uint32_t flags = copy(OWN_SOURCE, OWN_DESTINATION);
  if (fault.count || (flags & DCHxINT_CHERIF)) return 0;
  fill(OWN_SOURCE, ~MARK);
  fill(OWN_DESTINATION, 0);
  copy(OWN_SOURCE, OWN_DESTINATION);
  return !fault.count && probe_lw(KSEG1(OWN_DESTINATION)) == ~MARK;
}

/* Nothing of the source may arrive in the zone. */
static struct verdict steal(uint32_t source) {
  if (!works()) return unless_faulted(blocked("no DMA at all"));
  fill(OWN_DESTINATION, MARK);
  uint32_t flags = copy(source, OWN_DESTINATION);
  uint32_t word = probe_lw(KSEG1(OWN_DESTINATION));
  if (word != MARK && word != 0) return gained("copied", word);
  if (!(flags & DCHxINT_CHERIF)) return unless_faulted(gained("no DMA error, flags", flags));
  return unless_faulted(blocked("DMA error"));
}

/* A copy out of the zone has to end in an error. */
static struct verdict smuggle(uint32_t destination) {
  if (!works()) return unless_faulted(blocked("no DMA at all"));
  fill(OWN_SOURCE, MARK);
  uint32_t flags = copy(OWN_SOURCE, destination);
  if (!(flags & DCHxINT_CHERIF)) return unless_faulted(gained("no DMA error, flags", flags));
  return unless_faulted(blocked("DMA error"));
}

struct verdict dma_root_ram(void) { return steal(ROOT_RAM); }

struct verdict dma_to_root_ram(void) { return smuggle(ROOT_RAM); }

struct verdict dma_other_ram(void) { return steal(behind_own_ram()); }

struct verdict dma_flash(void) { return steal(ROOT_CODE); }

struct verdict dma_sfr(void) { return steal(RCON); }

struct verdict dma_to_sfr(void) { return smuggle(IEC_6); }
