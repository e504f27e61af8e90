/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reset of the virtual WiFire's boot loader. Everything runs uncached in KSEG1, so the caches need
 * no preparation. The core is left as applications of the chipKIT family expect it: vectors at
 * 9D000000, EIC vector spacing, special interrupt vector, BEV off.
 */
        .set    noreorder
        .set    noat

        .section .reset, "ax", @progbits
        .globl  _start
        .ent    _start
_start:
        la      $t0, start
        jr      $t0
        nop

        /* BFC00380: any exception here is a defect; the lights stop and the word in k1 says where */
        .org    0x380
        mfc0    $k0, $13
        mfc0    $k1, $14
1:      b       1b
        nop
        .end    _start

        .text
        .ent    start
start:
        la      $sp, __stack_top
        la      $gp, 0
        mtc0    $zero, $9                       /* Count */
        li      $t0, -1
        mtc0    $t0, $11                        /* Compare */
        la      $t0, __bss_start
        la      $t1, __bss_end
1:      beq     $t0, $t1, 2f
        nop
        sw      $zero, 0($t0)
        b       1b
        addiu   $t0, $t0, 4

2:      la      $t0, loader
        jalr    $t0                             /* gives the application's start */
        addiu   $sp, $sp, -16

        move    $s0, $v0
        li      $t0, 0x00400000                 /* EBase changes only while BEV is 1 */
        mtc0    $t0, $12
        ehb
        li      $t0, 0x9D000000
        mtc0    $t0, $15, 1                     /* EBase */
        li      $t0, 0x20
        mtc0    $t0, $12, 1                     /* IntCtl.VS */
        li      $t0, 0x00800000
        mtc0    $t0, $13                        /* Cause.IV */
        mtc0    $zero, $12                      /* Status */
        ehb
        jr      $s0
        nop
        .end    start
