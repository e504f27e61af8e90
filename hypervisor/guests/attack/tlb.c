/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memory of others through the guest TLB: a guest may write there what it likes, but what comes out
 * is a guest-physical address again.
 */
#include "attack.h"
#include "regs.h"

#define MARK 0x71BA77AC
#define WINDOW 0x00400000     /* where the pages get mapped */
#define BIG_WINDOW 0x20000000
#define PAGE_MASK_256M 0x1FFFE000
#define LO_GLOBAL 1
#define LO_VALID 2
#define LO_DIRTY 4
#define LO_UNCACHED (2 << 3)
#define HI_VPN2 0xFFFFE000

static void write_entry(uint32_t index, uint32_t hi, uint32_t lo0, uint32_t lo1, uint32_t mask) {
  MTC0(0, 0, index);
  MTC0(10, 0, hi);
  MTC0(2, 0, lo0);
  MTC0(3, 0, lo1);
  MTC0(5, 0, mask);
  __asm__ volatile("ehb\n\ttlbwi\n\tehb" : : : "memory");
}

static uint32_t entry_lo(uint32_t pfn) {
  return pfn << 6 | LO_UNCACHED | LO_DIRTY | LO_VALID | LO_GLOBAL;
}

static void clear_entry(uint32_t index) {
  write_entry(index, 0x80000000 + index * 0x2000, 0, 0, 0);
}

/* Maps the page of a guest-physical address and the next one. */
static uint32_t map_page(uint32_t index, uint32_t physical) {
  uint32_t pfn = physical >> 12;
  write_entry(index, WINDOW, entry_lo(pfn), entry_lo(pfn + 1), 0);
  return WINDOW + (physical & 0xFFF);
}

static struct verdict read_mapped(uint32_t physical) {
  struct verdict verdict = try_read(map_page(0, physical));
  clear_entry(0);
  return verdict;
}

static struct verdict write_mapped(uint32_t physical, uint32_t value) {
  struct verdict verdict = try_write(map_page(0, physical), value);
  clear_entry(0);
  return verdict;
}

struct verdict tlb_ram_read(void) { return read_mapped(behind_own_ram()); }

struct verdict tlb_ram_write(void) { return write_mapped(behind_own_ram(), MARK); }

struct verdict tlb_root_ram_read(void) { return read_mapped(ROOT_RAM); }

struct verdict tlb_root_ram_write(void) { return write_mapped(ROOT_RAM, MARK); }

struct verdict tlb_other_code_read(void) { return read_mapped(GUEST_CODE); }

struct verdict tlb_root_code_call(void) {
  struct verdict verdict = try_call(map_page(0, ROOT_CODE));
  clear_entry(0);
  return verdict;
}

/* One page over the first 256 MiB. */
struct verdict tlb_big_page(void) {
  write_entry(0, BIG_WINDOW, entry_lo(0), entry_lo(0x10000), PAGE_MASK_256M);
  struct verdict verdict = try_read(BIG_WINDOW + ROOT_RAM);
  clear_entry(0);
  return verdict;
}

/* A place that a hypervisor may use for mappings of its own. */
struct verdict tlb_window_read(void) { return read_mapped(0xFFFFE000); }

/* A root address taken for a guest-physical one. */
struct verdict tlb_kseg_read(void) { return read_mapped(KSEG0(ROOT_RAM)); }

/* A guest-physical address above 32 bits, which must not be cut to one below. */
struct verdict tlb_high_read(void) {
  write_entry(0, WINDOW, entry_lo(0x100000 + (ROOT_RAM >> 12)), entry_lo(0x100071), 0);
  struct verdict verdict = try_read(WINDOW);
  clear_entry(0);
  return verdict;
}

struct verdict tlb_port_write(void) { return write_mapped(0x1F860630, 1 << 6); }

/* Two entries for one page, on its own RAM: at worst a machine check for the guest itself. */
struct verdict tlb_duplicate(void) {
  map_page(0, 0);
  map_page(1, 0);
  probe_lw(WINDOW);
  clear_entry(1);
  clear_entry(0);
  return unless_faulted(blocked("own entries only"));
}

/* Entries that somebody else left behind: this guest never leaves a valid one. */
struct verdict tlb_leftovers(void) {
  uint32_t entries = (MFC0(16, 1) >> 25 & 63) + 1;
  for (uint32_t index = 0; index < entries; index++) {
    MTC0(0, 0, index);
    __asm__ volatile("tlbr\n\tehb" : : : "memory");
    uint32_t lo0 = MFC0(2, 0);
    uint32_t lo1 = MFC0(3, 0);
    if ((lo0 | lo1) & LO_VALID) return gained("entry", MFC0(10, 0) & HI_VPN2);
  }
  return unless_faulted(blocked("no valid entry"));
}
