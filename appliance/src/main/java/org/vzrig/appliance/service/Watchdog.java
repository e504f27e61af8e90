package org.vzrig.appliance.service;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.vzrig.appliance.daemon.Daemon;
import org.vzrig.appliance.daemon.PoweredMachine;
import org.vzrig.appliance.systemd.Notifier;

/**
 * Tells the service manager that the machine makes progress. The machine thread itself says so,
 * between two slices: when it hangs, nothing is said, and the manager restarts the service.
 */
final class Watchdog implements AutoCloseable {
  private static final int TIMES = 3;
  private static final long STATUS_SECONDS = 10;

  private final Notifier notifier;
  private final Daemon daemon;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("watchdog").daemon().factory());

  Watchdog(Notifier notifier, Daemon daemon) {
    this.notifier = notifier;
    this.daemon = daemon;
  }

  /** The machine runs: says that the service is ready, and from now on that it lives. */
  void start() {
    ready();
    long micros = notifier.watchdog().map(Watchdog::period).orElse(0L);
    if (micros > 0) {
      var _ = clock.scheduleAtFixedRate(this::ask, 0, micros, TimeUnit.MICROSECONDS);
    }
    var _ =
        clock.scheduleWithFixedDelay(
            () -> notifier.status(status()), STATUS_SECONDS, STATUS_SECONDS, TimeUnit.SECONDS);
  }

  private static long period(Duration watchdog) {
    return Math.max(1, watchdog.toNanos() / 1000 / TIMES);
  }

  private void ask() {
    PoweredMachine machine = daemon.host().machine().orElse(null);
    if (machine == null) {
      notifier.alive();
    } else {
      machine.post(notifier::alive);
    }
  }

  /** The service is ready, at first or after a reload. */
  void ready() {
    notifier.ready(status());
  }

  private String status() {
    return String.format(
        Locale.ROOT,
        "%s %s, x%.2f",
        daemon.settings().rig().board().name(),
        daemon.host().state().text(),
        daemon.ratio());
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
