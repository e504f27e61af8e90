/* SPDX-License-Identifier: Apache-2.0 */
#include "board.h"

#include "irq.h"
#include "regs.h"

#define IRQ_SOFTWARE_0 1
#define CONSOLE 4
#define BAUD 115200

/* Malta's registers, from its user's manual: a 16550 beside the FPGA's I/O, eight bytes apart. */
#define MALTA_UART 0xBF000900
#define MALTA_LSR (MALTA_UART + 8 * 5)
#define MALTA_GPOUT 0xBF000A00
#define MALTA_GPINP 0xBF000A08
#define LSR_DATA 0x01
#define LSR_EMPTY 0x20

/* PRId: company MIPS, processor M5150. */
#define PROCESSOR_M5150 0xA7
#define STATUS_IM0 0x100
#define CAUSE_IP0 0x100

struct board board;
volatile uint32_t interrupts;

static int malta;
static uint32_t nowhere;

static void open_malta(void) {
  board.port_out = &SFR_AT(MALTA_GPOUT);
  board.port_in = &SFR_AT(MALTA_GPINP);
  board.console_status = &SFR_AT(MALTA_LSR);
  board.interrupt_clear = &nowhere;
}

static void open_pic32(void) {
  UxBRG(CONSOLE) = PBCLK2_HZ / (16 * BAUD) - 1;
  UxMODE(CONSOLE) = UxMODE_ON;
  SET(UxSTA(CONSOLE)) = UxSTA_URXEN | UxSTA_UTXEN;
  ANSELx(PORT_E) = 0;
  TRISx(PORT_E) = 0;
  board.port_out = &LATx(PORT_E);
  board.port_in = &PORTx(PORT_E);
  board.console_status = &UxSTA(CONSOLE);
  board.interrupt_clear = &CLR(IFS(0));
  board.interrupt_mask = IRQ_BIT(IRQ_SOFTWARE_0);
}

void board_open(void) {
  malta = (MFC0(15, 0) >> 8 & 0xFF) != PROCESSOR_M5150;
  if (malta) {
    open_malta();
  } else {
    open_pic32();
  }
  WRITE_CP0(CP0_STATUS, STATUS_CU0 | STATUS_CU1 | STATUS_FR);
}

void board_put(char c) {
  if (malta) {
    while (!(SFR_AT(MALTA_LSR) & LSR_EMPTY)) {
    }
    SFR_AT(MALTA_UART) = (uint8_t)c;
  } else {
    while (!(UxSTA(CONSOLE) & UxSTA_TRMT)) {
    }
    UxTXREG(CONSOLE) = (uint8_t)c;
  }
}

char board_get(void) {
  if (malta) {
    while (!(SFR_AT(MALTA_LSR) & LSR_DATA)) {
    }
    return (char)SFR_AT(MALTA_UART);
  }
  while (!(UxSTA(CONSOLE) & UxSTA_URXDA)) {
  }
  return (char)UxRXREG(CONSOLE);
}

void interrupts_on(void) {
  if (!malta) irq_enable(IRQ_SOFTWARE_0, 3);
  WRITE_CP0(CP0_STATUS, READ_CP0(CP0_STATUS) | STATUS_IE | (malta ? STATUS_IM0 : 0));
}

void interrupts_off(void) {
  WRITE_CP0(CP0_STATUS, READ_CP0(CP0_STATUS) & ~(STATUS_IE | STATUS_IM0));
}

void request_interrupt(void) { WRITE_CP0(CP0_CAUSE, CAUSE_IV | CAUSE_IP0); }

uint32_t timer_open(void) {
  if (!malta) irq_enable(IRQ_CORE_TIMER, 3);
  return READ_CP0(CP0_COUNT);
}

void timer_wait(uint32_t count) {
  WRITE_CP0(CP0_COMPARE, count); /* takes the request back, so that its flag can be cleared */
  if (!malta) irq_clear(IRQ_CORE_TIMER);
  while ((int32_t)(READ_CP0(CP0_COUNT) - count) < 0) {
    if (!malta) wait_for_interrupt();
  }
}
