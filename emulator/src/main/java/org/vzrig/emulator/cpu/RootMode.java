package org.vzrig.emulator.cpu;

/**
 * Java code that owns root mode in the place of MIPS code.
 *
 * <p>When the core would vector to a root exception handler it has already done all that hardware
 * does (root EPC, Cause, BadVAddr, BadInstr, BadInstrP, EntryHi and Context for TLB exceptions,
 * GuestCtl0.GExcCode, Status.EXL, SRSCtl). The handler reads and changes the same state that MIPS
 * code would; when it returns, the core does what ERET does.
 */
public interface RootMode {
  /**
   * A root exception was taken.
   *
   * @param cpu the core; {@link Cpu#root} and {@link Cpu#guest} give its state
   * @param vectorOffset offset from EBase that hardware would vector to: 0 for a TLB refill, 0x180
   *     for the general vector, an interrupt's vector otherwise
   */
  void exception(Cpu cpu, int vectorOffset);

  /**
   * A non-maskable interrupt was taken: root Status has ERL, ErrorEPC is where the core was.
   * Afterwards the core goes on at its PC with Status as this leaves them, which without an answer
   * is the code at the reset vector, or waits if {@link Cpu#idle} was called.
   */
  default void nmi(Cpu cpu) {}
}
