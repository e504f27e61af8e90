/* SPDX-License-Identifier: Apache-2.0 */
/* Olimex PIC32-EMZ64: console on UART4. */
#define CONSOLE_UART 4
#define CONSOLE_IRQ_RX IRQ_U4RX
