package org.vzrig.emulator.cpu;

/**
 * The four pairs of watch registers (MIPS32 volume III, WatchLo and WatchHi). Root's match virtual
 * addresses of root mode, those of the guest context, which only root can write, the guest's
 * virtual addresses.
 *
 * <p>A watched page stays off the fast path of loads, stores and fetches, so that nothing is spent
 * where no register is armed.
 */
final class Watchpoints {
  /** WatchLo.W and WatchHi.W. */
  static final int STORE = 1;

  /** WatchLo.R and WatchHi.R. */
  static final int LOAD = 2;

  /** WatchLo.I and WatchHi.I. */
  static final int FETCH = 4;

  /** WatchHi.I, R and W are cleared by writing ones. */
  static final int HITS = 7;

  private static final int DATA = LOAD | STORE;
  private static final int ANY_ADDRESS_SPACE = 1 << 30;
  private static final int MASK = 0xFF8;

  private static final Cp0Reg[] LO = {
    Cp0Reg.WATCHLO0, Cp0Reg.WATCHLO1, Cp0Reg.WATCHLO2, Cp0Reg.WATCHLO3
  };
  private static final Cp0Reg[] HI = {
    Cp0Reg.WATCHHI0, Cp0Reg.WATCHHI1, Cp0Reg.WATCHHI2, Cp0Reg.WATCHHI3
  };

  private final Cpu cpu;
  private boolean armed;

  Watchpoints(Cpu cpu) {
    this.cpu = cpu;
  }

  /** A watch register has changed. */
  void changed() {
    armed = false;
    for (Cp0Reg lo : LO) {
      armed |= cpu.root.has(lo, HITS) || cpu.guest.has(lo, HITS);
    }
    cpu.flushTranslations();
  }

  private Cp0 own() {
    return cpu.guestMode ? cpu.guest : cpu.root;
  }

  /** Whether loads and stores of the page of {@code va} have to come by. */
  boolean watchesData(int va) {
    return armed && watchesPage(va, DATA);
  }

  /** Whether fetches from the page of {@code va} have to come by. */
  boolean watchesFetches(int va) {
    return armed && watchesPage(va, FETCH);
  }

  private boolean watchesPage(int va, int kinds) {
    Cp0 own = own();
    for (Cp0Reg lo : LO) {
      if (own.has(lo, kinds) && ((own.get(lo) ^ va) & SoftTlb.PAGE) == 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Before an access of one {@code kind}: throws the exception where a register matches, or notes
   * it in Cause.WP at exception level.
   */
  void check(int va, int kind) {
    if (armed && !cpu.inDebug() && matches(own(), va, kind)) {
      Cp0 own = own();
      if ((own.status() & (Status.EXL | Status.ERL)) != 0) {
        own.put(Cp0Reg.CAUSE, own.cause() | Cause.WP);
        return;
      }
      CpuException e = cpu.raise(ExcCode.WATCH);
      e.fetch = kind == FETCH;
      throw e;
    }
  }

  private static boolean matches(Cp0 own, int va, int kind) {
    boolean hit = false;
    for (int i = 0; i < LO.length; i++) {
      int lo = own.get(LO[i]);
      int hi = own.get(HI[i]);
      boolean space =
          (hi & ANY_ADDRESS_SPACE) != 0 || (hi >>> 16 & 0xFF) == (own.get(Cp0Reg.ENTRYHI) & 0xFF);
      if ((lo & kind) != 0 && space && ((lo ^ va) & ~(hi & MASK) & ~7) == 0) {
        own.put(HI[i], hi | kind);
        hit = true;
      }
    }
    return hit;
  }

  /** Whether a watch exception may have to be taken. */
  boolean deferred() {
    return ((cpu.root.cause() | cpu.guest.cause()) & Cause.WP) != 0;
  }

  /** Takes a watch exception that had to wait until exception level was left. */
  boolean takeDeferred() {
    boolean byRoot = due(cpu.root);
    if (!byRoot && !(cpu.guestMode && due(cpu.guest)) || cpu.inDebug()) {
      return false;
    }
    CpuException e = cpu.raise(ExcCode.WATCH);
    e.fetch = true;
    e.toRoot = byRoot;
    cpu.exceptions.take(e);
    return true;
  }

  private static boolean due(Cp0 cp0) {
    return (cp0.cause() & Cause.WP) != 0 && (cp0.status() & (Status.EXL | Status.ERL)) == 0;
  }
}
