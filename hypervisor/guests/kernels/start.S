/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors and start. The image may begin at the reset vector (Malta) or at _start (a PIC32MZ behind
 * its boot loader, a guest). Malta keeps its revision number at offset 10h.
 */
#include "regs.h"

        .set    noreorder
        .set    noat

        .section .vectors, "ax", @progbits
        lui     $t0, %hi(_start)
        addiu   $t0, $t0, %lo(_start)
        jr      $t0
        nop

        .org    0x180                           /* SYSCALL: $v0 = $a0 + 1 */
        mfc0    $k0, $13
        andi    $k0, $k0, 0x7C
        addiu   $k0, $k0, -0x20
        bnez    $k0, stop
        mfc0    $k1, $14
        addiu   $v0, $a0, 1
        addiu   $k1, $k1, 4
        mtc0    $k1, $14
        ehb
        eret
stop:   b       stop
        nop

        .org    VECTOR_INTERRUPT                /* software interrupt 0: counts it, takes it back */
        lui     $k0, CAUSE_IV >> 16
        mtc0    $k0, $13
        lui     $k0, %hi(board)
        lw      $k1, %lo(board)+12($k0)
        lw      $k0, %lo(board)+16($k0)
        sw      $k0, 0($k1)
        lui     $k0, %hi(interrupts)
        lw      $k1, %lo(interrupts)($k0)
        addiu   $k1, $k1, 1
        sw      $k1, %lo(interrupts)($k0)
        eret
        .org    0x400

        .text
        .globl  _start
        .type   _start, @function
        .ent    _start
_start:
        la      $sp, __stack_top
        li      $t0, STATUS_CU0 | STATUS_BEV
        mtc0    $t0, $12                        /* Status: EBase may be written while BEV is set */
        la      $t0, GUEST_EBASE
        mtc0    $t0, $15, 1                     /* EBase */
        li      $t0, INTCTL_VS
        mtc0    $t0, $12, 1                     /* IntCtl */
        li      $t0, CAUSE_IV
        mtc0    $t0, $13                        /* Cause */
        li      $t0, STATUS_CU0
        mtc0    $t0, $12                        /* Status: kernel mode, interrupts off */
        ehb

        la      $t0, __bss_start
        la      $t1, __bss_end
1:      beq     $t0, $t1, 2f
        nop
        sw      $zero, 0($t0)
        b       1b
        addiu   $t0, $t0, 4
2:      jal     main
        addiu   $sp, $sp, -16                   /* room for the argument registers */
3:      b       3b
        nop
        .end    _start

        .globl  system_call
        .type   system_call, @function
        .ent    system_call
system_call:
        syscall
        jr      $ra
        nop
        .end    system_call
