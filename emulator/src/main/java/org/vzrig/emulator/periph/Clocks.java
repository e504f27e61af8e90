package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.emulator.time.VirtualClock;

/**
 * Frequencies of the chip now, and the relation of cycles to time.
 *
 * <p>Virtual time is counted in cycles of SYSCLK; when SYSCLK changes, {@link #nanos} goes on from
 * where it was at the new rate.
 */
public final class Clocks {
  /** Frequency of the low-power RC oscillator and the secondary crystal, hertz. */
  public static final int SLOW_HZ = 32_768;

  private static final long SECOND = 1_000_000_000L;
  private static final int BUSES = 9;

  private final VirtualClock clock;
  private final int[] divisors = new int[BUSES];
  private final List<Runnable> listeners = new ArrayList<>();
  private long sysclkHz;
  private long anchorCycle;
  private long anchorNanos;

  /** Clocks at {@code sysclkHz}, all peripheral buses undivided. */
  public Clocks(VirtualClock clock, long sysclkHz) {
    this.clock = clock;
    this.sysclkHz = sysclkHz;
    java.util.Arrays.fill(divisors, 1);
  }

  /** Adds who is told that a frequency has changed. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** SYSCLK in hertz. */
  public long sysclkHz() {
    return sysclkHz;
  }

  /** SYSCLK cycles in one cycle of PBCLK{@code bus}. */
  public int divisor(int bus) {
    return divisors[bus];
  }

  /** PBCLK{@code bus} in hertz. */
  public long pbclkHz(int bus) {
    return sysclkHz / divisors[bus];
  }

  /**
   * Nanoseconds of virtual time from power-on to {@code cycle}, which is not before the last
   * change.
   */
  public long nanos(long cycle) {
    long cycles = cycle - anchorCycle;
    return anchorNanos + cycles / sysclkHz * SECOND + cycles % sysclkHz * SECOND / sysclkHz;
  }

  /** SYSCLK cycles that {@code nanos} nanoseconds last now, rounded up. */
  public long cyclesFor(long nanos) {
    long rest = nanos % SECOND;
    return nanos / SECOND * sysclkHz + (rest * sysclkHz + SECOND - 1) / SECOND;
  }

  /** SYSCLK cycles that {@code ticks} of a clock of {@code hz} last now, rounded up. */
  public long cyclesFor(long ticks, long hz) {
    return ticks / hz * sysclkHz + (ticks % hz * sysclkHz + hz - 1) / hz;
  }

  void sysclk(long hz) {
    if (hz != sysclkHz) {
      long now = clock.cycles();
      anchorNanos = nanos(now);
      anchorCycle = now;
      sysclkHz = hz;
      changed();
    }
  }

  void divisor(int bus, int divisor) {
    if (divisors[bus] != divisor) {
      divisors[bus] = divisor;
      changed();
    }
  }

  private void changed() {
    for (Runnable listener : listeners) {
      listener.run();
    }
  }
}
