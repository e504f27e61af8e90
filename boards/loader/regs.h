/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of the PIC32MZ EF that the loader uses, by their data-sheet names (KSEG1 addresses). */
#ifndef VZRIG_LOADER_REGS_H
#define VZRIG_LOADER_REGS_H

#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(uintptr_t)(address))

#define DEVID REG(0xBF800020)
#define SYSKEY REG(0xBF800030)
#define NVMCON REG(0xBF800600)
#define NVMCONCLR REG(0xBF800604)
#define NVMCONSET REG(0xBF800608)
#define NVMKEY REG(0xBF800610)
#define NVMADDR REG(0xBF800620)
#define NVMDATA(n) REG(0xBF800630 + 0x10 * (n))
#define U4RXR REG(0xBF801480)
#define RPF8R REG(0xBF801660)
#define U4MODE REG(0xBF822600)
#define U4STA REG(0xBF822610)
#define U4STACLR REG(0xBF822614)
#define U4TXREG REG(0xBF822620)
#define U4RXREG REG(0xBF822630)
#define U4BRG REG(0xBF822640)
#define ANSELGCLR REG(0xBF860604)
#define TRISDCLR REG(0xBF860314)
#define TRISDSET REG(0xBF860318)
#define LATDCLR REG(0xBF860334)
#define LATDSET REG(0xBF860338)
#define TRISGCLR REG(0xBF860614)
#define TRISGSET REG(0xBF860618)
#define LATGCLR REG(0xBF860634)
#define LATGINV REG(0xBF86063C)
#define PRECON REG(0xBF8E0000)

#define UxMODE_ON (1 << 15)
#define UxMODE_BRGH (1 << 3)
#define UxSTA_URXDA (1 << 0)
#define UxSTA_OERR (1 << 1)
#define UxSTA_TRMT (1 << 8)
#define UxSTA_UTXBF (1 << 9)
#define UxSTA_UTXEN (1 << 10)
#define UxSTA_URXEN (1 << 12)

#define NVMCON_WR (1 << 15)
#define NVMCON_WREN (1 << 14)
#define NVMCON_ERRORS (3 << 12)
#define NVMOP_QUAD_WORD 2
#define NVMOP_PAGE_ERASE 4

static inline uint32_t count(void) {
  uint32_t value;
  __asm__ volatile("mfc0 %0, $9" : "=r"(value));
  return value;
}

#endif
