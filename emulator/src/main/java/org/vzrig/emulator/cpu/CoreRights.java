package org.vzrig.emulator.cpu;

/** Who may use what: coprocessors and reserved instructions, and how the refusal is raised. */
abstract sealed class CoreRights extends CoreState permits CoreMemory {
  private static final int DEBUG_DM = 1 << 30;

  boolean dspUsable;

  boolean inDebug() {
    return (root.debug() & DEBUG_DM) != 0;
  }

  int guestId() {
    return root.get(Cp0Reg.GUESTCTL1) & 7;
  }

  /** GuestID of root's own translations: 0, or RID with GuestCtl0.DRG in kernel mode. */
  int rootGuestId() {
    boolean direct = kernel && (root.guestCtl0() & GuestCtl0.DRG) != 0;
    return direct ? root.get(Cp0Reg.GUESTCTL1) >>> 16 & 7 : 0;
  }

  CpuException raise(int code) {
    return exceptions.raise(code);
  }

  /** The exception of a word that is no instruction: RI, or an exit where root asked for that. */
  CpuException reserved() {
    boolean redirect = guestMode && (root.guestCtl0() & GuestCtl0.RI) != 0;
    return redirect ? exceptions.exit(GExcCode.GRR) : raise(ExcCode.RI);
  }

  CpuException reservedInstruction(int word) {
    switch (word >>> 26) {
      case 0x10 -> self().cop0.requireUsable();
      case 0x11, 0x13, 0x31, 0x35, 0x39, 0x3D -> requireCoprocessor(1, Status.CU1);
      case 0x12, 0x32, 0x36, 0x3A, 0x3E -> requireCoprocessor(2, Status.CU2);
      default -> {}
    }
    return reserved();
  }

  /** As {@link #reservedInstruction} for a microMIPS word: encodings of coprocessors 1 and 2. */
  CpuException reservedMicro(int word) {
    int group = word >>> 26;
    boolean memory = group == 8 && (word >>> 12 & 5) == 0;
    boolean branch = group == 16 && (word >>> 22 & 0xF) == 10;
    boolean move = group == 0 && ((word & 7) == 2 || (word & 0x7FF) == 0x53C);
    if (group == 0x15) {
      requireCoprocessor(1, Status.CU1);
    } else if (memory || branch || move) {
      requireCoprocessor(2, Status.CU2);
    }
    return reserved();
  }

  /** A coprocessor needs its bit in the own Status, and in guest mode in root's too. */
  void requireCoprocessor(int number, int usable) {
    if (!(guestMode ? guest : root).has(Cp0Reg.STATUS, usable)) {
      throw coprocessorUnusable(number);
    }
    if ((root.status() & usable) == 0) {
      throw coprocessorUnusable(number).root();
    }
  }

  /** The FPU, for an instruction that needs it. */
  Fpu fpu() {
    if (fpu.mode == 0) {
      requireCoprocessor(1, Status.CU1);
    }
    return fpu;
  }

  /** The DSP unit, for an instruction that needs Status.MX of its context and of root. */
  Dsp dsp() {
    if (!dspUsable) {
      CpuException disabled = raise(ExcCode.DSPDIS);
      throw guestMode && (guest.status() & Status.MX) != 0 ? disabled.root() : disabled;
    }
    return dsp;
  }

  private CpuException coprocessorUnusable(int number) {
    CpuException e = raise(ExcCode.CPU);
    e.coprocessor = number;
    return e;
  }

  void trapIf(boolean condition) {
    if (condition) {
      throw raise(ExcCode.TR);
    }
  }
}
