package org.vzrig.appliance.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.appliance.daemon.RunningDaemon.request;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.control.ControlConnection;
import org.vzrig.appliance.daemon.RunningDaemon;
import org.vzrig.boards.testing.RequiredTool;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong around a daemon: it goes on, and tells what was lost. */
class FaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String FAST = "pace = 'fast'";

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void nothingStaysBehind() {
    started.forEach(Process::destroyForcibly);
    started.forEach(process -> process.onExit().join());
  }

  private Process daemon(Map<String, String> environment, String... settings) throws Exception {
    Path config = RunningDaemon.write(directory, settings);
    Files.deleteIfExists(directory.resolve("s"));
    ProcessBuilder builder = VzrigProcess.builder("daemon", "--config", config.toString());
    builder.environment().putAll(environment);
    Process daemon = begin(builder);
    until("a machine", status -> status.path("machine").path("virtual").asDouble() > 0.2);
    return daemon;
  }

  private Process begin(ProcessBuilder builder) throws IOException {
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  private Process socat(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(RequiredTool.find("socat", "socat").toString()));
    command.addAll(List.of(arguments));
    return begin(new ProcessBuilder(command));
  }

  private ObjectNode ask(String command, Object... pairs) throws IOException, CommandFailure {
    try (ControlConnection connection = ControlConnection.open(directory.resolve("s"))) {
      return connection.call(request(command, pairs));
    }
  }

  /** Waits for a status; while the daemon starts, there is none. */
  private ObjectNode until(String what, Predicate<ObjectNode> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    ObjectNode last = null;
    while (System.nanoTime() < end) {
      try {
        last = ask("status");
        if (condition.test(last)) {
          return last;
        }
      } catch (CommandFailure e) {
        assertTrue(started.getLast().isAlive(), Files.readString(directory.resolve("err")));
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new AssertionError("no " + what + ": " + last);
  }

  private static JsonNode route(JsonNode status, String begin) {
    for (JsonNode route : status.path("routes")) {
      if (route.path("route").asString().startsWith(begin)) {
        return route;
      }
    }
    throw new AssertionError("no route " + begin + ": " + status);
  }

  private static long counted(JsonNode route) {
    return route.path("out").asLong() + route.path("lost").asLong() + unheard(route);
  }

  private static long unheard(JsonNode route) {
    return route.path("unheard").asLong();
  }

  private static boolean opens(JsonNode status, String route) {
    return route(status, route).path("state").asString().startsWith("open");
  }

  /** Every byte that the log has was given away, or counted as lost. */
  private void everyByteIsAccountedFor(String... routes) throws Exception {
    ask("pause");
    until(
        "settled routes",
        status ->
            Stream.of(routes)
                .allMatch(name -> counted(route(status, name)) == counted(route(status, "log"))));
  }

  /** What a capture holds up to its end, or up to where it breaks off. */
  private static long sent(Path capture) throws IOException {
    long sent = 0;
    CaptureEvent event = new CaptureEvent();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      while (reader.read(event)) {
        sent += event.kind() == CaptureEvent.Kind.SENT ? event.count() : 0;
      }
    }
    return sent;
  }

  @Test
  void aPortThatVanishesInABurstIsOpenedAgain() throws Exception {
    Path port = directory.resolve("port");
    String[] pair = {"-u", "pty,raw,echo=0,link=" + port, "open:/dev/null"};
    Process first = socat(pair);
    awaitFile(port);
    String routes = "uart4 = ['serial:%s', 'log:%s']".formatted(port, directory.resolve("all"));
    daemon(Map.of(), FAST, "[serial]", routes);
    until("output", status -> route(status, "serial").path("out").asLong() > 2000);
    first.destroyForcibly().waitFor();
    until("an unplug", status -> !opens(status, "serial"));
    until("a loss", status -> route(status, "serial").path("lost").asLong() > 0);
    Files.deleteIfExists(port);
    started.addFirst(socat(pair));
    started.removeLast();
    ObjectNode back = until("a replug", status -> opens(status, "serial"));
    long before = route(back, "serial").path("out").asLong();
    until("output again", status -> route(status, "serial").path("out").asLong() > before + 1000);
    everyByteIsAccountedFor("serial");
  }

  private static void awaitFile(Path file) {
    for (int i = 0; i < 10_000 && !Files.exists(file); i++) {
      LockSupport.parkNanos(1_000_000);
    }
    assertTrue(Files.exists(file), file.toString());
  }

  /** One has the pty open and reads no more, one is connected and never reads. */
  @Test
  void readersThatStopHoldNobodyUp() throws Exception {
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    Path link = directory.resolve("pty");
    String routes =
        "uart4 = ['pty:%s', 'tcp:%d', 'log:%s']".formatted(link, port, directory.resolve("all"));
    daemon(Map.of(), FAST, "[serial]", routes);
    Process reader = socat("-u", link + ",raw,echo=0", "open:/dev/null");
    try (Socket halfOpen = new Socket(InetAddress.getLoopbackAddress(), port)) {
      until("a reader", status -> opens(status, "pty"));
      new ProcessBuilder("kill", "-STOP", "" + reader.pid()).start().waitFor();
      until("a loss at the pty", status -> route(status, "pty").path("lost").asLong() > 0);
      ObjectNode lost = until("one at tcp", s -> route(s, "tcp").path("lost").asLong() > 0);
      assertTrue(lost.path("losses").path("routes").asLong() > 0, lost.toString());
      double then = lost.path("machine").path("virtual").asDouble();
      until("time", status -> status.path("machine").path("virtual").asDouble() > then + 60);
      new ProcessBuilder("kill", "-CONT", "" + reader.pid()).start().waitFor();
      assertTrue(halfOpen.isConnected());
    }
    everyByteIsAccountedFor("pty", "tcp");
  }

  @Test
  void aDiskThatFillsUpStopsTheCaptureAlone() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "needs the right to mount a small disk");
    try {
      Path capture = disk.resolve("full.vzcap");
      daemon(Map.of(), FAST, "[record]", "capture = '" + capture + "'");
      ObjectNode full =
          until("a full disk", s -> s.path("recordings").path(0).has("failure") && stopped(s));
      String failure = full.path("recordings").path(0).path("failure").asString();
      assertTrue(failure.contains("No space left"), failure);
      double then = full.path("machine").path("virtual").asDouble();
      until("time", status -> status.path("machine").path("virtual").asDouble() > then + 60);
      assertTrue(Files.readString(directory.resolve("err")).contains("No space left"));
      assertTrue(sent(capture) > 10_000, "what was written can be read");
    } finally {
      nothingStaysBehind();
      assertEquals(0, run("umount", disk.toString()));
    }
  }

  private static boolean stopped(JsonNode status) {
    return status.path("recordings").path(0).path("state").asString().equals("stopped");
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  /** However far it was, what the capture has can be read, and the next one begins its own. */
  @Test
  void aKillAtAnyMomentLeavesACaptureThatCanBeRead() throws Exception {
    Random random = new Random(1);
    Path capture = directory.resolve("bench.vzcap");
    for (int round = 1; round <= 4; round++) {
      Process daemon = daemon(Map.of(), FAST, "[record]", "capture = '" + capture + "'");
      LockSupport.parkNanos(random.nextLong(300_000_000));
      ObjectNode seen = ask("console");
      LockSupport.parkNanos(random.nextLong(3_000_000));
      daemon.destroyForcibly().waitFor();
      long least = Math.min(1000, seen.path("history").asString().length());
      assertTrue(sent(capture) >= least, () -> "the capture holds less than " + least);
      try (Stream<Path> files = Files.list(directory)) {
        assertEquals(round, files.filter(f -> f.toString().endsWith(".vzcap")).count());
      }
    }
  }

  /** The host's clock is set: virtual time does not care, and what is logged has the new time. */
  @Test
  void aClockThatJumpsChangesNothing() throws Exception {
    Path offset = Files.writeString(directory.resolve("offset"), "+0\n");
    Map<String, String> environment = new java.util.HashMap<>(Faketime.environment("+0"));
    environment.remove("FAKETIME");
    environment.put("FAKETIME_TIMESTAMP_FILE", offset.toString());
    environment.put("FAKETIME_NO_CACHE", "1");
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    environment.put("DONT_FAKE_MONOTONIC", "1");
    daemon(environment);
    for (int hours : new int[] {1, -2}) {
      Files.writeString(offset, "%+d\n".formatted(hours * 3600));
      ObjectNode before = ask("status").withObject("machine");
      ask("reset");
      ask("uart", "uart", 4, "op", "add", "route", "pty");
      JsonNode lines = ask("log", "lines", 1).path("lines");
      Instant at = Instant.parse(lines.path(0).path("at").asString());
      long off = Duration.between(Instant.now(), at).toMinutes();
      assertTrue(Math.abs(off - hours * 60L) <= 2, "the daemon's clock has jumped: " + off);
      double then = before.path("virtual").asDouble();
      ObjectNode after =
          until("a second", s -> s.path("machine").path("virtual").asDouble() > then + 1)
              .withObject("machine");
      double host = after.path("host").asDouble() - before.path("host").asDouble();
      double skipped = after.path("skipped").asDouble() - before.path("skipped").asDouble();
      double virtual = after.path("virtual").asDouble() - then;
      assertEquals(host, virtual + skipped, 0.3);
    }
    assertFalse(Files.readString(directory.resolve("err")).contains("ERROR"));
  }
}
