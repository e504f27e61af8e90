/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Root's Count as 64 bits, and the guests' Count and Compare: the guest's own Compare has no
 * interrupt line, so root's stands in for the nearest of both guests' and the scheduler's second.
 */
#include "root.h"

#define MARGIN 100 /* counts: nearer than that, Compare could be passed before it is written */

static uint64_t last;
static uint64_t next_second;

uint64_t now(void) {
  uint32_t count = CP0(COUNT);
  if (count < (uint32_t)last) last += 1ULL << 32;
  last = (last >> 32 << 32) | count;
  return last;
}

uint32_t guest_count(struct guest *g) {
  g->last_count = now() + g->count_offset;
  return (uint32_t)g->last_count;
}

void set_guest_count(struct guest *g, uint32_t value) {
  g->count_offset = value - now();
  g->last_count = value;
}

/* Compare means the first such Count after the one that the guest knows. */
void set_guest_compare(struct guest *g, uint32_t value) {
  uint64_t match = (g->last_count >> 32 << 32) | value;
  if (match < g->last_count) match += 1ULL << 32;
  g->compare = value;
  g->deadline = match - g->count_offset;
  g->cp0[WORD_CAUSE] &= ~CAUSE_TI;
  g->ic[IC_IFS] &= ~1u;
}

static void expire(struct guest *g) {
  g->deadline = 0;
  g->ic[IC_IFS] |= 1;
  g->cp0[WORD_CAUSE] |= CAUSE_TI;
}

void timers(void) {
  uint64_t time = now();
  uint64_t next = next_second;
  for (struct guest *g = guests; g < guests + GUESTS; g++) {
    if (g->deadline && g->deadline <= time) expire(g);
    if (g->deadline && g->deadline < next) next = g->deadline;
  }
  if (next < time + MARGIN) next = time + MARGIN;
  SET_CP0(COMPARE, (uint32_t)next);
}

int second_over(void) {
  if (now() < next_second) return 0;
  next_second = now() + COUNT_HZ;
  return 1;
}
