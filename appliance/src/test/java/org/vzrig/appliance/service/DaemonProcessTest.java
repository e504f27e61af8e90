package org.vzrig.appliance.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.appliance.daemon.RunningDaemon.await;
import static org.vzrig.appliance.daemon.RunningDaemon.request;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.control.ControlConnection;
import org.vzrig.appliance.daemon.RunningDaemon;
import org.vzrig.appliance.systemd.DatagramReceiver;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureReader;
import tools.jackson.databind.node.ObjectNode;

/** The daemon as a process under a service manager, which the test plays. */
class DaemonProcessTest {
  private static final int SIGTERM_EXIT = 143;

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void nothingStaysBehind() {
    started.forEach(Process::destroyForcibly);
  }

  private DatagramReceiver systemd() throws IOException {
    return new DatagramReceiver(directory.resolve("notify").toString());
  }

  private Process start(Path config, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = VzrigProcess.builder("daemon", "--config", config.toString());
    builder.environment().put("NOTIFY_SOCKET", directory.resolve("notify").toString());
    builder.environment().putAll(environment);
    Process daemon =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("err").toFile())
            .start();
    started.add(daemon);
    return daemon;
  }

  private ControlConnection connect() throws CommandFailure {
    return ControlConnection.open(directory.resolve("s"));
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  @Test
  void aServiceFromReadinessToItsEnd() throws Exception {
    Path capture = directory.resolve("bench.capture");
    Path config = RunningDaemon.write(directory, "[record]", "capture = '" + capture + "'");
    try (DatagramReceiver systemd = systemd()) {
      Process daemon = start(config, Map.of("WATCHDOG_USEC", "300000"));
      assertTrue(systemd.await("READY=1").contains("STATUS=wifire running"));
      systemd.await("WATCHDOG=1");
      systemd.await("WATCHDOG=1");
      String seen;
      try (ControlConnection console = connect()) {
        ObjectNode opened = console.call(request("console"));
        seen = await(console, opened.path("history").asString(), "#");
      }
      Files.writeString(config, "[rig]\nnonsense = 1\n");
      signal(daemon, "HUP");
      systemd.await("RELOADING=1\nMONOTONIC_USEC=");
      systemd.await("READY=1");
      long before = System.nanoTime();
      signal(daemon, "TERM");
      systemd.await("STOPPING=1");
      assertTrue(daemon.waitFor(5, TimeUnit.SECONDS));
      assertTrue(System.nanoTime() - before < 5_000_000_000L);
      assertEquals(SIGTERM_EXIT, daemon.exitValue());
      assertTrue(console(capture, true).startsWith(seen));
      assertFalse(Files.exists(directory.resolve("s")));
      String err = Files.readString(directory.resolve("err"));
      assertTrue(err.contains("bench.toml:2: rig.nonsense: no such setting"), err);
    }
  }

  /** What the console has sent as of a capture, which has to have an end if {@code ended}. */
  private static String console(Path capture, boolean ended) throws IOException {
    StringBuilder text = new StringBuilder();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      CaptureEvent event = new CaptureEvent();
      boolean end = false;
      while (reader.read(event)) {
        end = event.kind() == CaptureEvent.Kind.END;
        for (int i = 0; event.kind() == CaptureEvent.Kind.SENT && i < event.count(); i++) {
          text.append((char) event.value(i));
        }
      }
      assertEquals(ended, end);
    }
    return text.toString();
  }

  @Test
  void afterAKillTheNextOneKeepsWhatWasRecorded() throws Exception {
    Path capture = directory.resolve("bench.capture");
    Path config = RunningDaemon.write(directory, "[record]", "capture = '" + capture + "'");
    try (DatagramReceiver systemd = systemd()) {
      Process first = start(config, Map.of());
      systemd.await("READY=1");
      try (ControlConnection console = connect()) {
        await(console, console.call(request("console")).path("history").asString(), "init_IRQ");
      }
      first.destroyForcibly().waitFor();
      assertTrue(Files.exists(directory.resolve("s")));
      Process second = start(config, Map.of());
      systemd.await("READY=1");
      try (ControlConnection console = connect()) {
        await(console, console.call(request("console")).path("history").asString(), "init_IRQ");
      }
      List<Path> old = aside("bench.2*.capture");
      assertEquals(1, old.size());
      assertTrue(console(old.getFirst(), false).contains("init_IRQ"));
      second.destroy();
      second.waitFor();
      assertTrue(console(capture, true).contains("init_IRQ"));
    }
  }

  private List<Path> aside(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
      files.forEach(found::add);
    }
    return found;
  }

  @Test
  void aFullDiskStopsTheRecordingAlone() throws Exception {
    Path config =
        RunningDaemon.write(
            directory, "[record]", "serial-log = '/dev/full'", "capture = '/dev/full'");
    try (DatagramReceiver systemd = systemd()) {
      Process daemon = start(config, Map.of());
      systemd.await("READY=1");
      try (ControlConnection console = connect()) {
        await(console, console.call(request("console")).path("history").asString(), "#");
        ObjectNode status = console.call(request("status"));
        assertEquals("running", status.path("machine").path("state").asString());
        status
            .path("recordings")
            .forEach(file -> assertEquals("stopped", file.path("state").asString()));
        assertFalse(status.path("recordings").isEmpty());
      }
      daemon.destroy();
      assertTrue(daemon.waitFor(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void timeInWhichTheProcessStoodStillIsGivenUpAndCounted() throws Exception {
    Path config = RunningDaemon.write(directory);
    try (DatagramReceiver systemd = systemd()) {
      Process daemon = start(config, Map.of());
      systemd.await("READY=1");
      try (ControlConnection client = connect()) {
        double skipped = machine(client, "skipped");
        signal(daemon, "STOP");
        LockSupport.parkNanos(1_000_000_000);
        signal(daemon, "CONT");
        double after = machine(client, "skipped");
        while (after - skipped < 0.8) {
          after = machine(client, "skipped");
        }
        assertTrue(machine(client, "virtual") + after < machine(client, "host") + 0.2);
      }
      daemon.destroy();
      daemon.waitFor();
    }
  }

  private static double machine(ControlConnection client, String name) throws Exception {
    return client.call(request("status")).path("machine").path(name).asDouble();
  }

  @Test
  void checkTellsAllMistakesWithoutAStackTrace() throws Exception {
    Path config = RunningDaemon.write(directory, "pace = 'x'", "start = 7");
    VzrigProcess.Result result =
        VzrigProcess.run("daemon", "--check", "--config", config.toString());
    assertEquals(3, result.exit());
    assertTrue(result.err().contains("bench.toml:5: rig.pace: expected one of"), result.err());
    assertTrue(result.err().contains("bench.toml:6: rig.start: expected true or false"));
    assertFalse(result.err().contains("\tat "));
  }
}
