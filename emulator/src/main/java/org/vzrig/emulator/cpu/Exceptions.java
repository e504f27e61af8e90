package org.vzrig.emulator.cpu;

/**
 * Takes exceptions and interrupts into root or guest context exactly as hardware does (MIPS32
 * volume III chapter 6, VZ volume IV-i; pic32mz-ef.md section 22, 23).
 */
final class Exceptions {
  private static final int REFILL = 0x000;
  private static final int GENERAL = 0x180;
  private static final int SPECIAL = 0x200;
  private static final int BEV_BASE = 0xBFC0_0200;
  private static final int DEBUG_VECTOR = 0xBFC0_0480;
  private static final int DEBUG_DM = 1 << 30;
  private static final int DEBUG_DBD = 1 << 31;
  private static final int DEBUG_DBP = 1 << 1;
  private static final int DEBUG_DSS = 1;
  private static final int DEBUG_EXCCODE_SHIFT = 10;
  private static final int DEBUG_EXCCODE = 0x1F << DEBUG_EXCCODE_SHIFT;

  /** Debug.SSt: each instruction outside debug mode ends with a debug exception. */
  static final int DEBUG_SST = 1 << 8;

  private final Cpu cpu;
  private final CpuException exception = new CpuException();

  Exceptions(Cpu cpu) {
    this.cpu = cpu;
  }

  /** The core's one exception, set up for {@code code} in the current mode. */
  CpuException raise(int code) {
    return exception.set(code);
  }

  CpuException exit(int guestCode) {
    CpuException e = exception.set(ExcCode.GE).root();
    e.guestCode = guestCode;
    return e;
  }

  CpuException breakpoint() {
    CpuException e = exception.set(ExcCode.BP);
    e.debug = true;
    return e;
  }

  CpuException halt() {
    CpuException e = exception.set(0);
    e.halt = true;
    return e;
  }

  // --- synchronous exceptions

  void take(CpuException e) {
    boolean delaySlot = cpu.inDelaySlot();
    if (e.debug || cpu.inDebug()) {
      takeDebug(e, delaySlot);
    } else if (cpu.guestMode && !e.toRoot) {
      takeInGuest(e, delaySlot);
    } else {
      takeInRoot(e, delaySlot);
    }
  }

  private void takeInRoot(CpuException e, boolean delaySlot) {
    Cp0 root = cpu.root;
    describe(root, e, delaySlot);
    if (e.guestCode >= 0) {
      root.put(Cp0Reg.GUESTCTL0, GuestCtl0.withCode(root.guestCtl0(), e.guestCode));
    }
    boolean nested = (root.status() & Status.EXL) != 0;
    enter(root, e.code, e.coprocessor, delaySlot);
    toRoot(e.refill && !nested ? REFILL : GENERAL);
  }

  private void takeInGuest(CpuException e, boolean delaySlot) {
    Cp0 guest = cpu.guest;
    describe(guest, e, delaySlot);
    boolean nested = (guest.status() & Status.EXL) != 0;
    enter(guest, e.code, e.coprocessor, delaySlot);
    toGuest(e.refill && !nested ? REFILL : GENERAL, nested);
  }

  /** BadVAddr, the page registers and the instruction words. */
  private void describe(Cp0 cp0, CpuException e, boolean delaySlot) {
    if (e.addressed) {
      cp0.put(Cp0Reg.BADVADDR, e.badAddress);
    }
    if (e.translation) {
      int vpn2 = e.badAddress & (cp0.smallPages() ? 0xFFFF_F800 : 0xFFFF_E000);
      cp0.set(Cp0Reg.ENTRYHI, vpn2 | cp0.get(Cp0Reg.ENTRYHI) & 0xFF);
      int context = cp0.get(Cp0Reg.CONTEXT) & 0xFF80_0000;
      cp0.put(Cp0Reg.CONTEXT, context | e.badAddress >>> 13 << 4 & 0x007F_FFF0);
    }
    if (!e.fetch) {
      cp0.put(Cp0Reg.BADINSTR, cpu.currentWord());
      if (delaySlot) {
        cp0.put(Cp0Reg.BADINSTRP, cpu.previousWord());
      }
    }
  }

