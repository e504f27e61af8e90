/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The attack guest: tries to get at what is not its own, one case at a time. It prints "ready" and
 * takes the three digits of a case from the console, or "l" for the list of cases. It prints
 *   trying NAME
 *   attack NAME: blocked (HOW)      or      attack NAME: GAINED (WHAT VALUE)
 * and is ready again. A case that makes the hypervisor stop the guest ends behind "trying NAME".
 */
#include "board.h"
#include "irq.h"
#include "regs.h"
#include "uart.h"

#include "attack.h"

#define DIGITS 3

static const struct {
  struct verdict (*run)(void);
  const char *name;
} cases[] = {
#define CASE(function, name) {function, name},
#include "cases.h"
};

#define CASES (sizeof cases / sizeof *cases)

static const char *exception_name(uint32_t cause) {
  static const char *const names[32] = {
      [0] = "Int", [1] = "Mod",    [2] = "TLBL",   [3] = "TLBS",   [4] = "AdEL", [5] = "AdES",
      [6] = "IBE", [7] = "DBE",    [8] = "Sys",    [9] = "Bp",     [10] = "RI",  [11] = "CpU",
      [12] = "Ov", [13] = "Tr",    [15] = "FPE",   [19] = "TLBRI", [20] = "TLBXI",
      [23] = "WATCH", [24] = "MCheck", [26] = "DSPDis"};
  const char *name = names[cause >> 2 & 31];
  return name ? name : "of an unknown kind";
}

static void put_verdict(struct verdict verdict) {
  switch (verdict.kind) {
    case FAULTED:
      put_string("blocked (guest exception ");
      put_string(exception_name(fault.cause));
      put_string(" at ");
      put_hex(fault.epc);
      break;
    case BLOCKED:
      put_string("blocked (");
      put_string(verdict.how);
      break;
    case GAINED:
      put_string("GAINED (");
      put_string(verdict.how);
      put_char(' ');
      put_hex(verdict.value);
      break;
  }
  put_string(")\n");
}

static void run(unsigned number) {
  if (number >= CASES) {
    put_string("no such case\n");
    return;
  }
  put_string("trying ");
  put_string(cases[number].name);
  put_string("\n");
  fault.count = 0;
  fault.resume = 0;
  fault.armed = 1;
  struct verdict verdict = cases[number].run();
  fault.armed = 0;
  put_string("attack ");
  put_string(cases[number].name);
  put_string(": ");
  put_verdict(verdict);
}

static void list(void) {
  for (unsigned number = 0; number < CASES; number++) {
    for (unsigned unit = 100; unit; unit /= 10) put_char((char)('0' + number / unit % 10));
    put_char(' ');
    put_string(cases[number].name);
    put_string("\n");
  }
}

static int next_key(void) {
  for (;;) {
    irq_clear(CONSOLE_IRQ_RX);
    int key = receive();
    if (key >= 0) return key;
    wait_for_interrupt();
  }
}

int main(void) {
  uart_open();
  put_string("-\n");
  for (;;) {
    irq_enable(CONSOLE_IRQ_RX, 3);
    put_string("ready\n");
    unsigned number = 0;
    for (int digits = 0; digits < DIGITS;) {
      int key = next_key();
      if (key == 'l') list();
      if (key < '0' || key > '9') continue;
      number = 10 * number + (unsigned)(key - '0');
      digits++;
    }
    run(number);
  }
}
