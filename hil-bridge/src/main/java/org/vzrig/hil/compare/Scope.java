package org.vzrig.hil.compare;

/**
 * What a pass over two captures goes by.
 *
 * @param first what the first side is called
 * @param second what the second side is called
 * @param clock how the clocks relate
 * @param from the first side's time from which on both were recorded
 * @param to the first side's time up to which they are compared
 * @param margin nanoseconds at both ends in which one side may lack what the other has
 */
record Scope(String first, String second, ClockMap clock, long from, long to, long margin) {
  /** Whether both sides were recorded at {@code nanos} and a little before and after. */
  boolean within(long nanos) {
    return nanos >= from + margin && nanos <= to - margin;
  }
}
