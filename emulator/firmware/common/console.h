/* SPDX-License-Identifier: Apache-2.0 */
/* UART4 on the chipKIT WiFire's pins, polled. */
#ifndef VZRIG_FIRMWARE_CONSOLE_H
#define VZRIG_FIRMWARE_CONSOLE_H

#include <stdint.h>

/* Routes UART4 to its pins and sets it to 115200 baud, 8 data bits, no parity. */
void console_open(void);

/* Sends one character as it is. */
void put_char(char c);

/* Sends a text; '\n' goes out as CR LF. */
void put_string(const char *text);

/* Sends eight hexadecimal digits. */
void put_hex(uint32_t value);

/* Sends a number in decimal, without leading zeros. */
void put_decimal(uint32_t value);

#endif
