/* SPDX-License-Identifier: Apache-2.0 */
#include "console.h"

#include "regs.h"

#define PBCLK2_HZ 100000000
#define BAUD 115200
#define RPF2_TO_U4RX 11
#define U4TX_TO_RPF8 2

void console_open(void) {
  CLR(ANSELx(PORT_F)) = 1 << 2 | 1 << 8;
  U4RXR = RPF2_TO_U4RX;
  RPF8R = U4TX_TO_RPF8;
  U4BRG = PBCLK2_HZ / (16 * BAUD) - 1;
  U4STA = 0;
  U4MODE = UxMODE_ON;
  SET(U4STA) = UxSTA_URXEN | UxSTA_UTXEN;
}

void put_char(char c) {
  while (U4STA & UxSTA_UTXBF) {
  }
  U4TXREG = (uint8_t)c;
}

void put_string(const char *text) {
  for (; *text; text++) {
    if (*text == '\n') put_char('\r');
    put_char(*text);
  }
}

void put_hex(uint32_t value) {
  for (int shift = 28; shift >= 0; shift -= 4) put_char("0123456789abcdef"[value >> shift & 15]);
}

void put_decimal(uint32_t value) {
  if (value >= 10) put_decimal(value / 10);
  put_char((char)('0' + value % 10));
}
