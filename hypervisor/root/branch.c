/* SPDX-License-Identifier: Apache-2.0 */
/* Where a guest goes on when the instruction in a branch's delay slot has been done for it. */
#include "root.h"

static int taken(uint32_t insn, int32_t rs, int32_t rt) {
  switch (insn >> 26) {
    case 1: return (insn >> 16 & 1) ? rs >= 0 : rs < 0;
    case 4:
    case 20: return rs == rt;
    case 5:
    case 21: return rs != rt;
    case 6:
    case 22: return rs <= 0;
    default: return rs > 0;
  }
}

uint32_t next_pc(const struct guest *g) {
  uint32_t pc = outcome.epc;
  if (!(outcome.cause & CAUSE_BD)) return pc + 4;
  uint32_t insn = outcome.badinstrp;
  uint32_t rs = guest_gpr(g->id, insn >> 21 & 31);
  if (insn >> 26 == 0) return rs; /* JR, JALR: the link is written already */
  if (insn >> 26 == 2 || insn >> 26 == 3) return ((pc + 4) & 0xF0000000) | (insn << 6) >> 4;
  uint32_t rt = guest_gpr(g->id, insn >> 16 & 31);
  return taken(insn, (int32_t)rs, (int32_t)rt) ? pc + 4 + ((uint32_t)(int16_t)insn << 2) : pc + 8;
}
