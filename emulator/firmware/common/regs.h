/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What firmware in root mode touches: PIC32MZ EF registers by their data-sheet names (KSEG1
 * addresses) and CP0 registers of the M5150 core by their architecture names.
 */
#ifndef VZRIG_FIRMWARE_REGS_H
#define VZRIG_FIRMWARE_REGS_H

/* ---- Status, Cause, PageGrain, EntryHi, EntryLo ---- */
#define STATUS_CU2 0x40000000
#define STATUS_CU1 0x20000000
#define STATUS_CU0 0x10000000
#define STATUS_RP 0x08000000
#define STATUS_FR 0x04000000
#define STATUS_MX 0x01000000
#define STATUS_BEV 0x00400000
#define STATUS_TS 0x00200000
#define STATUS_SR 0x00100000
#define STATUS_NMI 0x00080000
#define STATUS_IPL(n) ((n) << 10)
#define STATUS_UM 0x00000010
#define STATUS_ERL 0x00000004
#define STATUS_EXL 0x00000002
#define STATUS_IE 0x00000001
#define CAUSE_BD 0x80000000
#define CAUSE_TI 0x40000000
#define CAUSE_DC 0x08000000
#define CAUSE_IV 0x00800000
#define PAGEGRAIN_RIE 0x80000000
#define PAGEGRAIN_XIE 0x40000000
#define PAGEGRAIN_ESP 0x10000000
#define PAGEGRAIN_IEC 0x08000000
#define ENTRYHI_EHINV 0x400
#define ENTRYLO_RI 0x80000000
#define ENTRYLO_XI 0x40000000
#define ENTRYLO_D 4
#define ENTRYLO_V 2
#define ENTRYLO_G 1
#define INTCTL_VS 0x20

/* ---- exception codes ---- */
#define EXC_INT 0
#define EXC_MOD 1
#define EXC_TLBL 2
#define EXC_TLBS 3
#define EXC_ADEL 4
#define EXC_ADES 5
#define EXC_IBE 6
#define EXC_DBE 7
#define EXC_SYS 8
#define EXC_BP 9
#define EXC_RI 10
#define EXC_CPU 11
#define EXC_OV 12
#define EXC_TR 13
#define EXC_FPE 15
#define EXC_TLBRI 19
#define EXC_TLBXI 20
#define EXC_DSPDIS 26
#define EXC_GE 27

/* ---- virtualization ---- */
#define GUESTCTL0_GM 0x80000000
#define GUESTCTL0_RI 0x40000000
#define GUESTCTL0_MC 0x20000000
#define GUESTCTL0_CP0 0x10000000
#define GUESTCTL0_AT 0x0C000000
#define GUESTCTL0_GT 0x02000000
#define GUESTCTL0_CG 0x01000000
#define GUESTCTL0_CF 0x00800000
#define GUESTCTL0_G1 0x00400000
#define GUESTCTL0_G0E 0x00080000
#define GUESTCTL0_G2 0x00000080
#define GUESTCTL0_DRG 0x00000100
#define GUESTCTL0_SFC2 0x00000002
#define GUESTCTL0_SFC1 0x00000001
#define EXT_CGI 0x10
#define EXT_FCD 0x08
#define EXT_OG 0x04
#define EXT_BG 0x02
#define EXT_MG 0x01
#define GEXC_GPSI 0
#define GEXC_GSFC 1
#define GEXC_HC 2
#define GEXC_GRR 3
#define GEXC_GVA 8
#define GEXC_GHFC 9
#define GEXC_GPA 10

/* ---- addresses ---- */
#define EBASE 0x9D000000

#ifndef __ASSEMBLER__

#include <stdint.h>

typedef volatile uint32_t sfr;

#define WORD(address) (*(sfr *)(uintptr_t)(address))
#define SFR(offset) WORD(0xBF800000 + (offset))
#define CLR(reg) (*(&(reg) + 1))
#define SET(reg) (*(&(reg) + 2))
#define INV(reg) (*(&(reg) + 3))

