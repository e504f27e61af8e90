/* SPDX-License-Identifier: Apache-2.0 */
/* Why a guest left for root, and what root does about it. */
#include "root.h"

#define PAGE_PAIR 0x2000
#define WAIT_MASK 0xFE00003F
#define WAIT_INSN 0x42000020

/* ---- memory: a pair of pages goes into the TLB, or the access is done for the guest ---- */

static const struct region *region_of(const struct guest *g, uint32_t gpa) {
  for (const struct region *r = g->regions; r < g->regions + REGIONS; r++) {
    if (gpa - r->gpa < r->size) return r;
  }
  return 0;
}

static uint32_t entry_lo(const struct guest *g, uint32_t gpa) {
  const struct region *r = region_of(g, gpa);
  return r ? (r->pa + (gpa - r->gpa)) >> 12 << 6 | r->lo : ENTRYLO_G;
}

static int refill(const struct guest *g, uint32_t gpa) {
  if (!region_of(g, gpa)) return 0;
  uint32_t pair = gpa & ~(PAGE_PAIR - 1u);
  SET_CP0(ENTRYHI, pair);
  SET_CP0(PAGEMASK, 0);
  SET_CP0(ENTRYLO0, entry_lo(g, pair));
  SET_CP0(ENTRYLO1, entry_lo(g, pair + PAGE_PAIR / 2));
  INSTRUCTION("tlbwr");
  SET_CP0(ENTRYHI, 0);
  return 1;
}

static uint32_t extended(uint32_t opcode, uint32_t value) {
  switch (opcode) {
    case 32: return (uint32_t)(int8_t)value;
    case 33: return (uint32_t)(int16_t)value;
    case 36: return (uint8_t)value;
    case 37: return (uint16_t)value;
    default: return value;
  }
}

static int access(struct guest *g, uint32_t gpa) {
  uint32_t insn = outcome.badinstr;
  uint32_t opcode = insn >> 26;
  uint32_t rt = insn >> 16 & 31;
  uint32_t size = (opcode & 3) == 3 ? 4 : (opcode & 3) + 1;
  uint32_t value = 0;
  if (opcode == 40 || opcode == 41 || opcode == 43) {
    return device_store(g, gpa, size, guest_gpr(g->id, rt));
  }
  int load = opcode == 32 || opcode == 33 || opcode == 35 || opcode == 36 || opcode == 37;
  if (!load || !device_load(g, gpa, size, &value)) return 0;
  if (rt) set_guest_gpr(g->id, rt, extended(opcode, value));
  return 1;
}

static void translation(struct guest *g) {
  uint32_t gpa = outcome.badvaddr;
  if (outcome.vector == 0 && refill(g, gpa)) return;
  uint32_t next = next_pc(g);
  if (region_of(g, gpa) || !access(g, gpa)) {
    guest_stop(g, "bad address");
    return;
  }
  g->pc = next;
}

/* ---- sensitive instructions ---- */

static int move_from(struct guest *g, uint32_t reg, uint32_t rt) {
  uint32_t value;
  switch (reg) {
    case 9 << 3: value = guest_count(g); break;
    case 11 << 3: value = g->compare; break;
    case 15 << 3: value = CP0(PRID); break;
    default: return 0;
  }
  if (rt) set_guest_gpr(g->id, rt, value);
  return 1;
}

static int move_to(struct guest *g, uint32_t reg, uint32_t value) {
  switch (reg) {
    case 9 << 3: set_guest_count(g, value); return 1;
    case 11 << 3: set_guest_compare(g, value); return 1;
    default: return 0;
  }
}

static int sensitive(struct guest *g) {
  uint32_t insn = outcome.badinstr;
  uint32_t rt = insn >> 16 & 31;
  uint32_t reg = (insn >> 11 & 31) << 3 | (insn & 7);
  if ((insn & WAIT_MASK) == WAIT_INSN) {
    g->waiting = interrupt_pending(g) == NONE;
    return 1;
  }
  switch (insn >> 21) {
    case 0x200: return move_from(g, reg, rt);
    case 0x204: return move_to(g, reg, guest_gpr(g->id, rt));
    default: return insn >> 26 == 47; /* CACHE: nothing to do */
  }
}

static void guest_exit(struct guest *g) {
  uint32_t next = next_pc(g);
  if ((outcome.guestctl0 >> 2 & 31) == GEXC_GPSI && sensitive(g)) {
    g->pc = next;
  } else {
    guest_stop(g, "unexpected exit");
  }
}

void handle_exit(struct guest *g) {
  switch (outcome.cause >> 2 & 31) {
    case EXC_MOD:
    case EXC_TLBL:
    case EXC_TLBS: translation(g); break;
    case EXC_GE: guest_exit(g); break;
    default: guest_stop(g, "unexpected exception");
  }
}
