/* SPDX-License-Identifier: Apache-2.0 */
/* The guest's console: the UART that board.h names as CONSOLE_UART, polled. */
#ifndef VZRIG_GUEST_UART_H
#define VZRIG_GUEST_UART_H

#include <stdint.h>

/* Sets the console to 115200 baud, 8 data bits, no parity, and enables both directions. */
void uart_open(void);

/* Sends one character as it is. */
void put_char(char c);

/* Sends a text; '\n' goes out as CR LF. */
void put_string(const char *text);

/* Sends eight hexadecimal digits. */
void put_hex(uint32_t value);

/* Sends a number in decimal, without leading zeros. */
void put_decimal(uint32_t value);

/* Sends a line "NAME    = xxxxxxxx"; the name is padded to eight characters. */
void put_register(const char *name, uint32_t value);

/* The next received character (0..255), or -1 when there is none. */
int receive(void);

#endif
