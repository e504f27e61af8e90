/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PIC32MZ EF registers by their data-sheet names, and the CP0 registers of the M5150 core by their
 * architecture names, as far as the guests use them. The addresses are KSEG1 addresses. A register
 * that has CLR, SET and INV aliases is written through them with CLR(reg), SET(reg) and INV(reg).
 */
#ifndef VZRIG_GUEST_REGS_H
#define VZRIG_GUEST_REGS_H

/* ---- addresses, usable from assembly too ---- */
#define SFR_BASE 0xBF800000
#define CLR_OFFSET 4
#define SET_OFFSET 8
#define INV_OFFSET 12

#define UART_ADDR(n) (SFR_BASE + 0x22000 + 0x200 * ((n) - 1))
#define UxMODE_OFFSET 0x00
#define UxSTA_OFFSET 0x10
#define UxTXREG_OFFSET 0x20
#define UxRXREG_OFFSET 0x30
#define UxBRG_OFFSET 0x40

#define UxMODE_ON (1 << 15)
#define UxSTA_URXDA (1 << 0)
#define UxSTA_OERR (1 << 1)
#define UxSTA_TRMT (1 << 8)
#define UxSTA_UTXEN (1 << 10)
#define UxSTA_URXEN (1 << 12)

/* Status and Cause fields. */
#define STATUS_CU0 0x10000000
#define STATUS_CU1 0x20000000
#define STATUS_FR 0x04000000
#define STATUS_MX 0x01000000
#define STATUS_BEV 0x00400000
#define STATUS_SR 0x00100000
#define STATUS_NMI 0x00080000
#define STATUS_ERL 0x00000004
#define STATUS_EXL 0x00000002
#define STATUS_IE 0x00000001
#define CAUSE_BD 0x80000000
#define CAUSE_TI 0x40000000
#define CAUSE_DC 0x08000000
#define CAUSE_IV 0x00800000

/* IntCtl.VS = 1: with EIC mode, take interrupts at EBase plus the offset in OFFx. */
#define INTCTL_VS 0x20

/* Where the guests keep their vectors: the start of boot flash, through KSEG0. */
#define GUEST_EBASE 0x9FC00000
#define VECTOR_INTERRUPT 0x200

/* HYPCALL code of a guest that met an exception it has no handler for. */
#define HYPCALL_UNHANDLED 0x10

/* Clocks that the boards' configuration words give. */
#define SYSCLK_HZ 200000000
#define COUNT_HZ (SYSCLK_HZ / 2)
#define PBCLK2_HZ (SYSCLK_HZ / 2)

#ifndef __ASSEMBLER__

#include <stdint.h>

typedef volatile uint32_t sfr;

#define SFR_AT(address) (*(sfr *)(uintptr_t)(address))
#define SFR(offset) SFR_AT(SFR_BASE + (offset))
#define ALIAS(reg, offset) (*(sfr *)((uintptr_t) & (reg) + (offset)))
#define CLR(reg) ALIAS(reg, CLR_OFFSET)
#define SET(reg) ALIAS(reg, SET_OFFSET)
#define INV(reg) ALIAS(reg, INV_OFFSET)

/* ---- system configuration ---- */
#define CFGCON SFR(0x0000)
#define DEVID SFR(0x0020)
#define SYSKEY SFR(0x0030)
#define PMD5 SFR(0x0080)
#define PMD7 SFR(0x00A0)
#define CFGPG SFR(0x00E0)
#define NVMCON SFR(0x0600)
#define NVMKEY SFR(0x0610)
#define NVMADDR SFR(0x0620)
#define NVMDATA0 SFR(0x0630)
#define NVMBWP SFR(0x0690)
#define WDTCON SFR(0x0800)
#define OSCCON SFR(0x1200)
#define RSWRST SFR(0x1250)
#define PB2DIV SFR(0x1310)
#define U4RXR SFR(0x1480)

#define DEVCFG3 SFR_AT(0xBFC0FFC0)
#define DEVCFG2 SFR_AT(0xBFC0FFC4)
#define DEVCFG1 SFR_AT(0xBFC0FFC8)
#define DEVCFG0 SFR_AT(0xBFC0FFCC)

/* ---- interrupt controller ---- */
#define INTCON SFR(0x10000)
#define INTSTAT SFR(0x10020)
#define IFS(n) SFR(0x10040 + 0x10 * (n))
#define IEC(n) SFR(0x100C0 + 0x10 * (n))
#define IPC(n) SFR(0x10140 + 0x10 * (n))
#define OFF(irq) SFR(0x10540 + 4 * (irq))

