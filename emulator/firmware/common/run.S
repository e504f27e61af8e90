/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Leaves root's C code for other code and comes back with the first root exception. That code runs
 * in a shadow register set of its own, so that little has to be saved: register set 0 still holds C's
 * registers when the exception is taken.
 */
#include "regs.h"

        .set    noreorder
        .set    noat
        .set    virt

        .macro  vector offset
        .org    \offset
        b       taken
        li      $k1, \offset
        .endm

        .section .vectors, "ax", @progbits
        vector  0x000
        vector  0x100
        vector  0x180
        vector  0x200
        vector  0x220
        vector  0x240
        vector  0x260
        vector  0x280
        vector  0x2A0
        vector  0x2C0
        vector  0x2E0
        .org    0x400

        .text
/* void run(const void *code, uint32_t guestctl0, uint32_t status, uint32_t set) */
        .globl  run
        .ent    run
run:
        ori     $a2, $a2, STATUS_EXL            /* before GM, which would be guest mode here */
        mtc0    $a2, $12
        ehb
        mtc0    $a0, $14
        mtc0    $a1, $12, 6
        mfc0    $t0, $12, 2
        ins     $t0, $a3, 6, 4
        mtc0    $t0, $12, 2
        la      $t1, running
        li      $t2, 1
        sw      $t2, 0($t1)
        la      $t1, outcome                    /* HI and LO have no shadow */
        lw      $t2, 60($t1)
        mthi    $t2
        lw      $t2, 64($t1)
        mtlo    $t2
        ehb
        eret
        .end    run

        .globl  nmi
        .ent    nmi
nmi:
        li      $k1, 0xFC0
/* Every exception: k1 is the vector's offset. Only k0 and k1 of the set it runs in are used. */
taken:
        la      $k0, outcome
        sw      $k1, 0($k0)
        mfc0    $k1, $12
        sw      $k1, 4($k0)
        mfc0    $k1, $13
        sw      $k1, 8($k0)
        mfc0    $k1, $14
        sw      $k1, 12($k0)
        mfc0    $k1, $8
        sw      $k1, 16($k0)
        mfc0    $k1, $8, 1
        sw      $k1, 20($k0)
        mfc0    $k1, $8, 2
        sw      $k1, 24($k0)
        mfc0    $k1, $12, 6
        sw      $k1, 28($k0)
        mfc0    $k1, $10, 5
        sw      $k1, 32($k0)
        mfc0    $k1, $12, 2
        sw      $k1, 36($k0)
        mfc0    $k1, $10
        sw      $k1, 40($k0)
        mfc0    $k1, $4
        sw      $k1, 44($k0)
        mfc0    $k1, $14, 2
        sw      $k1, 48($k0)
        mfc0    $k1, $13, 5
        sw      $k1, 52($k0)
        mfc0    $k1, $30
        sw      $k1, 56($k0)
        mfhi    $k1
        sw      $k1, 60($k0)
        mflo    $k1
        sw      $k1, 64($k0)
        mfc0    $k1, $12, 6
        ins     $k1, $zero, 31, 1               /* GM */
        mtc0    $k1, $12, 6
        mfc0    $k1, $12, 2
        ins     $k1, $zero, 6, 4                /* back to set 0 */
        mtc0    $k1, $12, 2
        la      $k0, running
        lw      $k1, 0($k0)
        sw      $zero, 0($k0)
        la      $k0, unexpected
        beqz    $k1, 1f
        nop
        la      $k0, back
1:      mtc0    $k0, $14
        li      $k1, STATUS_CU0 | STATUS_CU1 | STATUS_MX | STATUS_EXL
        mtc0    $k1, $12
        ehb
        eret
back:   jr      $ra
        nop
        .end    nmi

        .bss
        .globl  outcome
        .globl  running
        .balign 4
outcome:
        .space  68
running:
        .space  4
