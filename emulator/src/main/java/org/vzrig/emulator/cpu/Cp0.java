package org.vzrig.emulator.cpu;

/**
 * One CP0 context (root's or the guest's): the registers' state, what software reads and what its
 * writes do.
 *
 * <p>{@link #get} and {@link #set} are the bare state, for root-mode Java code and for the
 * hardware's own updates; {@link #read} and {@link #write} are MFC0 and MTC0 without their access
 * checks.
 */
public final class Cp0 {
  private static final int IPL_SHIFT = 10;
  private static final int INTCTL_VS = 0x3E0;
  private static final int EICSS_SHIFT = 18;
  private static final int EICSS = 0xF << EICSS_SHIFT;

  /** In the place of a shadow set: none is brought. */
  static final int NO_SET = -1;

  private static final int CLEAR_ONLY_STATUS = Status.TS | Status.SR | Status.NMI;
  private static final int PAGEGRAIN_ESP = 1 << 28;

  /** Lower bit of Config3.ISA: microMIPS is used after reset. */
  private static final int CONFIG3_ISA = 1 << 14;

  /** Config3.ISAOnExc: handlers whose vectors EBase gives are microMIPS code. */
  private static final int CONFIG3_ISA_ON_EXC = 1 << 16;

  /** EntryHi.VPN2X and PageMask.MaskX, which PageGrain.ESP brings into being. */
  private static final int SMALL_PAGES = 0x1800;

  /** Guest Cause: BD, TI, CE, DC, IV, RIPL, IP1:0 and ExcCode. */
  private static final int CAUSE_BY_ROOT = 0xF883_FF7C;

  // constants for the JIT, which does not trust the fields of an enum
  private static final int STATUS = Cp0Reg.STATUS.index;
  private static final int CAUSE = Cp0Reg.CAUSE.index;
  private static final int GUESTCTL0 = Cp0Reg.GUESTCTL0.index;
  private static final int GUESTCTL2 = Cp0Reg.GUESTCTL2.index;
  private static final int DEBUG = Cp0Reg.DEBUG.index;
  private static final int SRSCTL = Cp0Reg.SRSCTL.index;
  private static final int EPC = Cp0Reg.EPC.index;
  private static final int INTCTL = Cp0Reg.INTCTL.index;
  private static final int NESTEDEPC = Cp0Reg.NESTEDEPC.index;
  private static final int NESTEDEXC = Cp0Reg.NESTEDEXC.index;
  private static final int CAUSE_WRITABLE = Cp0Reg.CAUSE.writable & ~Cause.WP;

  private final int[] state = new int[256];
  private final Cpu cpu;

  /** Whether this is the guest's context. */
  final boolean guest;

  /** When Random was {@code Tlb.SIZE - 1}. */
  private long randomStart;

  Cp0(Cpu cpu, boolean guest) {
    this.cpu = cpu;
    this.guest = guest;
  }

  void reset() {
    randomStart = cpu.cycles();
    for (Cp0Reg reg : Cp0Reg.values()) {
      state[reg.index] = guest ? reg.guestReset : reg.rootReset;
    }
  }

  /** Config3.ISA and ISAOnExc of a core that starts in microMIPS (1) or MIPS32 (0). */
  void bootIsa(int isa) {
    state[Cp0Reg.CONFIG3.index] |= isa * (CONFIG3_ISA | CONFIG3_ISA_ON_EXC);
  }

  /** The instruction set after reset: 1 for microMIPS. */
  int bootIsa() {
    return has(Cp0Reg.CONFIG3, CONFIG3_ISA) ? 1 : 0;
  }

  /** Instruction set of this context's exception handlers: 1 for microMIPS. */
  int handlerIsa() {
    int bit = has(Cp0Reg.STATUS, Status.BEV) ? CONFIG3_ISA : CONFIG3_ISA_ON_EXC;
    return has(Cp0Reg.CONFIG3, bit) ? 1 : 0;
  }

  /** The bare state of {@code reg}. */
  public int get(Cp0Reg reg) {
    return state[reg.index];
  }

  /** Status, for what every exception looks at. */
  int status() {
    return state[STATUS];
  }

  /** Cause likewise. */
  int cause() {
    return state[CAUSE];
  }

  /** GuestCtl0 likewise. */
  int guestCtl0() {
    return state[GUESTCTL0];
  }

  /** GuestCtl2 likewise. */
  int guestCtl2() {
    return state[GUESTCTL2];
  }

