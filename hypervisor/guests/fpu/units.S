/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the FPU guest that have to be exact instructions. */
        .set    noreorder
        .set    fp=64
        .set    hardfloat
        .set    dspr2

#define LO(n) (256 + 4 * (n))
#define HI(n) (272 + 4 * (n))

        .text
        .globl  fpu_first
        .type   fpu_first, @function
        .ent    fpu_first
fpu_first:
        mtc1    $a0, $f0
        mthc1   $a1, $f0
        mfhc1   $v1, $f0
        jr      $ra
        mfc1    $v0, $f0
        .end    fpu_first

        .globl  dsp_first
        .type   dsp_first, @function
        .ent    dsp_first
dsp_first:
        addq_s.ph $v0, $a0, $a1
        jr      $ra
        nop
        .end    dsp_first

        .macro  each_fpr instruction, base
        .irp    n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        \instruction $f\n, 8 * \n(\base)
        .endr
        .endm

        .macro  load_accumulator n
        lw      $t0, LO(\n)($a0)
        lw      $t1, HI(\n)($a0)
        mtlo    $t0, $ac\n
        mthi    $t1, $ac\n
        .endm

        .macro  store_accumulator n
        mflo    $t0, $ac\n
        mfhi    $t1, $ac\n
        sw      $t0, LO(\n)($a1)
        sw      $t1, HI(\n)($a1)
        .endm

        .globl  hold
        .type   hold, @function
        .ent    hold
hold:
        each_fpr ldc1, $a0
        load_accumulator 0
        load_accumulator 1
        load_accumulator 2
        load_accumulator 3
        ehb
        wait
        each_fpr sdc1, $a1
        store_accumulator 0
        store_accumulator 1
        store_accumulator 2
        store_accumulator 3
        jr      $ra
        nop
        .end    hold
