package org.vzrig.appliance.flash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vzrig.flasher.Deadline;

/** Ctrl-C ends a job at its next step, and the process only when the port is released. */
final class Interrupt implements AutoCloseable {
  private static final int LONGEST_STEP_SECONDS = 12;

  private final CountDownLatch released = new CountDownLatch(1);

  /** Watches until {@link #close}. */
  Interrupt(Deadline deadline) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  deadline.cancel();
                  await();
                },
                "flash-interrupt"));
  }

  private void await() {
    try {
      boolean inTime = released.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println("vzrig: the port could not be released in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    released.countDown();
  }
}