  /** Debug likewise. */
  int debug() {
    return state[DEBUG];
  }

  /**
   * Sets the bare state of {@code reg}, read-only bits included, and what follows from it in the
   * core.
   */
  public void set(Cp0Reg reg, int value) {
    int changed = state[reg.index] ^ value;
    state[reg.index] = value;
    switch (reg) {
      case STATUS -> {
        if ((changed & Mode.STATUS) != 0) {
          cpu.stateChanged();
        } else {
          cpu.maskChanged();
        }
      }
      case ENTRYHI, SRSCTL, GUESTCTL0, GUESTCTL1, GUESTCTL2, GUESTCTL3 -> cpu.stateChanged();
      case WATCHLO0, WATCHLO1, WATCHLO2, WATCHLO3, WATCHHI0, WATCHHI1, WATCHHI2, WATCHHI3 ->
          cpu.watch.changed();
      case PERFCTL0, PERFCNT0, PERFCTL1, PERFCNT1 -> {
        if (!guest) {
          cpu.counters.written();
        }
      }
      case COMPARE, GTOFFSET -> cpu.timer.changed();
      case COUNT -> cpu.timer.count(guest, value);
      default -> {}
    }
  }

  /** For hardware updates that change neither mode nor timers. */
  void put(Cp0Reg reg, int value) {
    state[reg.index] = value;
  }

  boolean has(Cp0Reg reg, int bits) {
    return (state[reg.index] & bits) != 0;
  }

  /** Whether PageGrain.ESP selects 1 KiB granules. */
  boolean smallPages() {
    return has(Cp0Reg.PAGEGRAIN, PAGEGRAIN_ESP);
  }

  /** What MFC0 returns. */
  public int read(Cp0Reg reg) {
    return switch (reg) {
      case COUNT -> guest ? cpu.timer.guestCount() : cpu.timer.rootCount();
      case RANDOM -> random();
      case PERFCNT0, PERFCNT1 -> {
        cpu.counters.catchUp();
        yield state[reg.index];
      }
      case VIEW_IPL -> Status.ipl(state[Cp0Reg.STATUS.index]) << 2;
      case VIEW_RIPL -> state[Cp0Reg.CAUSE.index] >>> IPL_SHIFT - 2 & 0x3FF;
      default -> state[reg.index];
    };
  }

  /**
   * Random moves with time through the entries that Wired leaves; it only has to be fair and
   * repeatable.
   */
  private int random() {
    int wired = Math.min(get(Cp0Reg.WIRED), Tlb.SIZE - 1);
    return Tlb.SIZE - 1 - (int) ((cpu.cycles() - randomStart) % (Tlb.SIZE - wired));
  }

  /** What MTC0 does. */
  public void write(Cp0Reg reg, int value) {
    int old = state[reg.index];
    int merged = old & ~reg.writable | value & reg.writable;
    switch (reg) {
      case STATUS -> set(reg, merged & ~CLEAR_ONLY_STATUS | old & value & CLEAR_ONLY_STATUS);
      case CAUSE -> writeCause(value);
      case COMPARE -> {
        clearTimerInterrupt();
        set(reg, value);
      }
      case ENTRYLO0, ENTRYLO1 -> put(reg, merged & entryLoMask());
      case ENTRYHI -> set(reg, merged & ~SMALL_PAGES | value & smallPageMask());
      case PAGEMASK -> put(reg, merged & ~SMALL_PAGES | value & smallPageMask());
      case WATCHHI0, WATCHHI1, WATCHHI2, WATCHHI3 ->
          set(reg, merged & ~Watchpoints.HITS | old & ~value & Watchpoints.HITS);
      case PERFCTL0, PERFCNT0, PERFCTL1, PERFCNT1 -> {
        cpu.counters.catchUp();
        set(reg, merged);
      }
      case DEBUG -> {
        if (cpu.inDebug()) {
          set(reg, merged);
        }
      }
      case WIRED -> {
        put(reg, merged);
        randomStart = cpu.cycles();
      }
      case VIEW_IPL -> write(Cp0Reg.STATUS, Status.withIpl(get(Cp0Reg.STATUS), value >>> 2));
      case VIEW_RIPL -> write(Cp0Reg.CAUSE, get(Cp0Reg.CAUSE) & ~Cause.IP | value << 8 & Cause.IP);
      case RANDOM, BADVADDR, BADINSTR, BADINSTRP -> {}
      default -> set(reg, merged);
    }
  }