#define SYSKEY SFR(0x0030)
#define RNMICON SFR(0x1260)
#define U4RXR SFR(0x1480)
#define RPF8R SFR(0x1660)
#define INTCON SFR(0x10000)
#define PRISS SFR(0x10010)
#define INTSTAT SFR(0x10020)
#define IFS(n) SFR(0x10040 + 0x10 * (n))
#define IEC(n) SFR(0x100C0 + 0x10 * (n))
#define IPC(n) SFR(0x10140 + 0x10 * (n))
#define OFF(irq) SFR(0x10540 + 4 * (irq))
#define U4MODE SFR(0x22600)
#define U4STA SFR(0x22610)
#define U4TXREG SFR(0x22620)
#define U4RXREG SFR(0x22630)
#define U4BRG SFR(0x22640)
#define ANSELx(port) SFR(0x60000 + 0x100 * (port))
#define TRISx(port) SFR(0x60010 + 0x100 * (port))
#define LATx(port) SFR(0x60030 + 0x100 * (port))
#define PORT_F 5

#define UxMODE_ON (1 << 15)
#define UxSTA_URXDA (1 << 0)
#define UxSTA_UTXBF (1 << 9)
#define UxSTA_UTXEN (1 << 10)
#define UxSTA_URXEN (1 << 12)

/* ---- CP0, by register number and select ---- */
#define INDEX 0, 0
#define RANDOM 1, 0
#define ENTRYLO0 2, 0
#define ENTRYLO1 3, 0
#define CONTEXT 4, 0
#define USERLOCAL 4, 2
#define PAGEMASK 5, 0
#define PAGEGRAIN 5, 1
#define WIRED 6, 0
#define HWRENA 7, 0
#define BADVADDR 8, 0
#define BADINSTR 8, 1
#define BADINSTRP 8, 2
#define COUNT 9, 0
#define ENTRYHI 10, 0
#define GUESTCTL1 10, 4
#define GUESTCTL2 10, 5
#define GUESTCTL3 10, 6
#define COMPARE 11, 0
#define GUESTCTL0EXT 11, 4
#define STATUS 12, 0
#define INTCTL 12, 1
#define SRSCTL 12, 2
#define SRSMAP 12, 3
#define VIEW_IPL 12, 4
#define SRSMAP2 12, 5
#define GUESTCTL0 12, 6
#define GTOFFSET 12, 7
#define CAUSE 13, 0
#define VIEW_RIPL 13, 4
#define NESTEDEXC 13, 5
#define EPC 14, 0
#define NESTEDEPC 14, 2
#define PRID 15, 0
#define EBASE_REGISTER 15, 1
#define CDMMBASE 15, 2
#define CONFIG 16, 0
#define CONFIG1 16, 1
#define LLADDR 17, 0
#define ERROREPC 30, 0
#define KSCRATCH0 31, 2
#define KSCRATCH1 31, 3

#define READ_(instruction, reg, sel)                                                             \
  ({                                                                                             \
    uint32_t value_;                                                                             \
    __asm__ volatile(".set push\n\t.set virt\n\t" instruction " %0, $%1, %2\n\t.set pop"         \
                     : "=r"(value_)                                                              \
                     : "i"(reg), "i"(sel));                                                      \
    value_;                                                                                      \
  })
#define WRITE_(instruction, reg, sel, value)                                                     \
  __asm__ volatile(".set push\n\t.set virt\n\t" instruction " %z0, $%1, %2\n\tehb\n\t.set pop"   \
                   :                                                                             \
                   : "Jr"((uint32_t)(value)), "i"(reg), "i"(sel)                                 \
                   : "memory")

/* Root's register, and the guest's from root mode. */
#define CP0(...) READ_("mfc0", __VA_ARGS__)
#define GUEST_CP0(...) READ_("mfgc0", __VA_ARGS__)
#define SET_CP0(name, value) SET_CP0_(name, value)
#define SET_CP0_(reg, sel, value) WRITE_("mtc0", reg, sel, value)
#define SET_GUEST_CP0(name, value) SET_GUEST_CP0_(name, value)
#define SET_GUEST_CP0_(reg, sel, value) WRITE_("mtgc0", reg, sel, value)

/* An instruction without operands. */
#define INSTRUCTION(text) \
  __asm__ volatile(".set push\n\t.set virt\n\t" text "\n\tehb\n\t.set pop" : : : "memory")

#endif
#endif