#define IRQ_CORE_TIMER 0
#define IRQ_U1RX 113
#define IRQ_U2RX 146
#define IRQ_U4RX 171
#define IRQ_DMA0 134

/* ---- DMA ---- */
#define DMACON SFR(0x11000)
#define DCHxCON(n) SFR(0x11060 + 0xC0 * (n))
#define DCHxECON(n) SFR(0x11070 + 0xC0 * (n))
#define DCHxINT(n) SFR(0x11080 + 0xC0 * (n))
#define DCHxSSA(n) SFR(0x11090 + 0xC0 * (n))
#define DCHxDSA(n) SFR(0x110A0 + 0xC0 * (n))
#define DCHxSSIZ(n) SFR(0x110B0 + 0xC0 * (n))
#define DCHxDSIZ(n) SFR(0x110C0 + 0xC0 * (n))
#define DCHxCSIZ(n) SFR(0x110F0 + 0xC0 * (n))
#define DMACON_ON (1 << 15)
#define DCHxCON_CHEN (1 << 7)
#define DCHxECON_CABORT (1 << 6)
#define DCHxECON_CFORCE (1 << 7)
#define DCHxINT_CHERIF (1 << 0)
#define DCHxINT_CHBCIF (1 << 3)
#define DCHxINT_CHERIE (1 << 16)
#define DCHxINT_CHBCIE (1 << 19)
#define DCHxINT_FLAGS 0xFF

/* ---- UART n (1..6) ---- */
#define UxMODE(n) SFR_AT(UART_ADDR(n) + UxMODE_OFFSET)
#define UxSTA(n) SFR_AT(UART_ADDR(n) + UxSTA_OFFSET)
#define UxTXREG(n) SFR_AT(UART_ADDR(n) + UxTXREG_OFFSET)
#define UxRXREG(n) SFR_AT(UART_ADDR(n) + UxRXREG_OFFSET)
#define UxBRG(n) SFR_AT(UART_ADDR(n) + UxBRG_OFFSET)

/* ---- timers, ports, system bus ---- */
#define T1CON SFR(0x40000)
#define PORT_A 0
#define PORT_B 1
#define PORT_D 3
#define PORT_E 4
#define PORT_G 6
#define PORT_H 7
#define PORT_K 9
#define ANSELx(port) SFR(0x60000 + 0x100 * (port))
#define TRISx(port) SFR(0x60010 + 0x100 * (port))
#define PORTx(port) SFR(0x60020 + 0x100 * (port))
#define LATx(port) SFR(0x60030 + 0x100 * (port))
#define PRECON SFR(0xE0000)
#define SBTxREGy(t, r) SFR(0xF8040 + 0x400 * (t) + 0x20 * (r))
#define SBTxRDy(t, r) SFR(0xF8050 + 0x400 * (t) + 0x20 * (r))
#define SBTxWRy(t, r) SFR(0xF8058 + 0x400 * (t) + 0x20 * (r))

/* ---- CP0: MFC0(register number, select), MTC0(register number, select, value) ---- */
#define MFC0(reg, sel)                                                             \
  ({                                                                               \
    uint32_t mfc0_value;                                                           \
    __asm__ volatile("mfc0 %0, $%1, %2" : "=r"(mfc0_value) : "i"(reg), "i"(sel));  \
    mfc0_value;                                                                    \
  })
#define MTC0(reg, sel, value) \
  __asm__ volatile("mtc0 %z0, $%1, %2\n\tehb" : : "Jr"((uint32_t)(value)), "i"(reg), "i"(sel) : "memory")

#define CP0_COUNT 9, 0
#define CP0_COMPARE 11, 0
#define CP0_STATUS 12, 0
#define CP0_CAUSE 13, 0
#define READ_CP0(name) MFC0_(name)
#define MFC0_(...) MFC0(__VA_ARGS__)
#define WRITE_CP0(name, value) MTC0_(name, value)
#define MTC0_(...) MTC0(__VA_ARGS__)

/* Sleeps until an interrupt is pending, even one that Status.IE masks. */
static inline void wait_for_interrupt(void) { __asm__ volatile("ehb\n\twait" : : : "memory"); }

/* Lets a pending interrupt in, and none after it. */
static inline void take_interrupts(void) { __asm__ volatile("ei\n\tehb\n\tnop\n\tdi\n\tehb" : : : "memory"); }

#endif
#endif
