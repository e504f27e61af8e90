/* SPDX-License-Identifier: Apache-2.0 */
/* Registers of the chip that the guest does not own, or may only look at. */
#include "regs.h"

#include "attack.h"

#define AT(reg) ((uint32_t) & (reg))
#define LED (1 << 6)
#define NVM_WREN 0x4000
#define NVM_WR 0x8000
#define NVM_PAGE_ERASE 4
#define NVM_WORD_PROGRAM 1
#define SWRST 1

static void unlock(void) {
  probe_sw(AT(SYSKEY), 0);
  probe_sw(AT(SYSKEY), 0xAA996655);
  probe_sw(AT(SYSKEY), 0x556699AA);
}

struct verdict uart2_read(void) { return try_read(AT(UxSTA(2))); }

struct verdict uart2_write(void) { return try_write(AT(UxMODE(2)), UxMODE_ON); }

/* The console is shared: nobody may change its baud rate. */
struct verdict console_baud(void) { return try_change(AT(UxBRG(4)), 1); }

struct verdict port_read(void) { return try_read(AT(PORTx(PORT_G))); }

struct verdict port_write(void) { return try_write(AT(LATx(PORT_G)), LED); }

struct verdict port_byte(void) {
  probe_sb(AT(LATx(PORT_G)), LED);
  return unless_faulted(gained("wrote", LED));
}

struct verdict port_swl(void) {
  probe_swl(AT(LATx(PORT_G)), LED);
  return unless_faulted(gained("wrote", LED));
}

struct verdict port_ll_sc(void) {
  probe_ll_sc(AT(LATx(PORT_G)), LED);
  return unless_faulted(gained("wrote", LED));
}

struct verdict pps_write(void) { return try_write(AT(U4RXR), 0); }

struct verdict timer_write(void) { return try_write(AT(T1CON), 0x8000); }

struct verdict devid_write(void) { return try_change(AT(DEVID), 0); }

struct verdict devcfg_write(void) { return try_change(AT(DEVCFG0), 0); }

struct verdict cfgcon_write(void) {
  unlock();
  return try_change(AT(CFGCON), 0x3831);
}

struct verdict pmd_write(void) {
  unlock();
  return try_change(AT(PMD5), 0xFFFFFFFF);
}

/* The CPU as initiator of another permission group. */
struct verdict cfgpg_write(void) {
  unlock();
  return try_change(AT(CFGPG), 3);
}

struct verdict osccon_write(void) {
  unlock();
  return try_change(AT(OSCCON), 0x00000501);
}

struct verdict pbdiv_write(void) {
  unlock();
  return try_change(AT(PB2DIV), 0x0000887F);
}

/* The chip resets when RSWRST is read after SWRST was set. */
struct verdict software_reset(void) {
  unlock();
  probe_sw(AT(SET(RSWRST)), SWRST);
  uint32_t value = probe_lw(AT(RSWRST));
  return unless_faulted(value & SWRST ? gained("SWRST set", value) : blocked("write ignored"));
}

struct verdict watchdog(void) { return try_write(AT(WDTCON), 0x8000); }

struct verdict prefetch_write(void) { return try_write(AT(PRECON), 0); }

struct verdict sb_read(void) { return try_read(AT(SBTxREGy(2, 0))); }

/* Everybody may write the first RAM bank. */
struct verdict sb_write(void) { return try_write(AT(SBTxWRy(2, 0)), 0xF); }

static struct verdict nvm(uint32_t operation) {
  probe_sw(AT(NVMCON), NVM_WREN | operation);
  probe_sw(AT(NVMADDR), GUEST_CODE);
  probe_sw(AT(NVMDATA0), 0);
  probe_sw(AT(NVMKEY), 0);
  probe_sw(AT(NVMKEY), 0xAA996655);
  probe_sw(AT(NVMKEY), 0x556699AA);
  probe_sw(AT(SET(NVMCON)), NVM_WR);
  uint32_t nvmcon = probe_lw(AT(NVMCON));
  return unless_faulted(nvmcon & NVM_WREN ? gained("NVMCON", nvmcon) : blocked("write ignored"));
}

struct verdict nvm_erase(void) { return nvm(NVM_PAGE_ERASE); }

struct verdict nvm_program(void) { return nvm(NVM_WORD_PROGRAM); }

struct verdict nvm_unprotect(void) {
  probe_sw(AT(NVMKEY), 0);
  probe_sw(AT(NVMKEY), 0xAA996655);
  probe_sw(AT(NVMKEY), 0x556699AA);
  return try_write(AT(NVMBWP), 0);
}
