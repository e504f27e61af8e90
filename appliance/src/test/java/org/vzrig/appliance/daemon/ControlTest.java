package org.vzrig.appliance.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.appliance.daemon.RunningDaemon.await;
import static org.vzrig.appliance.daemon.RunningDaemon.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.control.ControlConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A daemon through its socket. */
class ControlTest {
  @TempDir Path directory;

  private static String state(JsonNode status, int guest) {
    return status.path("guests").get(guest - 1).path("state").asString();
  }

  @Test
  void tellsHowTheRigIs() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection console = rig.connect()) {
      ObjectNode opened = console.call(request("console", "view", "guest 1"));
      await(console, opened.path("history").asString(), "#");
      ObjectNode status = rig.ask("status");
      assertEquals("wifire", status.path("board").asString());
      assertEquals("running", status.path("machine").path("state").asString());
      assertTrue(status.path("machine").path("virtual").asDouble() >= 1);
      assertEquals(2, status.path("guests").size());
      assertEquals(0, status.path("losses").path("clients").asInt(-1));
    }
  }

  @Test
  void guestsAreSwitchedOneByOne() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      rig.ask("stop", "guest", 1);
      rig.ask("pause", "guest", 2);
      awaitTrue(() -> guestsAre(rig, "stopped", "paused"));
      rig.ask("start", "guest", 2);
      rig.ask("restart", "guest", 1);
      awaitTrue(() -> !guestsAre(rig, "stopped", "paused"));
      CommandFailure wrong = assertThrows(CommandFailure.class, () -> rig.ask("stop", "guest", 5));
      assertTrue(
          wrong.lines().toString().contains("no guest 5; there are [1, 2]"),
          () -> wrong.lines().toString());
    }
  }

  private static boolean guestsAre(RunningDaemon rig, String first, String second) {
    try {
      ObjectNode status = rig.ask("status");
      return state(status, 1).equals(first) && state(status, 2).equals(second);
    } catch (CommandFailure | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitTrue(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void aPausedGuestGoesOnAndAStoppedOneBeginsAnew() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection console = rig.connect()) {
      console.call(request("console", "view", "guest 1"));
      rig.ask("type", "text", "=", "guest", 1);
      await(console, "", "=");
      rig.ask("pause", "guest", 1);
      rig.ask("start", "guest", 1);
      assertFalse(await(console, "", "=").contains("DEVID"));
      rig.ask("stop", "guest", 1);
      rig.ask("start", "guest", 1);
      await(console, "", "DEVID");
    }
  }

  @Test
  void viewsHoldWhatEachGuestSays() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection first = rig.connect();
        ControlConnection second = rig.connect();
        ControlConnection root = rig.connect()) {
      String one = history(first, "guest 1");
      String two = history(second, "guest 2");
      String zero = history(root, "root");
      assertFalse(await(first, one, "#").contains("."));
      assertFalse(await(second, two, ".").contains("#"));
      assertTrue(await(root, zero, "|-------").contains("init_IRQ"));
    }
  }

  private static String history(ControlConnection connection, String view)
      throws IOException, CommandFailure {
    return connection.call(request("console", "view", view)).path("history").asString();
  }

  @Test
  void manyReadAndOneTypes() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection second = rig.connect()) {
      try (ControlConnection first = rig.connect()) {
        assertTrue(first.call(request("console", "write", true)).path("writer").asBoolean());
        ObjectNode refused = second.call(request("console", "write", true));
        assertFalse(refused.path("writer").asBoolean());
        assertFalse(refused.path("held").asString().isEmpty());
        assertThrows(CommandFailure.class, () -> second.call(request("type", "text", "x")));
        first.call(request("type", "text", "=", "guest", 2));
        await(second, "", "=");
      }
      awaitTrue(() -> rig.daemon().input().writer().isEmpty());
      second.call(request("type", "text", "x"));
    }
  }

  @Test
  void aClientThatDoesNotReadMissesEventsAndStallsNobody() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection slow = rig.connect();
        ControlConnection other = rig.connect()) {
      slow.call(request("console", "view", "uart 1"));
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int i = 0; i < 4000; i++) {
                      rig.daemon().hub().show("uart 1", i, "x".repeat(1000));
                    }
                  });
      flood.join();
      assertTrue(rig.daemon().lostByClients() > 0);
      assertEquals(
          "running", other.call(request("status")).path("machine").path("state").asString());
      long seen = 0;
      ObjectNode event = slow.next();
      while (!event.path("event").asString().equals("missed")) {
        seen++;
        event = slow.next();
      }
      assertEquals(4000, seen + event.path("count").asLong());
    }
  }

  @Test
  void whatIsNoRequestIsAnsweredAsSuch() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(rig.socket));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(Channels.newInputStream(raw), StandardCharsets.UTF_8))) {
      assertTrue(in.readLine().contains("\"protocol\":1"));
      for (String wrong :
          new String[] {
            "nonsense",
            "[1]",
            "{}",
            "{\"cmd\":\"frob\"}",
            "{\"cmd\":\"stop\",\"guest\":\"1\"}",
            "{\"cmd\":\"press\"}",
            "{\"cmd\":\"watch\",\"events\":[\"moon\"]}"
          }) {
        raw.write(ByteBuffer.wrap((wrong + "\n").getBytes(StandardCharsets.UTF_8)));
        String answer = in.readLine();
        assertTrue(answer.contains("\"ok\":false") && answer.contains("bad-request"), answer);
      }
      raw.write(
          ByteBuffer.wrap("{\"id\":7,\"cmd\":\"status\"}\n".getBytes(StandardCharsets.UTF_8)));
      assertTrue(in.readLine().startsWith("{\"id\":7,\"ok\":true"));
    }
  }

  @Test
  void theMachineIsSwitchedAndVirtualTimeStops() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory, "start = false")) {
      assertEquals("off", rig.ask("status").path("machine").path("state").asString());
      assertThrows(CommandFailure.class, () -> rig.ask("press", "button", "BTN1"));
      assertEquals("running", rig.ask("start").path("state").asString());
      assertEquals("paused", rig.ask("pause").path("state").asString());
      PoweredMachine machine = rig.daemon().host().running();
      long before = machine.call(() -> machine.target().workload().cycles()).get();
      assertEquals(before, machine.call(() -> machine.target().workload().cycles()).get());
      assertEquals("running", rig.ask("start").path("state").asString());
      assertEquals("off", rig.ask("stop").path("state").asString());
    }
  }

  @Test
  void aProgramWithMistakesLeavesTheOldOneRunning() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      PoweredMachine before = rig.daemon().host().running();
      CommandFailure wrong =
          assertThrows(CommandFailure.class, () -> rig.ask("load", "file", rig.file));
      assertTrue(
          wrong.lines().toString().contains("bench.toml:1: error"), () -> wrong.lines().toString());
      assertEquals(before, rig.daemon().host().running());
      Path hello = before.target().files().getFirst().resolveSibling("hello.config");
      rig.ask("load", "file", hello);
      assertTrue(
          rig.ask("status").path("machine").path("runs").asString().endsWith("hello.config"));
    }
  }

  @Test
  void lightsAndButtonsAreOfTheBoard() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection watcher = rig.connect()) {
      ObjectNode watch = request("watch");
      watch.putArray("events").add("led");
      watcher.call(watch);
      ObjectNode event = watcher.next();
      assertEquals("led", event.path("event").asString());
      assertTrue(event.path("led").asString().startsWith("LD"));
      assertEquals(4, rig.ask("leds").path("leds").size());
      rig.ask("press", "button", "BTN1", "hold", true);
      PoweredMachine machine = rig.daemon().host().running();
      var pin = machine.target().board().button("BTN1").orElseThrow().pin();
      assertTrue(machine.call(() -> machine.target().pins().level(pin)).get());
      rig.ask("release", "button", "BTN1");
      assertFalse(machine.call(() -> machine.target().pins().level(pin)).get());
    }
  }

  @Test
  void reloadTakesChangesAndKeepsTheOldSettingsWhenTheyAreWrong() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      PoweredMachine before = rig.daemon().host().running();
      RunningDaemon.write(directory, "pace = 'sometimes'");
      assertThrows(CommandFailure.class, () -> rig.ask("reload"));
      assertEquals(before, rig.daemon().host().running());
      RunningDaemon.write(directory, "pace = 'realtime'", "board = 'wifire'");
      rig.ask("reload");
      assertEquals(before, rig.daemon().host().running());
      RunningDaemon.write(directory, "pace = 'fast'");
      rig.ask("reload");
      assertEquals("fast", rig.ask("status").path("machine").path("pace").asString());
    }
  }

  @Test
  void theSocketIsProtectedAndTakenOverFromADeadDaemon() throws Exception {
    Path socket = directory.resolve("s");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    assertTrue(Files.exists(socket));
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      assertEquals(
          "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
      CommandFailure second =
          assertThrows(CommandFailure.class, () -> new RunningDaemon(directory).close());
      assertTrue(
          second.lines().toString().contains("another daemon listens there"),
          () -> second.lines().toString());
      assertEquals("running", rig.ask("status").path("machine").path("state").asString());
    }
    assertFalse(Files.exists(socket));
  }

  @Test
  void aSnapshotGoesOnWhereItWasTaken() throws Exception {
    Path file = directory.resolve("state.snapshot");
    try (RunningDaemon rig = new RunningDaemon(directory);
        ControlConnection console = rig.connect()) {
      console.call(request("console", "view", "guest 1"));
      rig.ask("type", "text", "%", "guest", 1);
      await(console, "", "%%");
      double taken = virtual(rig);
      rig.ask("snapshot", "file", file);
      rig.ask("stop");
      rig.ask("start");
      assertTrue(virtual(rig) < taken);
      rig.ask("restore", "file", file);
      assertTrue(virtual(rig) >= taken);
      await(console, "", "%%");
      PoweredMachine before = rig.daemon().host().running();
      CommandFailure none =
          assertThrows(CommandFailure.class, () -> rig.ask("restore", "file", rig.file));
      assertTrue(none.lines().toString().contains("not a snapshot"), () -> none.lines().toString());
      rig.ask("load", "file", before.target().files().getFirst().resolveSibling("hello.config"));
      CommandFailure other =
          assertThrows(CommandFailure.class, () -> rig.ask("restore", "file", file));
      assertTrue(
          other.lines().toString().contains("expected hello.config sha256"),
          () -> other.lines().toString());
    }
  }

  private static double virtual(RunningDaemon rig) throws CommandFailure, IOException {
    return rig.ask("status").path("machine").path("virtual").asDouble();
  }

  @Test
  void routesComeAndGoWhileTheMachineRuns() throws Exception {
    Path link = directory.resolve("tty");
    try (RunningDaemon rig =
        new RunningDaemon(directory, "[serial]", "uart4 = ['pty:" + link + "']")) {
      assertTrue(Files.exists(link));
      JsonNode routes = rig.ask("uart", "uart", 4, "op", "add", "route", "tcp:0").path("routes");
      assertEquals(2, routes.size());
      String where = routes.get(1).path("where").asString();
      int port = Integer.parseInt(where.substring(where.lastIndexOf(':') + 1));
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        rig.ask("restart");
        int value = client.getInputStream().read();
        while (value != '#') {
          assertTrue(value >= 0);
          value = client.getInputStream().read();
        }
      }
      rig.ask("uart", "uart", 4, "op", "remove", "route", "pty:" + link);
      assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
      assertEquals(1, rig.ask("status").path("routes").size());
      assertThrows(
          CommandFailure.class, () -> rig.ask("uart", "uart", 4, "op", "add", "route", "moon"));
    }
  }

  @Test
  void aGuestThatDoesWhatItMustNotIsTold() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(directory, "start = false");
        ControlConnection watcher = rig.connect()) {
      rig.ask("load", "file", VzrigProcess.root().resolve("hypervisor/guests/attack.config"));
      rig.ask("start");
      ObjectNode watch = request("watch");
      watch.putArray("events").add("guest");
      watcher.call(watch);
      ControlConnection console = rig.connect();
      await(console, history(console, "guest 1"), "ready");
      // reads memory that is not its own
      rig.ask("type", "text", "001", "guest", 1);
      ObjectNode event = watcher.next();
      assertEquals("faulted", event.path("state").asString());
      assertEquals("TLB exception - bad address", event.path("fault").asString());
      assertEquals("faulted", state(rig.ask("status"), 1));
      rig.ask("start", "guest", 1);
      await(console, "", "ready");
      ObjectNode log = rig.ask("log");
      assertTrue(log.toString().contains("\"guest\":\"1\""), log.toString());
    }
  }
}
