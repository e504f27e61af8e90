package org.vzrig.appliance.debug;

import java.util.List;
import java.util.Set;

/**
 * What a trace shows.
 *
 * @param kinds kinds of events
 * @param contexts GuestIDs, and {@link org.vzrig.emulator.cpu.CoreObserver#ROOT} for root mode;
 *     empty for all
 * @param ranges virtual addresses of instructions, or physical ones of registers; empty for all
 */
record TraceFilter(Set<Kind> kinds, Set<Integer> contexts, List<Range> ranges) {
  /** A kind of event. */
  enum Kind {
    /** Instructions. */
    INSN,
    /** Guests leave for root. */
    EXIT,
    /** Interrupts are taken. */
    IRQ,
    /** Exceptions are taken without leaving a guest. */
    EXC,
    /** Special function registers are read or written. */
    SFR
  }

  /**
   * Addresses.
   *
   * @param first the first one
   * @param last the last one
   */
  record Range(int first, int last) {
    boolean contains(int address) {
      return Integer.compareUnsigned(address, first) >= 0
          && Integer.compareUnsigned(address, last) <= 0;
    }
  }

  /** Whether an event of {@code kind} in {@code context} at either address is shown. */
  boolean shows(Kind kind, int context, int address, int other) {
    return kinds.contains(kind)
        && (contexts.isEmpty() || contexts.contains(context))
        && (ranges.isEmpty() || inRange(address) || inRange(other));
  }

  private boolean inRange(int address) {
    for (Range range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
