package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;

/**
 * What follows from the state of both contexts for the engines: registers, rights, translations.
 *
 * <p>There is one object for each combination that occurs, found by a number that is put together
 * of its parts, so that entering and leaving an exception costs a comparison. Translated code that
 * comes back in the same mode goes on.
 */
final class Mode {
  private static final int DEBUG_DM = 1 << 30;

  private static final int KERNEL = 1 << 8;
  private static final int ERROR_LEVEL = 1 << 9;
  private static final int GUEST = 1 << 10;
  private static final int ID_SHIFT = 11;
  private static final int GUEST_ASID_SHIFT = 14;

  /** The part that translations depend on. */
  private static final int TRANSLATION = (1 << 22) - 1;

  private static final int SET_SHIFT = 22;
  private static final int FPU = 1 << 25;
  private static final int DSP = 1 << 26;
  private static final int WIDE = 1 << 27;
  private static final int DEBUG_STEPS = 1 << 28;

  /** Bits of Status that a mode depends on. */
  static final int STATUS =
      Status.UM | Status.EXL | Status.ERL | Status.CU1 | Status.MX | Status.FR;

  /** No mode of a core. */
  static final Mode NONE = new Mode(-1);

  final int key;
  final boolean guest;
  final boolean kernel;
  final boolean fpuUsable;
  final boolean dspUsable;

  /** Status.FR. */
  final boolean wide;

  /** Debug.SSt: every instruction ends with a debug exception. */
  final boolean debugSteps;

  /** The shadow register set. */
  final int set;

  private @Nullable SoftTlb soft;

  private Mode(int key) {
    this.key = key;
    guest = (key & GUEST) != 0;
    kernel = (key & KERNEL) != 0;
    fpuUsable = (key & FPU) != 0;
    dspUsable = (key & DSP) != 0;
    wide = (key & WIDE) != 0;
    debugSteps = (key & DEBUG_STEPS) != 0;
    set = key >>> SET_SHIFT & 7;
  }

  /** Remembered translations of this mode, which may have been given to another in between. */
  SoftTlb soft(Mmu mmu) {
    SoftTlb own = soft;
    if (own == null || own.key != (key & TRANSLATION)) {
      own = mmu.mode(key & TRANSLATION);
      soft = own;
    }
    return own;
  }

  /** The modes that were met last. */
  static final class Table {
    private static final int SIZE = 64;

    private final Mode[] modes = new Mode[SIZE];

    Table() {
      java.util.Arrays.fill(modes, NONE);
    }

    Mode of(int key) {
      int slot = (key ^ key >>> 8 ^ key >>> 20) & SIZE - 1;
      if (modes[slot].key != key) {
        modes[slot] = new Mode(key);
      }
      return modes[slot];
    }
  }

  /** The number of the mode that a core is in. */
  static int key(Cp0 root, Cp0 guest) {
    int status = root.status();
    int debug = root.debug();
    boolean inDebug = (debug & DEBUG_DM) != 0;
    boolean exception = inDebug || (status & (Status.EXL | Status.ERL)) != 0;
    int steps = (debug & Exceptions.DEBUG_SST) != 0 && !inDebug ? DEBUG_STEPS : 0;
    return !exception && (root.guestCtl0() & GuestCtl0.GM) != 0
        ? steps | guestKey(root, guest, status)
        : steps | rootKey(root, status, inDebug);
  }

  private static int guestKey(Cp0 root, Cp0 guest, int rootStatus) {
    int own = guest.status();
    return GUEST
        | common(root, own, own & rootStatus, Status.kernel(own))
        | set(guest.get(Cp0Reg.SRSCTL) + root.get(Cp0Reg.GUESTCTL3))
        | (root.get(Cp0Reg.GUESTCTL1) & 7) << ID_SHIFT
        | (guest.get(Cp0Reg.ENTRYHI) & 0xFF) << GUEST_ASID_SHIFT;
  }

  private static int rootKey(Cp0 root, int status, boolean inDebug) {
    boolean kernel = Status.kernel(status) || inDebug;
    boolean direct = kernel && (root.guestCtl0() & GuestCtl0.DRG) != 0;
    return common(root, status, status, kernel)
        | set(root.get(Cp0Reg.SRSCTL))
        | (direct ? root.get(Cp0Reg.GUESTCTL1) >>> 16 & 7 : 0) << ID_SHIFT;
  }

  private static int set(int number) {
    return (number & 7) << SET_SHIFT;
  }

  private static int common(Cp0 root, int own, int usable, boolean kernel) {
    return root.get(Cp0Reg.ENTRYHI) & 0xFF
        | (kernel ? KERNEL : 0)
        | ((own & Status.ERL) != 0 ? ERROR_LEVEL : 0)
        | ((usable & Status.CU1) != 0 ? FPU : 0)
        | ((usable & Status.MX) != 0 ? DSP : 0)
        | ((own & Status.FR) != 0 ? WIDE : 0);
  }
}
