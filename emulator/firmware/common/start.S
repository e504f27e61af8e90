/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reset to main() in root kernel mode: register set 0, exception vectors at EBASE, interrupts
 * in EIC mode at the offsets of OFFx, both TLBs empty. A non-maskable interrupt comes here as well.
 */
#include "regs.h"

        .set    noreorder
        .set    noat
        .set    virt

        .section .boot, "ax", @progbits
        .globl  _start
        .ent    _start
_start:
        mfc0    $k0, $12
        ext     $k0, $k0, 19, 1                 /* Status.NMI */
        beqz    $k0, 1f
        lui     $k0, %hi(start)
        lui     $k0, %hi(nmi)
        addiu   $k0, $k0, %lo(nmi)
        jr      $k0
        nop
1:      addiu   $k0, $k0, %lo(start)
        jr      $k0
        nop
        .end    _start

        .text
        .ent    start
start:
        li      $t0, STATUS_BEV | STATUS_CU0
        mtc0    $t0, $12
        li      $t0, EBASE
        mtc0    $t0, $15, 1
        li      $t0, INTCTL_VS
        mtc0    $t0, $12, 1
        li      $t0, CAUSE_IV
        mtc0    $t0, $13
        mtc0    $zero, $12, 2                   /* SRSCtl: set 0 for exceptions */
        li      $t0, STATUS_CU0
        mtc0    $t0, $12
        ehb

        la      $sp, __stack_top
        la      $t0, __data_start
        la      $t1, __data_end
        la      $t2, __data_load
1:      beq     $t0, $t1, 2f
        nop
        lw      $t3, 0($t2)
        sw      $t3, 0($t0)
        addiu   $t2, $t2, 4
        b       1b
        addiu   $t0, $t0, 4
2:      la      $t0, __bss_start
        la      $t1, __bss_end
3:      beq     $t0, $t1, 4f
        nop
        sw      $zero, 0($t0)
        b       3b
        addiu   $t0, $t0, 4
4:      jal     main
        addiu   $sp, $sp, -16
5:      wait
        b       5b
        nop
        .end    start
