/* SPDX-License-Identifier: Apache-2.0 */
/* chipKIT WiFire: console on UART4, LD1 on RG6. */
#define CONSOLE_UART 4
#define LED_PORT PORT_G
#define LED_PIN 6
