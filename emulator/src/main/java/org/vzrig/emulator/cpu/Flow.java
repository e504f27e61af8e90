package org.vzrig.emulator.cpu;

/**
 * What an instruction does to the program counter; everything about delay slots follows from it.
 */
enum Flow {
  /** Goes on with the next instruction. */
  NEXT,
  /** Conditional branch with a delay slot that is always executed. */
  BRANCH,
  /** Branch likely: the delay slot is skipped when the branch is not taken. */
  LIKELY,
  /** Conditional branch that writes the return address to r31 whether taken or not. */
  BRANCH_LINK,
  /** Branch likely that writes the return address to r31 whether taken or not. */
  LIKELY_LINK,
  /** Unconditional jump; the method returns the target. */
  JUMP,
  /**
   * Unconditional jump that writes the return address to rd, or to r31 when the pattern has no d.
   */
  JUMP_LINK,
  /** Changes state that the engine keeps in locals (mode, translation, next PC): ends a block. */
  END;

  boolean branches() {
    return this == BRANCH || this == LIKELY || this == BRANCH_LINK || this == LIKELY_LINK;
  }

  boolean likely() {
    return this == LIKELY || this == LIKELY_LINK;
  }

  boolean links() {
    return this == BRANCH_LINK || this == LIKELY_LINK || this == JUMP_LINK;
  }

  boolean jumps() {
    return this == JUMP || this == JUMP_LINK;
  }

  boolean hasDelaySlot() {
    return branches() || jumps();
  }
}
