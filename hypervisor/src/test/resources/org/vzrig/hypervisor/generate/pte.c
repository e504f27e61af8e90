#include "tinyVP.h"
#include "tlb.h"

emulator const ic_emulator;
emulator const console;

union cpte const vm0_0[] = { // 0x1fffe000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x8074001a },
};

union cpte const vm0_1[] = { // 0x00000000 / 0x100000000
    { .cpte_nd.next=&vm0_0[0], 0x1fffe000 | 1, 0x1fffe000, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1fffe000 : 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

unsigned long const bm1_2[] = {
	0xffffffff, 0xffffffff, 0x0, 0x0,
};

unsigned long const bm1_3[] = {
	0x0, 0x0, 0x0, 0x0, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
	0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x0, 0x0,
};

unsigned long const bm1_4[] = {
	0xffffffff, 0xffffffff, 0x0, 0x0,
};

unsigned long const bm1_5[] = {
	0xfff0000,
};

union cpte const vm1_6[] = { // 0x00000000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x4000001e, 0x0 },
};

union cpte const vm1_7_sw[] = { // 0x1f800000 / 0x200
    { .cpte_dl.f=0x0, &bm1_2, 0x1f800009, 0x0 },
};

union cpte const vm1_8_sw[] = { // 0x1f800000 / 0x2000
    { .cpte_nd.next=&vm1_7_sw[0], 0x600 | 1, 0x0, .cpte_nd.pm=0x1ff, .cpte_nd.rs=28, .cpte_nd.ls=23 }, // 0x1f800000 : 0x200
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, &bm1_3, 0x1f801009, 0x1f801404 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

union cpte const vm1_9_tr[] = {
    { .cpte_nd.next=&vm1_8_sw[0], 0x6000 | 1, 0x0, .cpte_nd.pm=0x7ff, .cpte_nd.rs=26, .cpte_nd.ls=19 }, // 0x1f800000 : 0x2000
};

union cpte const vm1_10[] = { // 0x1f810000 / 0x2000
    { .cpte_dl.f=&ic_emulator, (void *)0x0, 0x407e0414, 0x0 },
};

union cpte const vm1_11[] = { // 0x1f800000 / 0x20000
    { .cpte_nd.next=&vm1_9_tr[0], 0x0, 0, .cpte_nd.pm=0, .cpte_nd.rs=0, .cpte_nd.ls=0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm1_10[0], 0x6000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1f810000 : 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

union cpte const vm1_12_sw[] = { // 0x1f822600 / 0x200
    { .cpte_dl.f=&console, &bm1_4, 0x1f822604, 0x0 },
};

union cpte const vm1_13_tr[] = {
    { .cpte_nd.next=&vm1_12_sw[0], 0x1fe00 | 1, 0x2600, .cpte_nd.pm=0x1ff, .cpte_nd.rs=28, .cpte_nd.ls=23 }, // 0x1f822600 : 0x200
};

union cpte const vm1_14[] = { // 0x1f860000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x407e1816, 0x0 },
};

union cpte const vm1_15[] = { // 0x1f800000 / 0x80000
    { .cpte_nd.next=&vm1_11[0], 0x0 | 1, 0x0, .cpte_nd.pm=0x1f, .cpte_nd.rs=26, .cpte_nd.ls=15 }, // 0x1f800000 : 0x20000
    { .cpte_nd.next=&vm1_13_tr[0], 0x0, 0, .cpte_nd.pm=0, .cpte_nd.rs=0, .cpte_nd.ls=0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm1_14[0], 0x1e000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1f860000 : 0x2000
};

union cpte const vm1_16[] = { // 0x1fc00000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x74041a, 0x0 },
};

union cpte const vm1_17_sw[] = { // 0x1fc0ff80 / 0x80
    { .cpte_dl.f=0x0, &bm1_5, 0x0, 0x1fc0ffc9 },
};

union cpte const vm1_18_tr[] = {
    { .cpte_nd.next=&vm1_17_sw[0], 0x7f80 | 1, 0x7f80, .cpte_nd.pm=0x7f, .cpte_nd.rs=28, .cpte_nd.ls=25 }, // 0x1fc0ff80 : 0x80
};

union cpte const vm1_19[] = { // 0x1fc00000 / 0x20000
    { .cpte_nd.next=&vm1_16[0], 0x6000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1fc00000 : 0x2000
    { .cpte_nd.next=&vm1_18_tr[0], 0x0, 0, .cpte_nd.pm=0, .cpte_nd.rs=0, .cpte_nd.ls=0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

union cpte const vm1_20[] = { // 0x1f800000 / 0x800000
    { .cpte_nd.next=&vm1_15[0], 0x180000 | 1, 0x0, .cpte_nd.pm=0x7f, .cpte_nd.rs=26, .cpte_nd.ls=13 }, // 0x1f800000 : 0x80000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm1_19[0], 0x1e0000 | 1, 0x0, .cpte_nd.pm=0x1f, .cpte_nd.rs=26, .cpte_nd.ls=15 }, // 0x1fc00000 : 0x20000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

union cpte const vm1_21[] = { // 0x00000000 / 0x20000000
    { .cpte_nd.next=&vm1_6[0], 0x7ffe000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x00000000 : 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm1_20[0], 0x7800000 | 1, 0x7800000, .cpte_nd.pm=0x7ff, .cpte_nd.rs=26, .cpte_nd.ls=9 }, // 0x1f800000 : 0x800000
};

union cpte const vm1_22[] = { // 0x00000000 / 0x100000000
    { .cpte_nd.next=&vm1_21[0], 0x0 | 1, 0x0, .cpte_nd.pm=0x1ffff, .cpte_nd.rs=26, .cpte_nd.ls=3 }, // 0x00000000 : 0x20000000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

unsigned long const bm2_23[] = {
	0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
	0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x0, 0x0,
};

unsigned long const bm2_24[] = {
	0xffffffff, 0xffffffff, 0x0, 0x0,
};

union cpte const vm2_25[] = { // 0x00000000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x4000005e, 0x0 },
};

union cpte const vm2_26_sw[] = { // 0x1f801000 / 0x800
    { .cpte_dl.f=0x0, &bm2_23, 0x0, 0x1f801404 },
};

union cpte const vm2_27_tr[] = {
    { .cpte_nd.next=&vm2_26_sw[0], 0x7800 | 1, 0x1000, .cpte_nd.pm=0x7ff, .cpte_nd.rs=28, .cpte_nd.ls=21 }, // 0x1f801000 : 0x800
};

union cpte const vm2_28[] = { // 0x1f810000 / 0x2000
    { .cpte_dl.f=&ic_emulator, (void *)0x0, 0x407e0414, 0x0 },
};

union cpte const vm2_29[] = { // 0x1f800000 / 0x20000
    { .cpte_nd.next=&vm2_27_tr[0], 0x0, 0, .cpte_nd.pm=0, .cpte_nd.rs=0, .cpte_nd.ls=0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm2_28[0], 0x6000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1f810000 : 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

union cpte const vm2_30_sw[] = { // 0x1f822600 / 0x200
    { .cpte_dl.f=&console, &bm2_24, 0x1f822604, 0x0 },
};

union cpte const vm2_31_tr[] = {
    { .cpte_nd.next=&vm2_30_sw[0], 0x1fe00 | 1, 0x2600, .cpte_nd.pm=0x1ff, .cpte_nd.rs=28, .cpte_nd.ls=23 }, // 0x1f822600 : 0x200
};

union cpte const vm2_32[] = { // 0x1f860000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x407e1816, 0x0 },
};

union cpte const vm2_33[] = { // 0x1f800000 / 0x80000
    { .cpte_nd.next=&vm2_29[0], 0x0 | 1, 0x0, .cpte_nd.pm=0x1f, .cpte_nd.rs=26, .cpte_nd.ls=15 }, // 0x1f800000 : 0x20000
    { .cpte_nd.next=&vm2_31_tr[0], 0x0, 0, .cpte_nd.pm=0, .cpte_nd.rs=0, .cpte_nd.ls=0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm2_32[0], 0x1e000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1f860000 : 0x2000
};

union cpte const vm2_34[] = { // 0x1fc00000 / 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x74045a, 0x0 },
};

union cpte const vm2_35[] = { // 0x1f800000 / 0x800000
    { .cpte_nd.next=&vm2_33[0], 0x180000 | 1, 0x0, .cpte_nd.pm=0x7f, .cpte_nd.rs=26, .cpte_nd.ls=13 }, // 0x1f800000 : 0x80000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm2_34[0], 0x1fe000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x1fc00000 : 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

union cpte const vm2_36[] = { // 0x00000000 / 0x20000000
    { .cpte_nd.next=&vm2_25[0], 0x7ffe000 | 1, 0x0, .cpte_nd.pm=0x7, .cpte_nd.rs=28, .cpte_nd.ls=19 }, // 0x00000000 : 0x2000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_nd.next=&vm2_35[0], 0x7800000 | 1, 0x7800000, .cpte_nd.pm=0x7ff, .cpte_nd.rs=26, .cpte_nd.ls=9 }, // 0x1f800000 : 0x800000
};

union cpte const vm2_37[] = { // 0x00000000 / 0x100000000
    { .cpte_nd.next=&vm2_36[0], 0x0 | 1, 0x0, .cpte_nd.pm=0x1ffff, .cpte_nd.rs=26, .cpte_nd.ls=3 }, // 0x00000000 : 0x20000000
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
    { .cpte_dl.f=0x0, (void *)0x0, 0x0, 0x0 },
};

extern long absent_vm_tlbtree[];

struct cpte_nd const * const cpt_base[] = {
	(struct cpte_nd *)&vm0_1,
	(struct cpte_nd *)&vm1_22,
	(struct cpte_nd *)&vm2_37,
};
