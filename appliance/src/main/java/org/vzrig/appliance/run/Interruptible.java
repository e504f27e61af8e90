package org.vzrig.appliance.run;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vzrig.appliance.CommandFailure;

/**
 * Runs a session so that SIGINT, SIGTERM and SIGHUP end it well: recordings are complete and the
 * terminal is as before when the process ends (with 128 and the signal's number, by the JVM).
 */
final class Interruptible {
  private static final long PATIENCE_SECONDS = 5;

  private Interruptible() {}

  /** What happens when a run has ended. */
  interface Cleanup {
    /** Does it; a failure of the host becomes the failure of the run. */
    void run() throws IOException;
  }

  /**
   * Runs {@code session}.
   *
   * @param cleanup what must happen before the process ends, whatever ends it
   */
  static void run(RunSession session, Cleanup cleanup) throws CommandFailure, IOException {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(session, done), "end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      session.run();
    } finally {
      try {
        cleanup.run();
      } finally {
        done.countDown();
        remove(hook);
      }
    }
  }

  private static void end(RunSession session, CountDownLatch done) {
    session.interrupt();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("vzrig: the run did not end in time; recordings may be incomplete");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process is ending already
    }
  }
}
