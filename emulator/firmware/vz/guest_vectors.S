/* SPDX-License-Identifier: Apache-2.0 */
        .set    noreorder
        .set    virt

/* The guest's vectors: each tells root with HYPCALL which one it is. */
        .macro  guest_vector offset
        .org    \offset
        hypcall (\offset)
        .endm

        .section .guest.vectors, "ax", @progbits
        .balign 4096
        .globl  guest_vectors
guest_vectors:
        guest_vector 0x000
        guest_vector 0x100
        guest_vector 0x180
        guest_vector 0x200
        guest_vector 0x240
        guest_vector 0x280
        guest_vector 0x380
        .org    0x400