  private int smallPageMask() {
    return smallPages() ? SMALL_PAGES : 0;
  }

  private int entryLoMask() {
    return 0x3FFF_FFFF | get(Cp0Reg.PAGEGRAIN) & 0xC000_0000;
  }

  /** MTC0 Cause: a handler's commonest write. */
  void writeCause(int value) {
    int old = state[CAUSE];
    int now = old & ~(CAUSE_WRITABLE | Cause.WP) | value & (CAUSE_WRITABLE | old & Cause.WP);
    cpu.timer.stopped(guest, (now & Cause.DC) != 0);
    state[CAUSE] = now;
    int lines = guest ? 0 : (old ^ now) & Cause.IP;
    if (lines != 0) {
      software(lines, now);
    }
  }

  private void software(int changed, int cause) {
    if ((changed & Cause.IP0) != 0) {
      cpu.lines.software(0, (cause & Cause.IP0) != 0);
    }
    if ((changed & Cause.IP1) != 0) {
      cpu.lines.software(1, (cause & Cause.IP1) != 0);
    }
  }

  /**
   * What an exception or interrupt does to this context.
   *
   * @param cause Cause with what it says, BD excepted
   * @param epc where to go on afterwards
   * @param slot whether that is a branch whose delay slot raised it
   * @param eicSet shadow set that an interrupt brings, {@link #NO_SET} for exceptions
   */
  void enter(int cause, int epc, boolean slot, int eicSet) {
    int status = state[STATUS];
    state[NESTEDEPC] = epc;
    state[NESTEDEXC] = status & (Status.EXL | Status.ERL);
    state[STATUS] = status | Status.EXL;
    state[CAUSE] = cause;
    if ((status & Status.EXL) == 0) {
      state[EPC] = epc;
      state[CAUSE] = slot ? cause | Cause.BD : cause & ~Cause.BD;
      if ((status & (Status.BEV | Status.ERL)) == 0) {
        switchSet(eicSet);
      }
    }
  }

  /** PSS keeps CSS; a vectored interrupt brings its own set, everything else takes ESS. */
  private void switchSet(int eicSet) {
    int srs = state[SRSCTL];
    int next = srs >>> 12 & 0xF;
    if (eicSet != NO_SET) {
      srs = srs & ~EICSS | eicSet << EICSS_SHIFT;
      next = vectored() ? eicSet : next;
    }
    useSet(srs & ~0x3C0 | (srs & 0xF) << 6, next);
  }

  /** Puts CSS into SRSCtl; mostly it was the same before. */
  private void useSet(int srs, int css) {
    state[SRSCTL] = srs & ~0xF | css;
    if ((srs & 0xF) != css) {
      cpu.stateChanged();
    }
  }

  /** Whether interrupts have vectors of their own. */
  boolean vectored() {
    return (state[CAUSE] & Cause.IV) != 0
        && (state[INTCTL] & INTCTL_VS) != 0
        && (state[STATUS] & Status.BEV) == 0;
  }

  /** What ERET does to this context; returns where it goes on. */
  int returnFrom() {
    int status = state[STATUS];
    if ((status & Status.ERL) != 0) {
      set(Cp0Reg.STATUS, status & ~Status.ERL);
      return get(Cp0Reg.ERROREPC);
    }
    state[STATUS] = status & ~Status.EXL;
    if ((status & Status.BEV) == 0) {
      int srs = state[SRSCTL];
      useSet(srs, srs >>> 6 & 0xF);
    }
    cpu.left(this);
    return state[EPC];
  }

  void timerInterrupt() {
    state[Cp0Reg.CAUSE.index] |= Cause.TI;
    if (!guest) {
      cpu.lines.timer(true);
    }
  }

  private void clearTimerInterrupt() {
    state[Cp0Reg.CAUSE.index] &= ~Cause.TI;
    if (!guest) {
      cpu.lines.timer(false);
    }
  }

  /**
   * MTGC0: root restores what a guest itself cannot write, such as TI and RIPL of Cause (VZ volume
   * IV-i).
   */
  void writeByRoot(Cp0Reg reg, int value) {
    switch (reg) {
      case CAUSE -> {
        int old = state[Cp0Reg.CAUSE.index];
        state[Cp0Reg.CAUSE.index] = old & ~CAUSE_BY_ROOT | value & CAUSE_BY_ROOT;
      }
      case BADVADDR, BADINSTR, BADINSTRP -> put(reg, value);
      default -> write(reg, value);
    }
  }
}
