/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a guest sees behind trapped pages: an interrupt controller and a UART4 of its own, and the
 * configuration registers for reading.
 */
#include "root.h"

#define CONFIGURATION 0x1F800000 /* CFGCON, DEVID, PMDx */
#define OSCILLATOR 0x1F801200
#define IC 0x1F810000
#define IC_OFF 0x540
#define UART4 0x1F822600
#define MODE 0x00
#define STA 0x10
#define TXREG 0x20
#define RXREG 0x30
#define STA_TRMT 0x100
#define IRQ_RX 171
#define IRQ_TX 172
#define CTRL_E 5

static int selected; /* who gets what is typed: 0 is root */

static void modify(uint32_t *word, uint32_t offset, uint32_t value) {
  switch (offset & 12) {
    case 0: *word = value; break;
    case 4: *word &= ~value; break;
    case 8: *word |= value; break;
    default: *word ^= value;
  }
}

/* ---- interrupt controller ---- */

static uint32_t *ic_word(struct guest *g, uint32_t offset) {
  if (offset >= IC_OFF && offset < IC_OFF + 4 * IC_SOURCES) return g->off + (offset - IC_OFF) / 4;
  return offset < 16 * IC_WORDS ? g->ic + offset / 16 : 0;
}

static void raise(struct guest *g, int irq) { g->ic[IC_IFS + irq / 32] |= 1u << irq % 32; }

uint32_t interrupt_priority(const struct guest *g, int irq) {
  return g->ic[IC_IPC + irq / 4] >> (8 * (irq % 4) + 2) & 7;
}

int interrupt_pending(struct guest *g) {
  if (g->cp0[WORD_CAUSE] & CAUSE_TI) raise(g, 0);
  if (g->input_head != g->input_tail) raise(g, IRQ_RX);
  int best = NONE;
  uint32_t priority = 0;
  for (int word = 0; word < 7; word++) {
    uint32_t active = g->ic[IC_IFS + word] & g->ic[IC_IEC + word];
    for (; active; active &= active - 1) {
      int irq = 32 * word + __builtin_ctz(active);
      if (interrupt_priority(g, irq) <= priority) continue;
      priority = interrupt_priority(g, irq);
      best = irq;
    }
  }
  return best;
}

/* ---- UART4 ---- */

static uint32_t uart_status(const struct guest *g) {
  uint32_t sta = g->uart_sta & ~(UxSTA_UTXBF | UxSTA_URXDA | STA_TRMT);
  if (g->input_head != g->input_tail) sta |= UxSTA_URXDA;
  return console_room() ? sta | STA_TRMT : sta;
}

static uint32_t uart_load(struct guest *g, uint32_t offset) {
  switch (offset) {
    case MODE: return g->uart_mode;
    case STA: return uart_status(g);
    case RXREG: return g->input[g->input_head != g->input_tail ? g->input_head++ % 16 : 0];
    default: return WORD(0xA0000000 + UART4 + offset);
  }
}

static void uart_store(struct guest *g, uint32_t offset, uint32_t value) {
  if (offset < STA) modify(&g->uart_mode, offset, value);
  else if (offset < TXREG) modify(&g->uart_sta, offset, value);
  else if (offset == TXREG) console_put((char)value);
  if ((g->uart_mode & UxMODE_ON) && (g->uart_sta & UxSTA_UTXEN)) raise(g, IRQ_TX);
}

/* Ctrl-E and a digit choose the guest that gets what is typed. */
void input(int c) {
  static int chosen;
  if (c == CTRL_E) {
    chosen = 1;
  } else if (chosen) {
    chosen = 0;
    if (c >= '0' && c <= '0' + GUESTS) selected = c - '0';
  } else if (selected) {
    struct guest *g = guests + selected - 1;
    if (g->input_tail - g->input_head < sizeof g->input) g->input[g->input_tail++ % 16] = (uint8_t)c;
  }
}

/* ---- accesses ---- */

static int readable(uint32_t gpa) {
  return gpa - CONFIGURATION < 0x100 || gpa - OSCILLATOR < 0x200;
}

int device_load(struct guest *g, uint32_t gpa, uint32_t size, uint32_t *value) {
  uint32_t *word = gpa - IC < 0x1000 ? ic_word(g, gpa - IC) : 0;
  if (word) {
    *value = *word;
  } else if (gpa - UART4 < 0x100) {
    *value = uart_load(g, gpa - UART4);
  } else if (readable(gpa) && size == 4) {
    *value = WORD(0xA0000000 + gpa);
  } else {
    return 0;
  }
  return 1;
}

int device_store(struct guest *g, uint32_t gpa, uint32_t size, uint32_t value) {
  uint32_t *word = gpa - IC < 0x1000 ? ic_word(g, gpa - IC) : 0;
  if (word) {
    if (word >= g->off && word < g->off + IC_SOURCES) *word = value;
    else modify(word, gpa, value);
    return size == 4;
  }
  if (gpa - UART4 < 0x100) {
    uart_store(g, gpa - UART4, value);
    return 1;
  }
  return readable(gpa); /* the guest may try; nothing comes of it */
}
