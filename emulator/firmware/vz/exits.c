/* SPDX-License-Identifier: Apache-2.0 */
/* Guest privileged sensitive instructions, hypercalls and reserved instructions (VZ chapter 4.7). */
#include "vz.h"

struct sensitive {
  const char *name;
  const uint32_t *code;
};

static void all_exit(const struct sensitive *cases, int count) {
  for (int i = 0; i < count; i++) exits(cases[i].name, GEXC_GPSI, cases[i].code, 0);
}
#define ALL_EXIT(cases) all_exit(cases, sizeof(cases) / sizeof(cases)[0])

static void always_sensitive(void) {
  defaults();
  const struct sensitive cases[] = {
      {"GPSI on WAIT", CODE("wait")},
      {"GPSI on MFC0 PRId", CODE("mfc0 $2, $15")},
      {"GPSI on MTC0 Count even with GT", CODE("mtc0 $0, $9")},
      {"GPSI on MFC0 SRSCtl", CODE("mfc0 $2, $12, 2")},
      {"GPSI on MTC0 SRSCtl", CODE("mtc0 $0, $12, 2")},
      {"GPSI on MFC0 SRSMap", CODE("mfc0 $2, $12, 3")},
      {"GPSI on MTC0 SRSMap2", CODE("mtc0 $0, $12, 5")},
      {"GPSI on MFC0 CDMMBase", CODE("mfc0 $2, $15, 2")},
      {"GPSI on MFC0 WatchLo0", CODE("mfc0 $2, $18")},
      {"GPSI on MTC0 WatchLo0", CODE("mtc0 $0, $18")},
      {"GPSI on MFC0 WatchHi3", CODE("mfc0 $2, $19, 3")},
      {"GPSI on MFC0 PerfCtl0", CODE("mfc0 $2, $25")},
      {"GPSI on MTC0 PerfCnt1", CODE("mtc0 $0, $25, 3")},
      {"GPSI on MFC0 Debug", CODE("mfc0 $2, $23")},
      {"GPSI on MTC0 DEPC", CODE("mtc0 $0, $24")},
      {"GPSI on MFC0 DESAVE", CODE("mfc0 $2, $31")},
      {"GPSI on MFC0 ErrCtl", CODE("mfc0 $2, $26")},
      {"GPSI on MFC0 CacheErr", CODE("mfc0 $2, $27")},
      {"GPSI on MTC0 TagLo", CODE("mtc0 $0, $28")},
      {"GPSI on MFC0 DataLo", CODE("mfc0 $2, $28, 1")},
      {"GPSI on MFC0 GuestCtl0", CODE("mfc0 $2, $12, 6")},
      {"GPSI on MTC0 GuestCtl1", CODE("mtc0 $0, $10, 4")},
      {"GPSI on MTC0 GuestCtl2", CODE("mtc0 $0, $10, 5")},
      {"GPSI on MFC0 GTOffset", CODE("mfc0 $2, $12, 7")},
  };
  ALL_EXIT(cases);
}

static void without_cp0(void) {
  defaults();
  guestctl0 &= ~GUESTCTL0_CP0;
  const struct sensitive cases[] = {
      {"GPSI on MFC0 Status without CP0", CODE("mfc0 $2, $12")},
      {"GPSI on MTC0 EPC without CP0", CODE("mtc0 $0, $14")},
      {"GPSI on DI without CP0", CODE("di")},
      {"GPSI on EI without CP0", CODE("ei")},
      {"GPSI on ERET without CP0", CODE("eret")},
      {"GPSI on TLBP without CP0", CODE("tlbp")},
      {"GPSI on RDPGPR without CP0", CODE("rdpgpr $2, $3")},
      {"GPSI on CACHE without CP0", CODE("cache 0x15, 0($0)")},
  };
  ALL_EXIT(cases);
  SET_GUEST_CP0(STATUS, STATUS_UM);
  const uint32_t *code = user(CODE("mfc0 $2, $12"));
  test("CpU in guest user mode comes before GPSI");
  guest(code);
  guest_took(0x180, EXC_CPU, code);
  same("CE", GUEST_CP0(CAUSE) >> 28 & 3, 0);
  done();
}

