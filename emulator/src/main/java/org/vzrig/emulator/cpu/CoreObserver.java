package org.vzrig.emulator.cpu;

/**
 * Told what a core does, for traces and debuggers; see {@link Probe#observe}. Called on the machine
 * thread in the order in which things happen.
 */
public interface CoreObserver {
  /** What {@link #instruction} and {@link Taken} say for root mode instead of a GuestID. */
  int ROOT = -1;

  /**
   * Whether it wants to be told of instructions, asked once when it is set. Exceptions alone leave
   * the core its full speed.
   */
  default boolean instructions() {
    return true;
  }

  /**
   * An instruction is about to execute (one in a delay slot may already have executed, but nothing
   * else has happened since).
   *
   * @param guest GuestID in guest mode, else {@link #ROOT}
   * @param pc its virtual address; bit 0 is set in microMIPS
   * @param word its encoding, as {@link Disassembler} takes it
   */
  default void instruction(int guest, int pc, int word) {}

  /** An exception or interrupt was taken; the handler has not begun. */
  default void taken(Taken taken) {}

  /**
   * An exception or interrupt.
   *
   * @param from GuestID in whose guest mode it came up, else {@link #ROOT}
   * @param byGuest whether the guest itself handles it; else root does
   * @param code Cause.ExcCode; 0 is an interrupt
   * @param guestCode GuestCtl0.GExcCode, which belongs to this exception where {@code code} is GE
   * @param ripl Cause.RIPL, the level of an interrupt
   * @param epc address of the instruction that goes on later, the branch where one was in its delay
   *     slot
   * @param badAddress BadVAddr
   * @param vector where the handler begins
   */
  record Taken(
      int from,
      boolean byGuest,
      int code,
      int guestCode,
      int ripl,
      int epc,
      int badAddress,
      int vector) {
    /** Whether it leaves guest mode for root. */
    public boolean exit() {
      return from != ROOT && !byGuest;
    }

    /** Whether {@link #badAddress} belongs to this exception. */
    public boolean addressed() {
      return code >= ExcCode.MOD && code <= ExcCode.ADES
          || code == ExcCode.TLBRI
          || code == ExcCode.TLBXI;
    }

    /** The architecture's short name of the exception, such as TLBL. */
    public String name() {
      return ExcCode.name(code);
    }

    /**
     * The architecture's short name of the kind of exit, such as GPSI; empty where there is none.
     */
    public String guestName() {
      return code == ExcCode.GE ? GExcCode.name(guestCode) : "";
    }
  }
}
