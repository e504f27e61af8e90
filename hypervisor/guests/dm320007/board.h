/* SPDX-License-Identifier: Apache-2.0 */
/* Microchip DM320007 with MEB-II: console on UART1. */
#define CONSOLE_UART 1
#define CONSOLE_IRQ_RX IRQ_U1RX
