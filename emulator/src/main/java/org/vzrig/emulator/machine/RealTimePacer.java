package org.vzrig.emulator.machine;

import java.util.function.LongSupplier;

/**
 * Virtual time follows the host's clock.
 *
 * <p>The machine runs in slices up to where the host is and sleeps when it is there: until its next
 * event while the CPU waits, for one slice while it executes. Short delays are caught up; one of
 * more than {@link #MAX_LAG_NANOS} is given up and counted.
 */
public final class RealTimePacer implements Pacer {
  /**
   * Delay that is caught up; more is given up. Garbage collections take less, and so do hosts that
   * stop a container or virtual machine when its share of the processors is used up.
   */
  public static final long MAX_LAG_NANOS = 500_000_000;

  private final CycleTime time;
  private final long slice;
  private final LongSupplier hostNanos;
  private long anchorCycle;
  private long anchorNanos;
  private volatile long reanchored;
  private volatile long skipped;

  /**
   * Follows the monotonic clock of the host.
   *
   * @param time the machine's rate
   * @param slice cycles that run before commands and inputs are looked at
   */
  public RealTimePacer(CycleTime time, long slice) {
    this(time, slice, System::nanoTime);
  }

  RealTimePacer(CycleTime time, long slice, LongSupplier hostNanos) {
    this.time = time;
    this.slice = slice;
    this.hostNanos = hostNanos;
  }

  @Override
  public void start(long now) {
    anchorCycle = now;
    anchorNanos = hostNanos.getAsLong();
  }

  @Override
  public long target(long now, long nextWork) {
    long due = due();
    long late = due - Math.max(now, Math.min(nextWork, due));
    if (time.nanos(late) > MAX_LAG_NANOS) {
      giveUp(late);
      due -= late;
    }
    // time in which the CPU waits needs no slices
    return Math.min(due, Math.max(now + slice, nextWork));
  }

  @Override
  public long sleepNanos(long now, long nextWork) {
    long wake = Math.max(now + slice, nextWork);
    return time.nanos(Math.clamp(wake - due(), 0L, time.hz())); // looks around every second
  }

  @Override
  public long reanchored() {
    return reanchored;
  }

  @Override
  public long skippedNanos() {
    return skipped;
  }

  private long due() {
    return anchorCycle + time.cycles(hostNanos.getAsLong() - anchorNanos);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the machine thread writes them
  private void giveUp(long cycles) {
    reanchored++;
    skipped += time.nanos(cycles);
    anchorCycle -= cycles;
  }
}
