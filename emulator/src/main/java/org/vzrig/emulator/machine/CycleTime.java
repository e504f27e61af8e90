package org.vzrig.emulator.machine;

/**
 * Turns cycles into nanoseconds and back.
 *
 * @param hz cycles a second
 */
public record CycleTime(long hz) {
  private static final long NANOS = 1_000_000_000;

  /** Checks the rate. */
  public CycleTime {
    if (hz <= 0 || hz > NANOS) {
      throw new IllegalArgumentException("expected a clock of 1 Hz to 1 GHz, found " + hz + " Hz");
    }
  }

  /** Nanoseconds of {@code cycles}, rounded down; exact for centuries. */
  public long nanos(long cycles) {
    return cycles / hz * NANOS + cycles % hz * NANOS / hz;
  }

  /** Cycles of {@code nanos}, rounded down. */
  public long cycles(long nanos) {
    return nanos / NANOS * hz + nanos % NANOS * hz / NANOS;
  }
}
