/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The smallest guest: says hello on UART4 and sleeps. It runs as it was started, with
 * Status = BEV | CU0 | ERL, has no vectors and needs no RAM.
 */
#include "regs.h"

        .set    noreorder

        .text
        .globl  _start
        .type   _start, @function
_start: la      $t0, UART_ADDR(4)
        li      $t1, UxMODE_ON
        sw      $t1, UxMODE_OFFSET($t0)
        li      $t1, UxSTA_UTXEN
        sw      $t1, UxSTA_OFFSET($t0)
        la      $t1, hello

1:      lbu     $t2, 0($t1)                     /* the next character */
        beqz    $t2, 3f
        addiu   $t1, $t1, 1
2:      lw      $t3, UxSTA_OFFSET($t0)
        andi    $t3, $t3, UxSTA_TRMT
        beqz    $t3, 2b
        nop
        b       1b
        sw      $t2, UxTXREG_OFFSET($t0)

3:      wait
        b       3b
        nop

        .section .rodata
hello:  .asciz  "Hello from a guest.\r\n"
