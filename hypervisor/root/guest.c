/* SPDX-License-Identifier: Apache-2.0 */
/* A guest: its program, its memory and its registers. */
#include "root.h"

struct elf {
  uint8_t ident[16];
  uint16_t type, machine;
  uint32_t version, entry, phoff, shoff, flags;
  uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct segment {
  uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align;
};

#define PT_LOAD 1
#define PF_W 2
#define PHYSICAL 0x1FFFFFFF
#define PAGE 0x1000
#define CACHED (3 << 3)
#define UNCACHED (2 << 3)
#define PORTS 0x1F860000
#define PORTS_SIZE 0x1000
#define DEVCFG_PAGE 0x1FC0F000

static uint32_t pages(uint32_t bytes) { return (bytes + PAGE - 1) & ~(PAGE - 1); }

static void put(struct region *r, uint32_t gpa, uint32_t size, uint32_t pa, uint32_t lo) {
  r->gpa = gpa;
  r->size = size;
  r->pa = pa;
  r->lo = lo | ENTRYLO_V | ENTRYLO_G;
}

/* Text stays where it is in the file, which lies at a page; RAM comes from root's. */
static void place(struct guest *g, const uint8_t *elf, uint32_t ram) {
  const struct elf *header = (const struct elf *)elf;
  const struct segment *s = (const struct segment *)(elf + header->phoff);
  struct region *r = g->regions;
  for (int i = 0; i < header->phnum && i < 2; i++, s++) {
    if (s->type != PT_LOAD) continue;
    int writable = s->flags & PF_W;
    uint32_t pa = writable ? ram : ((uintptr_t)elf & PHYSICAL) + s->offset;
    put(r++, s->vaddr & PHYSICAL, pages(s->memsz), pa, CACHED | (writable ? ENTRYLO_D : 0));
  }
  put(r++, PORTS, PORTS_SIZE, PORTS, UNCACHED | ENTRYLO_D);
  put(r, DEVCFG_PAGE, PAGE, DEVCFG_PAGE, CACHED);
  g->pc = header->entry;
}

void guest_open(struct guest *g, uint32_t id, const void *elf, uint32_t ram) {
  g->id = id;
  place(g, elf, ram);
  set_guest_count(g, (uint32_t)now());
  /* a guest begins as a core after reset: BEV, ERL, CP0 usable */
  g->cp0[WORD_STATUS] = STATUS_BEV | STATUS_CU0 | STATUS_ERL;
  g->cp0[WORD_INTCTL] = INTCTL_VS;
  SET_GUEST_CP0(SRSCTL, 0);
}

void guest_load(struct guest *g) {
  uint32_t *value = g->cp0;
#define LOAD(name) SET_GUEST_CP0_(name, *value++);
  SET_GUEST_CP0(COMPARE, GUEST_CP0(COUNT) - 1); /* far away: root tells the guest of matches */
  SWAPPED(LOAD)
  SET_CP0(GUESTCTL1, g->id << 16 | g->id);
  SET_CP0(GUESTCTL3, g->id);
  outcome.hi = g->hi;
  outcome.lo = g->lo;
}

void guest_save(struct guest *g) {
  uint32_t *value = g->cp0;
#define SAVE(name) *value++ = GUEST_CP0(name);
  SWAPPED(SAVE)
  g->pc = outcome.epc;
  g->hi = outcome.hi;
  g->lo = outcome.lo;
}

void guest_stop(struct guest *g, const char *why) {
  g->stopped = 1;
  console_say("\nroot: a guest was stopped: ");
  console_say(why);
  console_say("\n");
}
