/* SPDX-License-Identifier: Apache-2.0 */
/* Program flash: erased page by page when first written in a session, written 16 bytes at once. */
#ifndef VZRIG_LOADER_FLASH_H
#define VZRIG_LOADER_FLASH_H

#include <stdint.h>

#define FLASH_START 0x1D000000u
#define FLASH_BYTES 0x200000u

/* Whether length bytes from offset on lie in program flash. */
int flash_holds(uint32_t offset, uint32_t length);

/*
 * Writes length bytes (a multiple of 16) at offset (a multiple of 16), erasing pages that were not
 * erased in this session. Returns 0 if the flash controller reported no error.
 */
int flash_write(uint32_t offset, const uint8_t *data, uint32_t length);

/* Erases every page that was not written in this session and is not blank. */
void flash_erase_rest(void);

#endif
