package org.vzrig.emulator.cpu;

/**
 * Coprocessor 0 instructions: who may use them, in which context they act, and which of them leave
 * the guest (VZ volume IV-i; pic32mz-ef.md section 23.4).
 */
final class Cop0 {
  private static final int DEBUG_DM = 1 << 30;
  private static final int GSFC_STATUS =
      Status.RP | Status.FR | Status.MX | Status.BEV | Status.SR | Status.NMI | Status.TS;
  private static final int MODE_BITS = Status.UM | Status.EXL | Status.ERL;
  private static final int SYNCI_STEP = 16;
  private static final int INDEX_LOAD_TAG = 1;
  private static final int CYCLES_PER_COUNT = 2;
  private static final int CAUSE = Cp0Reg.CAUSE.index;

  private final Cpu cpu;
  private final Cp0 root;
  private final Cp0 guest;
  private final TlbPort rootTlb;
  private final TlbPort guestOwnTlb;
  private final TlbPort guestTlbByRoot;

  Cop0(Cpu cpu) {
    this.cpu = cpu;
    root = cpu.root;
    guest = cpu.guest;
    rootTlb = new TlbPort(cpu.rootTlb, root, () -> rid(), id -> tagRid(id));
    guestOwnTlb = new TlbPort(cpu.guestTlb, guest, () -> cpu.guestId());
    guestTlbByRoot = new TlbPort(cpu.guestTlb, guest, () -> rid(), id -> tagRid(id));
  }

  private int rid() {
    return root.get(Cp0Reg.GUESTCTL1) >>> 16 & 7;
  }

  private void tagRid(int id) {
    root.set(Cp0Reg.GUESTCTL1, root.get(Cp0Reg.GUESTCTL1) & ~(7 << 16) | id << 16);
  }

  // --- access checks

  /** CP0 is usable in kernel mode and where Status.CU0 is set; a guest also needs GuestCtl0.CP0. */
  void requireUsable() {
    requirePrivilege();
    if (cpu.guestMode && (root.guestCtl0() & GuestCtl0.CP0) == 0) {
      throw sensitive();
    }
  }

  private void requirePrivilege() {
    Cp0 own = cpu.guestMode ? guest : root;
    if (!cpu.kernel && (own.status() & Status.CU0) == 0) {
      throw cpu.raise(ExcCode.CPU);
    }
  }

  /** The guest context has no virtualization module: its instructions are reserved there. */
  private void requireRoot() {
    requirePrivilege();
    if (cpu.guestMode) {
      throw cpu.reserved();
    }
  }

  private CpuException sensitive() {
    return cpu.exceptions.exit(GExcCode.GPSI);
  }

