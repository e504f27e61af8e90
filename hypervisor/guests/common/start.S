/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors and start-up code of a guest. A guest sees its text at 9FC00000 (guest-physical 1FC00000)
 * and its RAM at A0000000 (guest-physical 0). The vectors stand where EBase = 9FC00000 expects them,
 * and also where BEV = 1 does, because the hypervisor starts a guest with Status = BEV | CU0 | ERL.
 *
 * A guest with handlers of its own defines guest_exception or guest_interrupt; the defaults tell the
 * hypervisor with HYPCALL that the guest has come to an end.
 */
#include "regs.h"

        .set    noreorder
        .set    noat
        .set    virt

        .macro  vector offset, handler
        .org    \offset
        j       \handler
        nop
        .endm

        .section .vectors, "ax", @progbits
        vector  0x000, guest_exception          /* TLB refill */
        vector  0x100, guest_exception          /* cache error */
        vector  0x180, guest_exception          /* every other exception */
        vector  VECTOR_INTERRUPT, guest_interrupt
        vector  0x300, guest_exception          /* cache error while BEV = 1 */
        vector  0x380, guest_exception          /* other exceptions while BEV = 1 */
        vector  0x400, guest_exception          /* interrupt while BEV = 1 */
        .org    0x480

        .text
        .globl  _start
        .type   _start, @function
        .ent    _start
_start:
        la      $sp, __stack_top
        mtc0    $zero, $9                       /* Count */
        li      $t0, -1
        mtc0    $t0, $11                        /* Compare: as far away as it can be */
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
3:      wait                                    /* main has ended: sleep for ever */
        b       3b
        nop
        .end    _start

        .weak   guest_exception
        .weak   guest_interrupt
        .type   guest_exception, @function
        .type   guest_interrupt, @function
guest_exception:
guest_interrupt:
        mfc0    $k0, $13                        /* Cause and EPC, for whoever reads the registers */
        mfc0    $k1, $14
        hypcall HYPCALL_UNHANDLED
1:      b       1b
        nop
