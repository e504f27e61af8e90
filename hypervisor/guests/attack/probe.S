/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Single accesses, and the exception handler that skips them. No access stands in a delay slot, so
 * that EPC + 4 is always the instruction behind it.
 */
#include "regs.h"

        .set    noreorder
        .set    noat
        .set    virt

/* struct fault */
#define ARMED 0
#define COUNT 4
#define CAUSE 8
#define EPC 12
#define BADVADDR 16
#define RESUME 20

        .macro  function name
        .globl  \name
        .type   \name, @function
        .ent    \name
\name:
        .endm

        .macro  return name
        jr      $ra
        nop
        .end    \name
        .endm

        .text
        function guest_exception
        la      $k0, fault
        lw      $k1, ARMED($k0)
        beqz    $k1, 2f                         /* our own mistake: tell the hypervisor */
        mfc0    $k1, $13
        sw      $k1, CAUSE($k0)
        mfc0    $k1, $8
        sw      $k1, BADVADDR($k0)
        mfc0    $k1, $14
        sw      $k1, EPC($k0)
        lw      $k1, COUNT($k0)
        addiu   $k1, $k1, 1
        sw      $k1, COUNT($k0)
        lw      $k1, RESUME($k0)
        bnez    $k1, 1f
        nop
        lw      $k1, EPC($k0)
        addiu   $k1, $k1, 4
1:      mtc0    $k1, $14
        ehb
        eret
2:      mfc0    $k0, $13
        mfc0    $k1, $14
        hypcall HYPCALL_UNHANDLED
3:      b       3b
        nop
        .end    guest_exception

        function probe_lw
        move    $v0, $zero
        lw      $v0, 0($a0)
        return  probe_lw

        function probe_sw
        sw      $a1, 0($a0)
        return  probe_sw

        function probe_sb
        sb      $a1, 0($a0)
        return  probe_sb

        function probe_swl
        swl     $a1, 2($a0)
        return  probe_swl

        function probe_ll_sc
        ll      $v0, 0($a0)
        sc      $a1, 0($a0)
        return  probe_ll_sc

        .macro  cache_probe name, operation
        function \name
        cache   \operation, 0($a0)
        return  \name
        .endm

        cache_probe probe_cache_index_load_tag, 5       /* data cache */
        cache_probe probe_cache_index_store_tag_i, 8
        cache_probe probe_cache_index_store_tag_d, 9
        cache_probe probe_cache_hit_invalidate, 17      /* data cache */
        cache_probe probe_cache_lock, 29                /* data cache: fetch and lock */

        function probe_synci
        synci   0($a0)
        return  probe_synci

        function probe_pref
        pref    1, 0($a0)
        return  probe_pref

        function probe_call
        la      $t0, fault
        sw      $ra, RESUME($t0)
        jr      $a0
        nop
        .end    probe_call
