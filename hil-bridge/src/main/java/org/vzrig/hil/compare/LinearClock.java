package org.vzrig.hil.compare;

/**
 * A clock that is some time ahead and runs a little faster.
 *
 * @param offsetNanos the second side's time when the first side's is {@code anchor}, less that
 * @param ppm how many millionths longer the second side takes for the same: its clock is slower
 * @param anchor the first side's time that the offset is meant for
 */
record LinearClock(double offsetNanos, double ppm, long anchor) implements ClockMap {
  @Override
  public long second(long first) {
    return first + Math.round(offsetNanos + (first - anchor) * ppm * 1e-6);
  }

  @Override
  public long first(long second) {
    double since = (second - anchor - offsetNanos) / (1 + ppm * 1e-6);
    return anchor + Math.round(since);
  }
}
