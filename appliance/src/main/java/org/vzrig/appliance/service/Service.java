package org.vzrig.appliance.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.control.ControlServer;
import org.vzrig.appliance.daemon.Daemon;
import org.vzrig.appliance.log.LogWriter;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsSource;
import org.vzrig.appliance.systemd.Journal;
import org.vzrig.appliance.systemd.Notifier;

/** A daemon's life in a process: from its settings to a signal. */
final class Service {
  private static final long PATIENCE_SECONDS = 5;

  private final Settings settings;
  private final Daemon daemon;
  private final Notifier notifier = new Notifier(System.getenv());
  private final CountDownLatch done = new CountDownLatch(1);

  /** A service with the settings of {@code source}, which were read as {@code settings}. */
  Service(SettingsSource source, Settings settings) {
    this.settings = settings;
    daemon = new Daemon(source, settings);
  }

  /** Runs, with the state of a snapshot if there is one, until a signal or a defect ends it. */
  ExitCode run(Optional<Path> snapshot) throws CommandFailure, IOException {
    LogWriter.level(level(settings.logLevel()));
    @Nullable Journal journal = journal().orElse(null);
    LogWriter.target(journal);
    try (notifier) {
      return serve(snapshot);
    } finally {
      done.countDown();
      if (journal != null) {
        LogWriter.target(null);
        journal.close();
      }
    }
  }

  private Optional<Journal> journal() {
    Settings.Rig rig = settings.rig();
    return Journal.ifPresent(
        System.getenv(), Map.of("VZRIG_RIG", rig.name(), "VZRIG_BOARD", rig.board().name()));
  }

  private ExitCode serve(Optional<Path> snapshot) throws CommandFailure, IOException {
    // first of all: it shows whether another daemon runs, whose recordings must stay
    ControlServer control = ControlServer.listen(settings.control(), daemon);
    Runtime.getRuntime().addShutdownHook(new Thread(this::endBySignal, "end"));
    Signals.on("HUP", this::reload);
    try (Watchdog watchdog = new Watchdog(notifier, daemon)) {
      daemon.onReload(
          notifier::reloading,
          () -> {
            LogWriter.level(level(daemon.settings().logLevel()));
            watchdog.ready();
          });
      daemon.start(snapshot);
      watchdog.start();
      Logger.info("{} is ready: {}", settings.rig().name(), settings.control().socket());
      return verdict(daemon.awaitEnd());
    } finally {
      notifier.stopping("switching off");
      daemon.close();
      control.close();
    }
  }

  private static Level level(Settings.LogLevel level) {
    return Level.valueOf(level.name().toUpperCase(Locale.ROOT));
  }

  private static ExitCode verdict(Optional<Throwable> defect) {
    if (defect.isPresent()) {
      throw new IllegalStateException("the machine failed: " + defect.get(), defect.get());
    }
    return ExitCode.OK;
  }

  private void reload() {
    try {
      daemon.reload();
    } catch (CommandFailure e) {
      e.lines().forEach(line -> Logger.error("not read again: {}", line));
    } catch (IOException e) {
      Logger.error("not read again: {}", e.getMessage());
    }
  }

  private void endBySignal() {
    daemon.end();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Logger.error("the daemon did not end in time; recordings may be incomplete");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
