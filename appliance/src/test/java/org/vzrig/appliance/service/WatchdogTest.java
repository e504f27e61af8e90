package org.vzrig.appliance.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.daemon.RunningDaemon;
import org.vzrig.appliance.systemd.DatagramReceiver;
import org.vzrig.appliance.systemd.Notifier;

class WatchdogTest {
  private static final long PERIOD_NANOS = 20_000_000;

  @TempDir Path directory;

  @Test
  void isFedByTheMachineThreadAlone() throws Exception {
    String address = directory.resolve("notify").toString();
    Map<String, String> environment = Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "60000");
    try (DatagramReceiver systemd = new DatagramReceiver(address);
        Notifier notifier = new Notifier(environment);
        RunningDaemon rig = new RunningDaemon(directory);
        Watchdog watchdog = new Watchdog(notifier, rig.daemon())) {
      watchdog.start();
      systemd.await("WATCHDOG=1");
      CountDownLatch hangs = new CountDownLatch(1);
      CountDownLatch ends = new CountDownLatch(1);
      rig.daemon()
          .host()
          .running()
          .post(
              () -> {
                hangs.countDown();
                await(ends);
              });
      await(hangs);
      notifier.status("it hangs");
      systemd.await("STATUS=it hangs");
      LockSupport.parkNanos(10 * PERIOD_NANOS);
      notifier.status("still");
      assertTrue(systemd.next().startsWith("STATUS=still"), "fed while the machine hangs");
      ends.countDown();
      systemd.await("WATCHDOG=1");
      rig.ask("stop");
      systemd.await("WATCHDOG=1");
      rig.ask("start");
      rig.ask("pause");
      systemd.await("WATCHDOG=1");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
