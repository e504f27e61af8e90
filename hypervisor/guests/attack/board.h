/* SPDX-License-Identifier: Apache-2.0 */
/* chipKIT WiFire: console on UART4. */
#define CONSOLE_UART 4
#define CONSOLE_IRQ_RX IRQ_U4RX