static void without_mmu(void) {
  defaults();
  guestctl0 = (guestctl0 & ~GUESTCTL0_AT) | 0x04000000;
  const struct sensitive cases[] = {
      {"GPSI on MFC0 Index with AT = 1", CODE("mfc0 $2, $0")},
      {"GPSI on MFC0 Random with AT = 1", CODE("mfc0 $2, $1")},
      {"GPSI on MTC0 EntryLo0 with AT = 1", CODE("mtc0 $0, $2")},
      {"GPSI on MTC0 EntryLo1 with AT = 1", CODE("mtc0 $0, $3")},
      {"GPSI on MFC0 Context with AT = 1", CODE("mfc0 $2, $4")},
      {"GPSI on MTC0 PageMask with AT = 1", CODE("mtc0 $0, $5")},
      {"GPSI on MTC0 PageGrain with AT = 1", CODE("mtc0 $0, $5, 1")},
      {"GPSI on MTC0 Wired with AT = 1", CODE("mtc0 $0, $6")},
      {"GPSI on MTC0 EntryHi with AT = 1", CODE("mtc0 $0, $10")},
      {"GPSI on TLBP with AT = 1", CODE("tlbp")},
      {"GPSI on TLBR with AT = 1", CODE("tlbr")},
      {"GPSI on TLBWI with AT = 1", CODE("tlbwi")},
      {"GPSI on TLBWR with AT = 1", CODE("tlbwr")},
      {"GPSI on TLBINV with AT = 1", CODE(".word 0x42000003")},
      {"GPSI on TLBINVF with AT = 1", CODE(".word 0x42000004")},
  };
  ALL_EXIT(cases);
}

static void without_timer(void) {
  defaults();
  guestctl0 &= ~GUESTCTL0_GT;
  const struct sensitive cases[] = {
      {"GPSI on MFC0 Count without GT", CODE("mfc0 $2, $9")},
      {"GPSI on MTC0 Count without GT", CODE("mtc0 $0, $9")},
      {"GPSI on MFC0 Compare without GT", CODE("mfc0 $2, $11")},
      {"GPSI on MTC0 Compare without GT", CODE("mtc0 $0, $11")},
      {"GPSI on RDHWR CC without GT", CODE("rdhwr $2, $2")},
  };
  ALL_EXIT(cases);
  runs("RDHWR CCRes needs no GT", CODE("rdhwr $2, $3"), 1);
  is("RDHWR CCRes is 2 in the guest", GUEST_GPR(2), 2);
}

static void without_config(void) {
  defaults();
  guestctl0 &= ~GUESTCTL0_CF;
  exits("GPSI on MTC0 Config without CF", GEXC_GPSI, CODE("mtc0 $0, $16"), 0);
  exits("GPSI on MTC0 Config5 without CF", GEXC_GPSI, CODE("mtc0 $0, $16, 5"), 0);
  runs("MFC0 Config needs no CF", CODE("mfc0 $2, $16"), 1);
  guestctl0 |= GUESTCTL0_CF;
  runs("MTC0 Config with CF", CODE("mfc0 $2, $16\n\tmtc0 $2, $16"), 2);
}

static void caches(void) {
  defaults();
  runs("CACHE Index Invalidate I with CG and CGI", CODE("cache 0x00, 0($0)"), 1);
  runs("CACHE Hit Writeback Invalidate D with CG", CODE("lui $4, 0x8000\n\tcache 0x15, 0($4)"), 2);
  SET_CP0(GUESTCTL0EXT, EXT_FCD);
  exits("GPSI on CACHE Index without CGI", GEXC_GPSI, CODE("cache 0x00, 0($0)"), 0);
  guestctl0 &= ~GUESTCTL0_CG;
  exits("GPSI on CACHE Hit without CG", GEXC_GPSI, CODE("lui $4, 0x8000\n\tcache 0x15, 0($4)"), 1);
  SET_CP0(GUESTCTL0EXT, EXT_FCD | EXT_CGI);
  exits("GPSI on CACHE Index without CG", GEXC_GPSI, CODE("cache 0x01, 0($0)"), 0);
}

static void extended(void) {
  defaults();
  SET_CP0(GUESTCTL0EXT, EXT_CGI | EXT_FCD | EXT_MG);
  const struct sensitive mmu[] = {
      {"GPSI on MFC0 Index with MG", CODE("mfc0 $2, $0")},
      {"GPSI on MTC0 EntryHi with MG", CODE("mtc0 $0, $10")},
      {"GPSI on MTC0 Wired with MG", CODE("mtc0 $0, $6")},
  };
  ALL_EXIT(mmu);
  runs("KScratch is free with MG", CODE("mtc0 $0, $31, 2"), 1);
  SET_CP0(GUESTCTL0EXT, EXT_CGI | EXT_FCD | EXT_OG);
  const struct sensitive other[] = {
      {"GPSI on MTC0 UserLocal with OG", CODE("mtc0 $0, $4, 2")},
      {"GPSI on MTC0 HWREna with OG", CODE("mtc0 $0, $7")},
      {"GPSI on MFC0 LLAddr with OG", CODE("mfc0 $2, $17")},
      {"GPSI on MTC0 KScratch0 with OG", CODE("mtc0 $0, $31, 2")},
      {"GPSI on MFC0 KScratch1 with OG", CODE("mfc0 $2, $31, 3")},
  };
  ALL_EXIT(other);
  runs("BadVAddr is free with OG", CODE("mfc0 $2, $8"), 1);
  SET_CP0(GUESTCTL0EXT, EXT_CGI | EXT_FCD | EXT_BG);
  const struct sensitive bad[] = {
      {"GPSI on MFC0 BadVAddr with BG", CODE("mfc0 $2, $8")},
      {"GPSI on MFC0 BadInstr with BG", CODE("mfc0 $2, $8, 1")},
      {"GPSI on MFC0 BadInstrP with BG", CODE("mfc0 $2, $8, 2")},
  };
  ALL_EXIT(bad);
  runs("UserLocal is free with BG", CODE("mtc0 $0, $4, 2"), 1);
}

