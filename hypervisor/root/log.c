/* SPDX-License-Identifier: Apache-2.0 */
/* What the guests and root print: a ring that the UART empties as it can. */
#include "root.h"

#define SIZE 4096
#define MARGIN 64
#define TX_BIT (1u << 172 % 32)

static char ring[SIZE];
static unsigned head, tail;

int console_room(void) { return tail - head < SIZE - MARGIN; }

static void put(char c) {
  if (tail - head < SIZE) ring[tail++ % SIZE] = c;
}

void console_put(char c) {
  put(c);
  if (c == '\n') put('\r');
}

void console_say(const char *text) {
  while (*text) console_put(*text++);
}

/* Fills the transmitter; its interrupt brings root back for more. */
void console_drain(void) {
  while (head != tail && !(U4STA & UxSTA_UTXBF)) U4TXREG = (uint8_t)ring[head++ % SIZE];
  if (head == tail) CLR(IEC(5)) = TX_BIT;
  else SET(IEC(5)) = TX_BIT;
  CLR(IFS(5)) = TX_BIT;
}
