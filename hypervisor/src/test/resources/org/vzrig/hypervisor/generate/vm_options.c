#include "tinyVP.h"
#include "thread.h"

unsigned int const vzstack_size_total =
	(VZSTACKSIZE + (MAX_NUM_THREAD * THREAD_FRAME_SIZE));

unsigned const vm_options[MAX_NUM_THREAD + 1] = {
	0,
	0x01010001,
	0x02020000,
};

unsigned const vm_sp[MAX_NUM_THREAD + 1] = {
	0,
	(unsigned)(unsigned int *)0x0,
	(unsigned)(unsigned int *)0x0,
};

unsigned const vm_list[MAX_NUM_THREAD + 1] = {
	(unsigned)0,
	(unsigned)0x9fc00480,
	(unsigned)0x9fc00480,
};

unsigned int vzstack[(VZSTACKSIZE / 4) + ((MAX_NUM_THREAD * THREAD_FRAME_SIZE) / 4)]
	__attribute__ ((aligned(CACHE_LINE_SIZE)));
