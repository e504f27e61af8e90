/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of a guest by number, and the guests' ELF files. */
        .set    noreorder
        .set    noat

        .macro  previous_set
        mfc0    $t0, $12, 2
        ins     $t0, $a0, 6, 4                  /* SRSCtl.PSS */
        mtc0    $t0, $12, 2
        ehb
        .endm

        .macro  entry_of table
        la      $t0, \table
        sll     $t1, $a1, 3
        addu    $t0, $t0, $t1
        jr      $t0
        nop
        .endm

        .text
        .globl  guest_gpr
        .ent    guest_gpr
guest_gpr:
        previous_set
        entry_of 1f
        .set    r, 0
1:      .rept   32
        jr      $ra
        .word   0x41401000 | r << 16            /* rdpgpr $v0, $r */
        .set    r, r + 1
        .endr
        .end    guest_gpr

        .globl  set_guest_gpr
        .ent    set_guest_gpr
set_guest_gpr:
        previous_set
        entry_of 2f
        .set    r, 0
2:      .rept   32
        jr      $ra
        .word   0x41C60000 | r << 11            /* wrpgpr $r, $a2 */
        .set    r, r + 1
        .endr
        .end    set_guest_gpr

        .section .rodata
        .globl  polling_elf
        .globl  interrupt_elf
        .balign 4096
polling_elf:
        .incbin "../guests/polling/polling.elf"
        .balign 4096
interrupt_elf:
        .incbin "../guests/interrupt/interrupt.elf"
