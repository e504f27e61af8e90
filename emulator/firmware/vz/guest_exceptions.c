/* SPDX-License-Identifier: Apache-2.0 */
/* Exceptions that stay in the guest, those that go to root instead, and the guest's modes. */
#include "vz.h"

#define K STATUS_CU0

static void stays(const char *name, uint32_t exccode, const uint32_t *code, int n) {
  SET_GUEST_CP0(STATUS, K);
  test(name);
  guest(code);
  guest_took(0x180, exccode, code + n);
  same("guest BadInstr", GUEST_CP0(BADINSTR), code[n]);
  done();
}

static void in_kernel_mode(void) {
  defaults();
  stays("SYSCALL stays in the guest", EXC_SYS, CODE("syscall 5"), 0);
  stays("BREAK stays in the guest", EXC_BP, CODE("break 7"), 0);
  stays("TEQ stays in the guest", EXC_TR, CODE("teq $0, $0"), 0);
  stays("overflow stays in the guest", EXC_OV, CODE("lui $4, 0x7fff\n\tadd $4, $4, $4"), 1);
  stays("a load's address error stays in the guest", EXC_ADEL, CODE("lw $4, 2($0)"), 0);
  is("guest BadVAddr of an address error", GUEST_CP0(BADVADDR), 2);
  stays("a store's address error stays in the guest", EXC_ADES, CODE("sh $4, 5($0)"), 0);
  stays("CpU of unit 1 stays in the guest", EXC_CPU, CODE("mtc1 $0, $f0"), 0);
  is("guest Cause.CE", GUEST_CP0(CAUSE) >> 28 & 3, 1);
  stays("CpU of unit 2 stays in the guest", EXC_CPU, CODE(".word 0x48800000"), 0);
  is("guest Cause.CE of unit 2", GUEST_CP0(CAUSE) >> 28 & 3, 2);
  stays("DSP disabled stays in the guest", EXC_DSPDIS, CODE("addq.ph $2, $3, $4"), 0);
  const uint32_t *code = CODE("b . + 8\n\tsyscall");
  SET_GUEST_CP0(STATUS, K);
  test("guest BD and BadInstrP of an exception in a delay slot");
  guest(code);
  guest_took(0x180, EXC_SYS, code);
  same("guest BD", GUEST_CP0(CAUSE) >> 31, 1);
  same("guest BadInstr", GUEST_CP0(BADINSTR), code[1]);
  same("guest BadInstrP", GUEST_CP0(BADINSTRP), code[0]);
  done();
}

/* The guest has enabled a unit that root has not given it. */
static void units(void) {
  defaults();
  SET_GUEST_CP0(STATUS, K | STATUS_CU1 | STATUS_MX);
  const uint32_t *fpu = CODE("mtc1 $0, $f0");
  const uint32_t *dsp = CODE("addq.ph $2, $3, $4");
  runs("the FPU works with CU1 in both contexts", fpu, 1);
  runs("the DSP unit works with MX in both contexts", dsp, 1);
  root_status = STATUS_CU0;
  test("CpU of unit 1 goes to root without root's CU1");
  guest(fpu);
  left(0x180, EXC_CPU, fpu);
  same("CE", outcome.cause >> 28 & 3, 1);
  same("BadInstr", outcome.badinstr, *fpu);
  same("guest EXL", GUEST_CP0(STATUS) >> 1 & 1, 0);
  done();
  test("DSP disabled goes to root without root's MX");
  guest(dsp);
  left(0x180, EXC_DSPDIS, dsp);
  same("BadInstr", outcome.badinstr, *dsp);
  done();
}

static void levels(void) {
  defaults();
  const uint32_t *code = CODE("syscall");
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  SET_GUEST_CP0(EPC, 0x12345678);
  test("a nested guest exception leaves EPC and sets NestedEPC");
  guest(code);
  exited(GEXC_HC, guest_vectors + 0x180 / 4);
  same("guest EPC", GUEST_CP0(EPC), 0x12345678);
  same("guest NestedEPC", GUEST_CP0(NESTEDEPC), (uintptr_t)code);
  same("guest NestedExc", GUEST_CP0(NESTEDEXC), 2);
  done();
  SET_GUEST_CP0(STATUS, K);
  guest(code);
  is("guest NestedExc of a first exception", GUEST_CP0(NESTEDEXC), 0);
  const uint32_t *eret = CODE("eret");
  const uint32_t *target = CODE("nop");
  SET_GUEST_CP0(STATUS, K | STATUS_EXL);
  SET_GUEST_CP0(EPC, (uintptr_t)target);
  test("guest ERET from EXL goes to EPC");
  guest(eret);
  exited(GEXC_HC, target + 1);
  same("guest Status", GUEST_CP0(STATUS), K);
  done();
  SET_GUEST_CP0(STATUS, K | STATUS_ERL | STATUS_EXL);
  SET_GUEST_CP0(ERROREPC, (uintptr_t)target);
  SET_GUEST_CP0(EPC, 0x80000000);
  test("guest ERET from ERL goes to ErrorEPC");
  guest(eret);
  exited(GEXC_HC, target + 1);
  same("guest Status", GUEST_CP0(STATUS), K | STATUS_EXL);
  done();
}

