/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Boot loader of the virtual WiFire: STK500v2 over UART4, as the loaders of the chipKIT family speak
 * it, so that the programmers of real boards find the virtual one unchanged. What it does better: it
 * knows its part, reports errors of the flash controller, bounds its buffer, survives an overrun of
 * its receiver, shows flash as it is, and can keep the pages that were not written (parameters 56
 * and 57).
 */
#include "flash.h"
#include "regs.h"

#define APPLICATION 0x9D001000u
#define COUNT_HZ 100000000u
#define PBCLK2_HZ 100000000u
#define BAUD 115200u
#define LISTEN_TICKS (2 * COUNT_HZ)
#define BLINK_TICKS (COUNT_HZ / 8)
#define BOOT_LED (1 << 6)     /* RG6 */
#define DOWNLOAD_LED (1 << 4) /* RD4 */

#define START 0x1B
#define TOKEN 0x0E
#define BODY_BYTES 1024

enum {
  SIGN_ON = 0x01,
  SET_PARAM = 0x02,
  GET_PARAM = 0x03,
  LOAD_ADDRESS = 0x06,
  LEAVE = 0x11,
  PROGRAM = 0x13,
  READ = 0x14,
  SET_BAUD = 0x48
};
enum { STATUS_OK = 0x00, STATUS_FAILED = 0xC0 };
enum { PARAM_DEVID = 0x44, PARAM_HONEST = 0x56, PARAM_KEEP = 0x57 };

static uint8_t body[BODY_BYTES];
static uint8_t reply[BODY_BYTES];
static uint32_t received; /* bytes of the current frame */
static uint32_t length;   /* of its body */
static uint8_t sequence;
static uint8_t check;
static uint32_t address; /* offset from the start of program flash */
static int connected;
static int leaving;
static int keep;

static void set_baud(uint32_t rate) {
  U4MODE = 0;
  U4BRG = (PBCLK2_HZ / 4 + rate / 2) / rate - 1;
  U4MODE = UxMODE_ON | UxMODE_BRGH;
  U4STA = UxSTA_URXEN | UxSTA_UTXEN;
}

static void board_init(void) {
  PRECON = 0x32;
  ANSELGCLR = BOOT_LED;
  TRISGCLR = BOOT_LED;
  TRISDCLR = DOWNLOAD_LED;
  LATGCLR = BOOT_LED;
  LATDCLR = DOWNLOAD_LED;
  U4RXR = 0xB; /* RF2 */
  RPF8R = 2;   /* U4TX */
  set_baud(BAUD);
}

static void send(uint8_t value) {
  while (U4STA & UxSTA_UTXBF) {
  }
  U4TXREG = value;
  check ^= value;
}

static void wait_until_sent(void) {
  while (!(U4STA & UxSTA_TRMT)) {
  }
}

