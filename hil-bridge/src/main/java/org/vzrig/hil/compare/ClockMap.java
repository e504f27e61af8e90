package org.vzrig.hil.compare;

/** How the second side's clock follows from the first side's. */
interface ClockMap {
  /** The second side's time when the first side's is {@code first}. */
  long second(long first);

  /** The first side's time when the second side's is {@code second}. */
  long first(long second);

  /**
   * Two events belong together.
   *
   * @param first the first side's time
   * @param second the second side's time
   * @param off how much later that is than expected, jumps left out
   * @param jumps how many jumps the channel has seen
   */
  default void observe(long first, long second, long off, int jumps, boolean edge) {}
}
