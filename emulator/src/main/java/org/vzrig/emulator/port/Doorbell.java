package org.vzrig.emulator.port;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread sleep until another has put something into a ring. Ringing costs a fence when
 * nobody sleeps.
 */
public final class Doorbell {
  private volatile @Nullable Thread sleeper;

  /** Producer: wakes the sleeper; call it after the ring was filled. */
  public void ring() {
    VarHandle.fullFence(); // the ring's tail before the look at the sleeper
    Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Consumer: sleeps until the bell rings, for at most {@code nanos}; returns at once when {@code
   * ready} is true. May return early.
   */
  public void await(BooleanSupplier ready, long nanos) {
    sleeper = Thread.currentThread();
    try {
      VarHandle.fullFence();
      if (!ready.getAsBoolean()) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      sleeper = null;
    }
  }
}
