/* SPDX-License-Identifier: Apache-2.0 */
#include "flash.h"

#include "regs.h"

#define PAGE_BYTES 0x4000u
#define PAGES (FLASH_BYTES / PAGE_BYTES)
#define UNCACHED 0xA0000000u

static uint8_t erased[PAGES];

int flash_holds(uint32_t offset, uint32_t length) {
  return offset < FLASH_BYTES && length <= FLASH_BYTES - offset;
}

static const volatile uint32_t *words(uint32_t offset) {
  return (const volatile uint32_t *)(uintptr_t)(FLASH_START + offset + UNCACHED);
}

/* The two keys and the start have to follow each other; no interrupt is ever enabled here. */
static int operate(uint32_t operation, uint32_t offset) {
  NVMADDR = FLASH_START + offset;
  NVMCON = NVMCON_WREN | operation;
  NVMKEY = 0;
  NVMKEY = 0xAA996655;
  NVMKEY = 0x556699AA;
  NVMCONSET = NVMCON_WR;
  while (NVMCON & NVMCON_WR) {
  }
  uint32_t failed = NVMCON & NVMCON_ERRORS;
  NVMCONCLR = NVMCON_WREN;
  return failed != 0;
}

static int blank(uint32_t offset) {
  const volatile uint32_t *word = words(offset);
  for (uint32_t i = 0; i < PAGE_BYTES / 4; i++) {
    if (word[i] != 0xFFFFFFFF) {
      return 0;
    }
  }
  return 1;
}

static int erase(uint32_t page) {
  if (erased[page]) {
    return 0;
  }
  erased[page] = 1;
  return blank(page * PAGE_BYTES) ? 0 : operate(NVMOP_PAGE_ERASE, page * PAGE_BYTES);
}

static uint32_t word_at(const uint8_t *data) {
  return data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16 | (uint32_t)data[3] << 24;
}

/* A quad word that flash holds already is left alone: it could not be written twice with ECC on. */
static int write_quad(uint32_t offset, const uint8_t *data) {
  int same = 1;
  for (int i = 0; i < 4; i++) {
    uint32_t word = word_at(data + 4 * i);
    NVMDATA(i) = word;
    same &= words(offset)[i] == word;
  }
  return same ? 0 : operate(NVMOP_QUAD_WORD, offset);
}

int flash_write(uint32_t offset, const uint8_t *data, uint32_t length) {
  int failed = 0;
  for (uint32_t at = 0; at < length; at += 16) {
    failed |= erase((offset + at) / PAGE_BYTES);
    failed |= write_quad(offset + at, data + at);
  }
  return failed;
}

void flash_erase_rest(void) {
  for (uint32_t page = 0; page < PAGES; page++) {
    erase(page);
  }
}
