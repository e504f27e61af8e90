package org.vzrig.hypervisor.rt.sched;

/**
 * Count and Compare of one guest, in 64 bits.
 *
 * <p>The guest's 32-bit Count is root's count plus an offset. A guest that is late (it was not
 * running, or its exits took long) may write a Compare that has passed already; a chip would then
 * stay silent for 2^32 counts. Compare is therefore taken as the next such value after the last
 * time that the guest is known to have seen, and a match in the past interrupts at once. When the
 * guest is late by more than half the range of Count, it is given a substitute time once, because
 * it could not tell late from early otherwise.
 */
public final class GuestClock {
  private static final long RANGE = 1L << 32;
  private static final long HALF = RANGE / 2 - 1;

  private long offset;
  private long seen;
  private long compare;
  private boolean fired;
  private boolean chronic;
  private long substitute;
  private int late;

  /** Starts anew with the guest's Count equal to root's {@code now}, Compare just passed. */
  public void reset(long now) {
    offset = 0;
    seen = now;
    compare = now + RANGE - 1;
    fired = false;
    chronic = false;
    late = 0;
  }

  /** GTOffset. */
  public int gtOffset() {
    return (int) offset;
  }

  /** The guest's Compare register. */
  public int compare() {
    return (int) compare;
  }

  /** How often the guest was late by more than half the range of Count. */
  public int timesLate() {
    return late;
  }

  /** Whether the next read of Count gives a substitute. */
  public boolean chronic() {
    return chronic;
  }

  /** Root count at which Compare matches. */
  public long match() {
    return compare - offset;
  }

  /** The guest reads Count at root count {@code now}. */
  public int read(long now) {
    seen = chronic ? substitute : now + offset;
    chronic = false;
    return (int) seen;
  }

  /** The guest writes Count at root count {@code now}; Compare keeps its value. */
  public void write(long now, int count) {
    offset = after(now, count) - now;
    seen = now + offset;
    compare = after(seen + 1, (int) compare);
    fired = false;
    chronic = false;
  }

  /**
   * The guest writes Compare at root count {@code now}.
   *
   * @return whether that time has passed, so that the guest is to be interrupted at once
   */
  public boolean writeCompare(long now, int value) {
    compare = after(seen, value);
    fired = false;
    chronic = false;
    return passed(now);
  }

  /** Compare has matched and the guest's timer interrupt is up. */
  public void expired() {
    fired = true;
  }

  /** Whether a match waits for the guest to notice it. */
  public boolean fired() {
    return fired;
  }

  /**
   * The guest has noticed the match: it knows that Compare has passed, and the next match is a
   * whole range later.
   *
   * @return whether that one has passed as well
   */
  public boolean noticed(long now) {
    seen = Math.max(seen, compare);
    compare += RANGE;
    fired = false;
    chronic = false;
    return passed(now);
  }

  private boolean passed(long now) {
    long behind = now + offset - compare;
    if (behind > HALF) {
      chronic = true;
      substitute = seen + HALF;
      late++;
    }
    return behind > 0;
  }

  /** The first 64-bit value from {@code base} on whose low word is {@code low}. */
  private static long after(long base, int low) {
    long value = base & -RANGE | Integer.toUnsignedLong(low);
    return value >= base ? value : value + RANGE;
  }
}