  private void enter(Cp0 cp0, int code, int coprocessor, boolean delaySlot) {
    cpu.counters.exceptionTaken();
    int cause = Cause.with(cp0.cause(), code, coprocessor);
    cp0.enter(cause, cpu.restart(delaySlot), delaySlot, Cp0.NO_SET);
  }

  private static int base(Cp0 cp0) {
    return (cp0.status() & Status.BEV) != 0 ? BEV_BASE : cp0.get(Cp0Reg.EBASE) & 0xFFFF_F000;
  }

  private void toRoot(int offset) {
    Cp0 root = cpu.root;
    cpu.pc = base(root) + offset | root.handlerIsa();
    cpu.probe.taken(root);
    cpu.entered(root);
    cpu.handOver(offset);
  }

  private void toGuest(int offset, boolean nested) {
    Cp0 guest = cpu.guest;
    cpu.pc = base(guest) + offset | guest.handlerIsa();
    cpu.probe.taken(guest);
    cpu.entered(guest);
    boolean watched =
        (cpu.root.guestCtl0() & GuestCtl0.MC) != 0
            && !cpu.root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_FCD);
    if (watched && !nested) {
      hardwareFieldChange();
    }
  }

  /**
   * The guest's EXL was set by hardware and root wants to know: an exit on the first instruction of
   * the handler.
   */
  private void hardwareFieldChange() {
    cpu.root.put(Cp0Reg.GUESTCTL0, GuestCtl0.withCode(cpu.root.guestCtl0(), GExcCode.GHFC));
    enter(cpu.root, ExcCode.GE, 0, false);
    toRoot(GENERAL);
  }

  /** Debug.SSt: an instruction has completed outside debug mode. */
  void debugStep() {
    enterDebug(DEBUG_DSS, cpu.pc, false);
  }

  /** SDBBP, or any exception of debug mode, which stays in it and changes nothing but Debug. */
  private void takeDebug(CpuException e, boolean delaySlot) {
    int epc = cpu.restart(delaySlot);
    if (!cpu.inDebug()) {
      enterDebug(DEBUG_DBP, epc, delaySlot);
      return;
    }
    int debug = cpu.root.debug() & ~DEBUG_EXCCODE;
    cpu.root.put(Cp0Reg.DEBUG, debug | e.code << DEBUG_EXCCODE_SHIFT);
    enterDebug(0, epc, delaySlot);
  }

  /** Without a probe (ECR.ProbTrap = 0) the handler stands in boot flash. */
  private void enterDebug(int reason, int epc, boolean delaySlot) {
    Cp0 root = cpu.root;
    root.put(Cp0Reg.DEPC, epc);
    int debug = root.debug() & ~(DEBUG_DBD | DEBUG_DBP | DEBUG_DSS) | DEBUG_DM | reason;
    root.put(Cp0Reg.DEBUG, delaySlot ? debug | DEBUG_DBD : debug);
    cpu.pc = DEBUG_VECTOR | cpu.bootIsa();
    cpu.stateChanged();
    cpu.handOver(DEBUG_VECTOR - BEV_BASE);
  }

  // --- interrupts

  void interruptRoot(int ripl, int vectorOffset, int shadowSet) {
    interrupt(cpu.root, ripl, shadowSet);
    toRoot(interruptOffset(cpu.root, vectorOffset));
  }

  /** GuestCtl2 holds the request; GRIPL reads 0 once the guest has taken it. */
  void interruptGuest(int guestCtl2) {
    interrupt(cpu.guest, guestCtl2 >>> 24, guestCtl2 >>> 18 & 0xF);
    cpu.root.put(Cp0Reg.GUESTCTL2, guestCtl2 & 0x00FF_FFFF);
    toGuest(interruptOffset(cpu.guest, guestCtl2 & 0xFFFF), false);
  }

  private void interrupt(Cp0 cp0, int ripl, int shadowSet) {
    cpu.counters.exceptionTaken();
    int cause = Cause.withRipl(Cause.with(cp0.cause(), ExcCode.INT, 0), ripl);
    cp0.enter(cause, cpu.pc, false, shadowSet);
  }

  private static int interruptOffset(Cp0 cp0, int vectorOffset) {
    if ((cp0.cause() & Cause.IV) == 0) {
      return GENERAL;
    }
    return cp0.vectored() ? vectorOffset : SPECIAL;
  }
}