static void boot_vectors(void) {
  defaults();
  root_tlb(2, 1, 0x1FC00000, 0, PFN(0x1D000000 + ((uintptr_t)guest_vectors & 0xFFFF)) | RO,
           PFN(0x1D000000 + ((uintptr_t)guest_vectors & 0xFFFF)) | RO);
  SET_GUEST_CP0(STATUS, K | STATUS_BEV);
  const uint32_t *code = CODE("syscall");
  test("guest BEV = 1 vectors to BFC00380");
  guest(code);
  left(0x180, EXC_GE, (const uint32_t *)(uintptr_t)0xBFC00380);
  same("guest EPC", GUEST_CP0(EPC), (uintptr_t)code);
  done();
}

static void user_mode(void) {
  defaults();
  const uint32_t *code = user(CODE("syscall"));
  SET_GUEST_CP0(STATUS, STATUS_UM);
  test("SYSCALL of a guest's user goes to the guest's kernel");
  guest(code);
  guest_took(0x180, EXC_SYS, code);
  same("guest UM", GUEST_CP0(STATUS) >> 4 & 1, 1);
  done();
  code = user(CODE("lui $4, 0x8000\n\tlw $2, 0($4)"));
  SET_GUEST_CP0(STATUS, STATUS_UM);
  test("KSEG0 is an address error for a guest's user");
  guest(code);
  guest_took(0x180, EXC_ADEL, code + 1);
  same("guest BadVAddr", GUEST_CP0(BADVADDR), 0x80000000);
  done();
  code = user(CODE("rdhwr $2, $1"));
  SET_GUEST_CP0(STATUS, STATUS_UM);
  test("RDHWR needs guest HWREna in user mode");
  guest(code);
  guest_took(0x180, EXC_RI, code);
  done();
  SET_GUEST_CP0(STATUS, STATUS_UM);
  SET_GUEST_CP0(HWRENA, 1 << 1);
  SET_GUEST_GPR(2, 0);
  test("RDHWR SYNCI_Step with guest HWREna");
  guest(code);
  guest_took(0x180, EXC_CPU, code + 1);
  same("step", GUEST_GPR(2), 16);
  done();
  code = user(CODE("wait"));
  SET_GUEST_CP0(STATUS, STATUS_UM);
  test("WAIT of a guest's user is CpU in the guest");
  guest(code);
  guest_took(0x180, EXC_CPU, code);
  done();
  const uint32_t *eret = CODE("eret");
  code = user(CODE("syscall"));
  SET_GUEST_CP0(STATUS, STATUS_UM | STATUS_EXL);
  SET_GUEST_CP0(EPC, (uintptr_t)code);
  test("guest ERET enters guest user mode");
  guest(eret);
  guest_took(0x180, EXC_SYS, code);
  done();
}

/* Root's errors on the guest's behalf. */
static void bus_errors(void) {
  defaults();
  root_tlb(2, 1, 0x18000000, 0, PFN(0x18000000) | RW, PFN(0x18001000) | RW);
  const uint32_t *code = CODE("lui $4, 0xb800\n\tlw $2, 0($4)");
  test("a bus error of a guest's load goes to root");
  guest(code);
  left(0x180, EXC_DBE, code + 1);
  same("guest EXL", GUEST_CP0(STATUS) >> 1 & 1, 0);
  done();
  test("a bus error of a guest's fetch goes to root");
  guest((const uint32_t *)(uintptr_t)0xB8000000);
  left(0x180, EXC_IBE, (const uint32_t *)(uintptr_t)0xB8000000);
  done();
}

void guest_exception_checks(void) {
  in_kernel_mode();
  units();
  levels();
  boot_vectors();
  user_mode();
  bus_errors();
}
