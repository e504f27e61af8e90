package org.vzrig.emulator.machine;

/**
 * As fast as it goes. The slices depend on virtual time alone, so that a run repeats exactly.
 *
 * @param slice cycles of a slice while the CPU executes
 */
public record FastPacer(long slice) implements Pacer {
  @Override
  public void start(long now) {}

  @Override
  public long target(long now, long nextWork) {
    // a waiting CPU jumps to its next event; one that waits for ever still lets time pass
    return nextWork == Long.MAX_VALUE ? now + slice : Math.max(now + slice, nextWork);
  }

  @Override
  public long sleepNanos(long now, long nextWork) {
    return 0;
  }

  @Override
  public long reanchored() {
    return 0;
  }

  @Override
  public long skippedNanos() {
    return 0;
  }
}
