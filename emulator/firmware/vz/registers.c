/* SPDX-License-Identifier: Apache-2.0 */
/* What can be written of the virtualization registers, and of the guest's registers by root. */
#include "vz.h"

static void root_registers(void) {
  SET_CP0(GUESTCTL0, 0x7FFFFFFF); /* without GM, which would start the guest here */
  is("GuestCtl0 written with ones", CP0(GUESTCTL0) & 0x7FCB01FF & ~0x7Cu, 0x7FC80183);
  SET_CP0(GUESTCTL0, 0);
  is("GuestCtl0 written with zeros: G1, G0E, G2 stay", CP0(GUESTCTL0) & ~0x7Cu,
     GUESTCTL0_G1 | GUESTCTL0_G0E | GUESTCTL0_G2);
  SET_CP0(GUESTCTL0EXT, 0xFFFFFFFF);
  is("GuestCtl0Ext: RPW NCC CGI FCD OG BG MG", CP0(GUESTCTL0EXT), 0x3DF);
  SET_CP0(GUESTCTL0EXT, 0);
  is("GuestCtl0Ext written with zeros", CP0(GUESTCTL0EXT), 0);
  SET_CP0(GUESTCTL1, 0xFFFFFFFF);
  is("GuestCtl1: three bits of RID and ID", CP0(GUESTCTL1), 0x00070007);
  SET_CP0(GUESTCTL2, 0xFFFFFFFF);
  is("GuestCtl2: GRIPL, GEICSS, GVEC", CP0(GUESTCTL2), 0xFF3CFFFF);
  SET_CP0(GUESTCTL2, 0);
  SET_CP0(GUESTCTL3, 0xFFFFFFFF);
  is("GuestCtl3: GLSS", CP0(GUESTCTL3), 7);
  SET_CP0(GTOFFSET, 0xA5A5A5A5);
  is("GTOffset", CP0(GTOFFSET), 0xA5A5A5A5);
  is("Config3.VZ in root", CP0(16, 3) >> 23 & 1, 1);
  is("PRId", CP0(PRID), 0x0001A720);
}

static void guest_registers(void) {
  defaults();
  is("guest Config3 has no VZ", GUEST_CP0(16, 3) >> 23 & 1, 0);
  is("guest Config1: 16 TLB entries", GUEST_CP0(CONFIG1) >> 25 & 63, 15);
  SET_GUEST_CP0(CAUSE, 0xFFFFFFFF);
  test("root writes guest Cause: TI, DC, IV, RIPL, IP, ExcCode");
  same("guest Cause", GUEST_CP0(CAUSE) & 0x4883FF7C, 0x4883FF7C);
  done();
  SET_GUEST_CP0(CAUSE, CAUSE_IV);
  SET_GUEST_CP0(STATUS, STATUS_EXL | STATUS_IPL(0x15) | STATUS_CU0);
  is("guest ViewIPL", GUEST_CP0(VIEW_IPL), 0x15 << 2);
  SET_GUEST_CP0(BADVADDR, 0x1234);
  SET_GUEST_CP0(ERROREPC, 0x87654321);
  SET_GUEST_CP0(KSCRATCH0, 0xA1A1A1A1);
  SET_GUEST_CP0(USERLOCAL, 0xB2B2B2B2);
  SET_CP0(KSCRATCH0, 0xC3C3C3C3);
  SET_CP0(USERLOCAL, 0xD4D4D4D4);
  test("guest and root registers are apart");
  same("guest ErrorEPC", GUEST_CP0(ERROREPC), 0x87654321);
  same("guest KScratch0", GUEST_CP0(KSCRATCH0), 0xA1A1A1A1);
  same("guest UserLocal", GUEST_CP0(USERLOCAL), 0xB2B2B2B2);
  same("KScratch0", CP0(KSCRATCH0), 0xC3C3C3C3);
  same("UserLocal", CP0(USERLOCAL), 0xD4D4D4D4);
  done();
  const uint32_t *code = CODE("mfc0 $2, $31, 2\n\tmfc0 $3, $4, 2\n\tmfc0 $4, $12\n\tmfc0 $5, $15, 1");
  SET_GUEST_CP0(STATUS, STATUS_CU0);
  test("the guest reads its own registers");
  guest(code);
  exited(GEXC_HC, code + 4);
  same("KScratch0", GUEST_GPR(2), 0xA1A1A1A1);
  same("UserLocal", GUEST_GPR(3), 0xB2B2B2B2);
  same("Status", GUEST_GPR(4), STATUS_CU0);
  same("EBase", GUEST_GPR(5), (uintptr_t)guest_vectors);
  done();
}

/* What the guest writes must not reach root. */
static void guest_writes(void) {
  defaults();
  uint32_t ebase = CP0(EBASE_REGISTER);
  uint32_t intctl = CP0(INTCTL);
  SET_GUEST_GPR(4, 0x80002000);
  SET_GUEST_GPR(5, 0x40);
  runs("the guest writes EBase, IntCtl, Wired, PageMask",
       CODE("mtc0 $4, $15, 1\n\tmtc0 $5, $12, 1\n\tmtc0 $5, $6\n\tmtc0 $4, $5"), 4);
  test("what the guest writes stays in the guest");
  same("EBase", CP0(EBASE_REGISTER), ebase);
  same("IntCtl", CP0(INTCTL), intctl);
  same("Wired", CP0(6, 0), 0);
  same("guest EBase", GUEST_CP0(EBASE_REGISTER), 0x80002000);
  same("guest IntCtl", GUEST_CP0(INTCTL), 0x40);
  done();
}

void register_checks(void) {
  root_registers();
  guest_registers();
  guest_writes();
  defaults();
}
