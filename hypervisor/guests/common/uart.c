/* SPDX-License-Identifier: Apache-2.0 */
#include "uart.h"

#include "board.h"
#include "regs.h"

#define BAUD 115200
#define NAME_WIDTH 8

void uart_open(void) {
  UxBRG(CONSOLE_UART) = PBCLK2_HZ / (16 * BAUD) - 1;
  UxSTA(CONSOLE_UART) = 0;
  UxMODE(CONSOLE_UART) = UxMODE_ON;
  SET(UxSTA(CONSOLE_UART)) = UxSTA_URXEN | UxSTA_UTXEN;
}

void put_char(char c) {
  while (!(UxSTA(CONSOLE_UART) & UxSTA_TRMT)) {
  }
  UxTXREG(CONSOLE_UART) = (uint8_t)c;
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

void put_register(const char *name, uint32_t value) {
  int width = 0;
  for (; name[width]; width++) put_char(name[width]);
  for (; width < NAME_WIDTH; width++) put_char(' ');
  put_string("= ");
  put_hex(value);
  put_string("\n");
}

int receive(void) {
  if (!(UxSTA(CONSOLE_UART) & UxSTA_URXDA)) return -1;
  return (uint8_t)UxRXREG(CONSOLE_UART);
}
