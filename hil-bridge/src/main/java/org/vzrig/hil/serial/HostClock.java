package org.vzrig.hil.serial;

import java.util.concurrent.locks.LockSupport;

/** The host's time, so that tests can run on a time of their own. */
public interface HostClock {
  /** Nanoseconds since some fixed moment. */
  long nanos();

  /** Lets {@code nanos} go by; returns early when the thread is interrupted. */
  void sleep(long nanos);

  /** Lets {@code millis} go by. */
  default void sleepMillis(long millis) {
    sleep(millis * 1_000_000);
  }

  /** The clock of the machine we run on. */
  static HostClock system() {
    return SystemClock.INSTANCE;
  }

  /** The only instance that {@link #system} gives. */
  enum SystemClock implements HostClock {
    /** The clock. */
    INSTANCE;

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void sleep(long nanos) {
      long end = nanos() + nanos;
      while (nanos() < end && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(end - nanos());
      }
    }
  }
}
