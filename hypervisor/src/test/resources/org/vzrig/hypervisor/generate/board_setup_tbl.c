#include <asm/pic32mz.h>

unsigned int const board_setup_tbl[] = {
	SBT2REG0, 0x00000048,	// RAM 0-256K, root
	SBT2RD0, 0x00000001,
	SBT2WR0, 0x00000001,
	SBT3REG0, 0x00040048,	// RAM 256K-512K, root
	SBT3RD0, 0x00000001,
	SBT3WR0, 0x00000001,
	SBT6REG0, 0x1f820038,	// SPI, I2C, UART, PMP, root
	SBT6RD0, 0x00000001,
	SBT6WR0, 0x00000001,
	SBT7REG0, 0x1f840038,	// timers, capture, compare, ADC, comparators, root
	SBT7RD0, 0x00000001,
	SBT7WR0, 0x00000001,
	SBT8REG0, 0x1f860038,	// ports, root
	SBT8RD0, 0x00000001,
	SBT8WR0, 0x00000001,
	SBT6REG1, 0x1f820000,	// SPI, I2C, UART, PMP, no DMA
	SBT6RD1, 0x00000001,
	SBT6WR1, 0x00000001,
	SBT7REG1, 0x1f840000,	// timers, capture, compare, ADC, comparators, no DMA
	SBT7RD1, 0x00000001,
	SBT7WR1, 0x00000001,
	SBT8REG1, 0x1f860000,	// ports, no DMA
	SBT8RD1, 0x00000001,
	SBT8WR1, 0x00000001,
	CFGPG, 0x00000000,	// groups of the initiators
	PMD1, 0xffffffff,	// clocks that stay off
	PMD2, 0xffffffff,	// clocks that stay off
	PMD3, 0xffffffff,	// clocks that stay off
	PMD4, 0xffffffff,	// clocks that stay off
	PMD5, 0xfffffff7,	// clocks that stay off
	PMD6, 0xfffff0ff,	// clocks that stay off
	PMD7, 0xffffffff,	// clocks that stay off
	0,	// end
};