static void permitted(void) {
  defaults();
  runs("a guest reads and writes its own CP0 without exits",
       CODE("mfc0 $2, $0\n\tmfc0 $2, $1\n\tmtc0 $0, $2\n\tmtc0 $0, $3\n\tmfc0 $2, $4\n\t"
            "mtc0 $0, $4, 2\n\tmtc0 $0, $5\n\tmfc0 $2, $5, 1\n\tmtc0 $0, $6\n\tmtc0 $0, $7\n\t"
            "mfc0 $2, $8\n\tmfc0 $2, $9\n\tmtc0 $0, $10\n\tmfc0 $2, $11\n\tmfc0 $2, $12\n\t"
            "mfc0 $2, $12, 4\n\tmfc0 $2, $13, 4\n\tmfc0 $2, $13, 5\n\tmtc0 $0, $14, 2\n\t"
            "mtc0 $0, $14\n\tmfc0 $2, $15, 1\n\tmfc0 $2, $16, 3\n\tmtc0 $0, $30\n\t"
            "mtc0 $0, $31, 2\n\tdi\n\tei\n\tdi"),
       27);
  runs("a guest uses its TLB without exits", CODE("tlbp\n\ttlbr\n\ttlbwi\n\ttlbwr"), 4);
}

static void in_delay_slots(void) {
  defaults();
  const uint32_t *code = CODE("b . + 8\n\tmfc0 $2, $15");
  test("GPSI in a delay slot");
  guest(code);
  exited_in_slot(GEXC_GPSI, code);
  done();
  code = CODE("b . + 8\n\thypcall 9");
  test("HC in a delay slot");
  guest(code);
  exited_in_slot(GEXC_HC, code);
  done();
}

static void hypercalls(void) {
  defaults();
  const uint32_t *code = CODE("hypcall 0x2a5");
  exits("HC on HYPCALL", GEXC_HC, code, 0);
  is("BadInstr holds the code of HYPCALL", outcome.badinstr >> 11 & 0x3FF, 0x2A5);
  guestctl0 &= ~GUESTCTL0_CP0;
  exits("HC needs no CP0", GEXC_HC, code, 0);
  SET_GUEST_CP0(STATUS, STATUS_UM);
  code = user(code);
  test("HYPCALL in guest user mode is CpU in the guest");
  guest(code);
  guest_took(0x180, EXC_CPU, code);
  done();
}

static void reserved(void) {
  defaults();
  const uint32_t *code = CODE(".word 0x7000003e");
  test("a reserved instruction is RI in the guest");
  guest(code);
  guest_took(0x180, EXC_RI, code);
  same("guest BadInstr", GUEST_CP0(BADINSTR), *code);
  done();
  const uint32_t *root_only[] = {CODE("mfgc0 $2, $12"), CODE("mtgc0 $0, $14"), CODE("tlbgp"),
                                 CODE("tlbgr"),         CODE("tlbgwi"),        CODE("tlbginvf")};
  static const char *const names[] = {"MFGC0 is RI in the guest",  "MTGC0 is RI in the guest",
                                      "TLBGP is RI in the guest",  "TLBGR is RI in the guest",
                                      "TLBGWI is RI in the guest", "TLBGINVF is RI in the guest"};
  for (int i = 0; i < 6; i++) {
    defaults();
    test(names[i]);
    guest(root_only[i]);
    guest_took(0x180, EXC_RI, root_only[i]);
    done();
  }
  defaults();
  guestctl0 |= GUESTCTL0_RI;
  exits("GRR on a reserved instruction with RI", GEXC_GRR, code, 0);
  exits("GRR on MFGC0 with RI", GEXC_GRR, root_only[0], 0);
  SET_GUEST_CP0(STATUS, STATUS_UM);
  exits("GRR in guest user mode", GEXC_GRR, user(code), 0);
  test("CpU does not become GRR");
  const uint32_t *cp0 = user(CODE("mfc0 $2, $12"));
  guest(cp0);
  guest_took(0x180, EXC_CPU, cp0);
  done();
}

void exit_checks(void) {
  always_sensitive();
  without_cp0();
  without_mmu();
  without_timer();
  without_config();
  caches();
  extended();
  permitted();
  in_delay_slots();
  hypercalls();
  reserved();
}