  private boolean blocked(Cp0Reg reg) {
    return switch (reg.guestAccess) {
      case SENSITIVE -> true;
      case MMU, MMU_WATCHED -> !ownMmu() || root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_MG);
      case TIMER -> (root.guestCtl0() & GuestCtl0.GT) == 0;
      case OTHER -> root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_OG);
      case BAD -> root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_BG);
      case FREE, CONFIG, WATCHED -> false;
    };
  }

  private boolean ownMmu() {
    return (root.guestCtl0() & GuestCtl0.AT) == GuestCtl0.AT;
  }

  // --- moves

  int move(int index) {
    requireUsable();
    Cp0Reg reg = Cp0Reg.at(index);
    if (!cpu.guestMode) {
      return reg == null ? 0 : root.read(reg);
    }
    if (reg == null || blocked(reg)) {
      throw sensitive();
    }
    return guest.read(reg);
  }

  void move(int index, int value) {
    if (index == CAUSE && cpu.kernel && !cpu.guestMode) {
      // the index is constant in translated code, so that only this is left there
      root.writeCause(value);
      return;
    }
    requireUsable();
    Cp0Reg reg = Cp0Reg.at(index);
    if (!cpu.guestMode) {
      if (reg != null) {
        root.write(reg, value);
      }
      return;
    }
    if (reg == null || blocked(reg) || blockedWrite(reg)) {
      throw sensitive();
    }
    if (reportsChange(reg, value)) {
      throw cpu.exceptions.exit(GExcCode.GSFC);
    }
    guest.write(reg, value);
  }

  private boolean blockedWrite(Cp0Reg reg) {
    boolean config =
        reg.guestAccess == GuestAccess.CONFIG && (root.guestCtl0() & GuestCtl0.CF) == 0;
    return config || reg == Cp0Reg.COUNT;
  }

  /** Whether a guest's write changes a field that root watches (GSFC). */
  private boolean reportsChange(Cp0Reg reg, int value) {
    if (!reg.guestAccess.watched || root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_FCD)) {
      return false;
    }
    int differing = guest.get(reg) ^ value;
    int changed = differing & reg.writable;
    return switch (reg) {
      case STATUS -> (differing & watchedStatus()) != 0;
      case CAUSE -> (changed & (Cause.DC | Cause.IV)) != 0;
      default -> changed != 0;
    };
  }

  private int watchedStatus() {
    int ctl = root.guestCtl0();
    return GSFC_STATUS
        | ((ctl & GuestCtl0.MC) != 0 ? MODE_BITS : 0)
        | ((ctl & GuestCtl0.SFC1) == 0 ? Status.CU1 : 0)
        | ((ctl & GuestCtl0.SFC2) == 0 ? Status.CU2 : 0);
  }

  int moveGuest(int index) {
    requireRoot();
    Cp0Reg reg = Cp0Reg.at(index);
    return reg == null || !reg.inGuest() ? 0 : guest.read(reg);
  }

  void moveGuest(int index, int value) {
    requireRoot();
    Cp0Reg reg = Cp0Reg.at(index);
    if (reg != null && reg.inGuest()) {
      guest.writeByRoot(reg, value);
    }
  }

  /** DI or EI; returns what Status was. */
  int interruptEnable(boolean enable) {
    requireUsable();
    Cp0 own = cpu.guestMode ? guest : root;
    int status = own.status();
    own.set(Cp0Reg.STATUS, enable ? status | Status.IE : status & ~Status.IE);
    return status;
  }

  /** Registers of the previous shadow set (RDPGPR, WRPGPR). */
  int[] previousSet() {
    requireUsable();
    Cp0 own = cpu.guestMode ? guest : root;
    int pss = own.get(Cp0Reg.SRSCTL) >>> 6 & 0xF;
    return cpu.sets[pss + (cpu.guestMode ? root.get(Cp0Reg.GUESTCTL3) : 0) & 7];
  }

  // --- TLB

  TlbPort tlb() {
    requireUsable();
    if (!cpu.guestMode) {
      return rootTlb;
    }
    if (!ownMmu() || root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_MG)) {
      throw sensitive();
    }
    return guestOwnTlb;
  }

  TlbPort guestTlb() {
    requireRoot();
    return guestTlbByRoot;
  }

  // --- control

  void exceptionReturn() {
    requireUsable();
    cpu.next = (cpu.guestMode ? guest : root).returnFrom();
    cpu.clearLink();
  }

  void debugReturn() {
    requireRoot();
    int debug = root.debug();
    if ((debug & DEBUG_DM) == 0) {
      throw cpu.raise(ExcCode.RI);
    }
    root.put(Cp0Reg.DEBUG, debug & ~DEBUG_DM);
    cpu.next = root.get(Cp0Reg.DEPC);
    cpu.stateChanged();
  }

  void waitForInterrupt() {
    requireUsable();
    if (cpu.guestMode) {
      throw sensitive();
    }
    cpu.waiting = true;
    cpu.leaveEngine();
  }

  /** HYPCALL; no right in GuestCtl0 is needed for it. */
  CpuException hypercall() {
    requirePrivilege();
    return cpu.guestMode ? cpu.exceptions.exit(GExcCode.HC) : cpu.raise(ExcCode.RI);
  }

  /**
   * Caches are coherent in the model, so an operation only checks what hardware checks. A tag that
   * is read tells of an empty line, and with ErrCtl.SPR of no scratchpad.
   */
  void cache(int operation, int va) {
    requireUsable();
    boolean index = operation >>> 2 < 4 && operation >>> 2 != 3;
    if (cpu.guestMode && !guestMayCache(operation >>> 2, index)) {
      throw sensitive();
    }
    if (!index) {
      cpu.probe(va);
    } else if (operation >>> 2 == INDEX_LOAD_TAG) {
      root.put(Cp0Reg.TAGLO, 0);
      root.put(Cp0Reg.DATALO, 0);
    }
  }

  private boolean guestMayCache(int type, boolean index) {
    return (root.guestCtl0() & GuestCtl0.CG) != 0
        && (!index || type == 0 && root.has(Cp0Reg.GUESTCTL0EXT, GuestCtl0.EXT_CGI));
  }

  // --- RDHWR

  int hardwareRegister(int number) {
    Cp0 own = cpu.guestMode ? guest : root;
    boolean known = number <= 3 || number == 29;
    boolean allowed =
        cpu.kernel
            || (own.status() & Status.CU0) != 0
            || known && own.has(Cp0Reg.HWRENA, 1 << number);
    if (!known || !allowed) {
      throw cpu.reserved();
    }
    return switch (number) {
      case 0 -> 0;
      case 1 -> SYNCI_STEP;
      case 2 -> count(own);
      case 3 -> CYCLES_PER_COUNT;
      default -> own.get(Cp0Reg.USERLOCAL);
    };
  }

  private int count(Cp0 own) {
    if (cpu.guestMode && (root.guestCtl0() & GuestCtl0.GT) == 0) {
      throw sensitive();
    }
    return own.read(Cp0Reg.COUNT);
  }
}
