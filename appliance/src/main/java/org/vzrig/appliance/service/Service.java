package org.vzrig.appliance.service;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tinylog.Level;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.control.ControlServer;
import org.vzrig.appliance.daemon.Daemon;
import org.vzrig.appliance.log.LogWriter;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsSource;

/** A daemon's life in a process: from its settings to a signal. */
final class Service {
  private static final long PATIENCE_SECONDS = 5;

  private final Settings settings;
  private final Daemon daemon;
  private final CountDownLatch done = new CountDownLatch(1);

  /** A service with the settings of {@code source}, which were read as {@code settings}. */
  Service(SettingsSource source, Settings settings) {
    this.settings = settings;
    LogWriter.level(level(settings.logLevel()));
    daemon = new Daemon(source, settings);
  }

  private static Level level(Settings.LogLevel level) {
    return switch (level) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARN;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
    };
  }

  /** Runs until a signal or a defect ends it. */
  ExitCode run() throws CommandFailure, IOException {
    // first of all: it shows whether another daemon runs, whose recordings must stay
    ControlServer control = ControlServer.listen(settings.control(), daemon);
    Thread hook = new Thread(this::endBySignal, "end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      daemon.start();
      Logger.info("{} is ready: {}", settings.rig().name(), settings.control().socket());
      return verdict(daemon.awaitEnd());
    } finally {
      daemon.close();
      control.close();
      done.countDown();
    }
  }

  private static ExitCode verdict(Optional<Throwable> defect) {
    if (defect.isEmpty()) {
      return ExitCode.OK;
    }
    throw new IllegalStateException("the machine failed: " + defect.get(), defect.get());
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
