package org.vzrig.emulator.machine;

/**
 * Decides how far the machine may run now. Belongs to the machine thread, except for the counts.
 *
 * <p>{@code now} is the machine's virtual time; {@code nextWork} is the cycle at which something
 * happens next: at or before {@code now} while the CPU executes, {@link Long#MAX_VALUE} when it
 * would wait for ever.
 */
public interface Pacer {
  /** The clock starts: virtual time is {@code now}. */
  void start(long now);

  /** The cycle up to which the machine shall run; at or before {@code now} when that is not yet. */
  long target(long now, long nextWork);

  /** How long the machine has nothing to run, in nanoseconds; 0 when it goes on at once. */
  long sleepNanos(long now, long nextWork);

  /** How often the machine was too far behind and time was anchored anew. */
  long reanchored();

  /** Real time that was given up by anchoring anew, in nanoseconds. */
  long skippedNanos();
}
