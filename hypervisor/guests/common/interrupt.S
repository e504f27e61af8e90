/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls the C function interrupt() with the interrupted code's registers saved on its stack.
 * Status.EXL stays set meanwhile, so that no second interrupt comes in between and EPC and Status
 * need no saving.
 */
        .set    noreorder
        .set    noat

#define FRAME 96
#define SLOT(n) (16 + 4 * (n))

        .text
        .globl  guest_interrupt
        .type   guest_interrupt, @function
        .ent    guest_interrupt
guest_interrupt:
        addiu   $sp, $sp, -FRAME
        sw      $at, SLOT(0)($sp)
        sw      $v0, SLOT(1)($sp)
        sw      $v1, SLOT(2)($sp)
        sw      $a0, SLOT(3)($sp)
        sw      $a1, SLOT(4)($sp)
        sw      $a2, SLOT(5)($sp)
        sw      $a3, SLOT(6)($sp)
        sw      $t0, SLOT(7)($sp)
        sw      $t1, SLOT(8)($sp)
        sw      $t2, SLOT(9)($sp)
        sw      $t3, SLOT(10)($sp)
        sw      $t4, SLOT(11)($sp)
        sw      $t5, SLOT(12)($sp)
        sw      $t6, SLOT(13)($sp)
        sw      $t7, SLOT(14)($sp)
        sw      $t8, SLOT(15)($sp)
        sw      $t9, SLOT(16)($sp)
        mfhi    $k0
        mflo    $k1
        sw      $k0, SLOT(17)($sp)
        sw      $k1, SLOT(18)($sp)
        sw      $ra, SLOT(19)($sp)
        jal     interrupt
        nop
        lw      $k0, SLOT(17)($sp)
        lw      $k1, SLOT(18)($sp)
        mthi    $k0
        mtlo    $k1
        lw      $at, SLOT(0)($sp)
        lw      $v0, SLOT(1)($sp)
        lw      $v1, SLOT(2)($sp)
        lw      $a0, SLOT(3)($sp)
        lw      $a1, SLOT(4)($sp)
        lw      $a2, SLOT(5)($sp)
        lw      $a3, SLOT(6)($sp)
        lw      $t0, SLOT(7)($sp)
        lw      $t1, SLOT(8)($sp)
        lw      $t2, SLOT(9)($sp)
        lw      $t3, SLOT(10)($sp)
        lw      $t4, SLOT(11)($sp)
        lw      $t5, SLOT(12)($sp)
        lw      $t6, SLOT(13)($sp)
        lw      $t7, SLOT(14)($sp)
        lw      $t8, SLOT(15)($sp)
        lw      $t9, SLOT(16)($sp)
        lw      $ra, SLOT(19)($sp)
        addiu   $sp, $sp, FRAME
        eret
        .end    guest_interrupt