static void send_reply(uint32_t bytes) {
  check = 0;
  send(START);
  send(sequence);
  send(bytes >> 8);
  send(bytes);
  send(TOKEN);
  for (uint32_t i = 0; i < bytes; i++) {
    send(reply[i]);
  }
  send(check);
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static uint8_t parameter(uint8_t number) {
  if (number >= PARAM_DEVID && number < PARAM_DEVID + 4) {
    return DEVID >> 8 * (number - PARAM_DEVID);
  }
  return number == PARAM_HONEST ? 1 : number == PARAM_KEEP ? keep : 0;
}

static uint32_t sign_on(void) {
  static const char name[8] = "STK500_2";
  connected = 1;
  LATDSET = DOWNLOAD_LED;
  reply[2] = sizeof name;
  for (uint32_t i = 0; i < sizeof name; i++) {
    reply[3 + i] = name[i];
  }
  return 3 + sizeof name;
}

/* Data stands at offset 10 and is filled up with erased bytes to whole quad words. */
static uint32_t program(void) {
  uint32_t bytes = (uint32_t)body[1] << 8 | body[2];
  uint32_t padded = (bytes + 15) & ~15u;
  if (length < 10 + bytes || 10 + padded > BODY_BYTES || address % 16 != 0 ||
      !flash_holds(address, padded)) {
    reply[1] = STATUS_FAILED;
    return 2;
  }
  for (uint32_t i = bytes; i < padded; i++) {
    body[10 + i] = 0xFF;
  }
  reply[1] = flash_write(address, body + 10, padded) ? STATUS_FAILED : STATUS_OK;
  address += bytes;
  return 2;
}

static uint32_t read(void) {
  uint32_t bytes = (uint32_t)body[1] << 8 | body[2];
  if (3 + bytes > BODY_BYTES || !flash_holds(address, bytes)) {
    reply[1] = STATUS_FAILED;
    return 2;
  }
  const volatile uint8_t *from = (const volatile uint8_t *)(uintptr_t)(0xBD000000u + address);
  for (uint32_t i = 0; i < bytes; i++) {
    reply[2 + i] = from[i];
  }
  address += bytes;
  reply[2 + bytes] = STATUS_OK;
  return 3 + bytes;
}

static uint32_t leave(void) {
  if (!keep) {
    flash_erase_rest();
  }
  leaving = 1;
  return 2;
}

static uint32_t execute(void) {
  reply[0] = body[0];
  reply[1] = STATUS_OK;
  switch (body[0]) {
    case SIGN_ON:
      return sign_on();
    case SET_PARAM:
      keep = body[1] == PARAM_KEEP ? body[2] : keep;
      return 2;
    case GET_PARAM:
      reply[2] = parameter(body[1]);
      return 3;
    case LOAD_ADDRESS:
      address = big_endian(body + 1) << 1; /* it counts 16-bit words */
      return 2;
    case LEAVE:
      return leave();
    case PROGRAM:
      return program();
    case READ:
      return read();
    case SET_BAUD:
      for (int i = 2; i < 6; i++) {
        reply[i] = body[i - 1];
      }
      return 6;
    default:
      return 2; /* ENTER_PROGMODE and all that programmers send for form's sake */
  }
}

static void whole_frame(void) {
  uint32_t bytes = execute();
  send_reply(bytes);
  if (body[0] == SET_BAUD) {
    uint32_t rate = __builtin_bswap32(big_endian(body + 1));
    wait_until_sent();
    if (rate >= 300 && rate <= PBCLK2_HZ / 16) {
      set_baud(rate);
    }
  }
}

/* A frame that breaks a rule or whose check is wrong is dropped without an answer. */
static void take(uint8_t value) {
  uint32_t at = received++;
  uint8_t expected = check;
  check = at == 0 ? value : check ^ value;
  if (at == 0 && value != START) {
    received = 0;
  } else if (at == 1) {
    sequence = value;
  } else if (at == 2) {
    length = (uint32_t)value << 8;
  } else if (at == 3) {
    length |= value;
  } else if (at == 4 && (value != TOKEN || length == 0 || length > BODY_BYTES)) {
    received = 0;
  } else if (at >= 5 && at < 5 + length) {
    body[at - 5] = value;
  } else if (at > 4 && at == 5 + length) {
    received = 0;
    if (value == expected) {
      whole_frame();
    }
  }
}

static void poll(void) {
  if (U4STA & UxSTA_OERR) {
    U4STACLR = UxSTA_OERR;
    received = 0;
  }
  while (U4STA & UxSTA_URXDA) {
    take(U4RXREG);
  }
}

static int application_present(void) { return REG(APPLICATION | 0x20000000u) != 0xFFFFFFFF; }

/* Returns where the application starts. */
uint32_t loader(void) {
  board_init();
  uint32_t began = count();
  uint32_t blinked = began;
  int waits = !application_present();
  while (!leaving && (waits || connected || count() - began < LISTEN_TICKS)) {
    poll();
    if (count() - blinked >= BLINK_TICKS >> connected) {
      blinked += BLINK_TICKS >> connected;
      LATGINV = BOOT_LED;
    }
  }
  wait_until_sent();
  U4MODE = 0;
  LATGCLR = BOOT_LED;
  LATDCLR = DOWNLOAD_LED;
  TRISGSET = BOOT_LED;
  TRISDSET = DOWNLOAD_LED;
  return APPLICATION;
}
