package org.vzrig.appliance.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.appliance.daemon.RunningDaemon.await;
import static org.vzrig.appliance.daemon.RunningDaemon.request;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.control.ControlConnection;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Pin;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureReader;
import org.vzrig.hil.gpio.MemoryLines;
import org.vzrig.hil.serial.Pty;
import tools.jackson.databind.node.ObjectNode;

/** A pty plays the real board. */
class RealBoardTest {
  @TempDir Path directory;

  private Path capture() {
    return directory.resolve("bench.capture");
  }

  private String[] settings(String mode, Path port) {
    return new String[] {
      "mode = '" + mode + "'",
      "[real]",
      "port = '" + port + "'",
      "[record]",
      "capture = '" + capture() + "'"
    };
  }

  private static void awaitOpen(RunningDaemon rig) throws CommandFailure, IOException {
    while (!rig.ask("status").path("real").path("state").asString().equals("open")) {
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static void write(Pty board, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(bytes.length, board.write(bytes, 0, bytes.length));
  }

  private static String read(Pty board, String part) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[256];
    while (text.indexOf(part) < 0) {
      int count = board.read(buffer, 0, buffer.length, Duration.ofSeconds(1));
      text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  /** What each side of the capture has sent ({@code emulated >}) or received ({@code real <}). */
  private Map<String, String> recorded() throws IOException {
    Map<String, String> texts = new HashMap<>();
    Map<Integer, String> sides = new HashMap<>();
    try (CaptureReader reader = CaptureReader.open(capture())) {
      CaptureEvent event = new CaptureEvent();
      long last = 0;
      while (reader.read(event)) {
        switch (event.kind()) {
          case HEADER -> sides.put(event.side(), event.header().side());
          case SENT, RECEIVED -> {
            boolean sent = event.kind() == CaptureEvent.Kind.SENT;
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < event.count(); i++) {
              text.append((char) event.value(i));
            }
            texts.merge(
                sides.get(event.side()) + (sent ? " >" : " <"), text.toString(), String::concat);
            if ("real".equals(sides.get(event.side()))) {
              assertTrue(event.nanos() >= last, "time goes back");
              last = event.nanos();
            }
          }
          case END -> texts.merge("ended", sides.get(event.side()) + " ", String::concat);
          default -> {}
        }
      }
    }
    return texts;
  }

  @Test
  void bothBoardsGetWhatIsTypedAndAreRecordedTogether() throws Exception {
    try (Pty board = Pty.open()) {
      try (RunningDaemon rig = new RunningDaemon(directory, settings("both", port(board)));
          ControlConnection real = rig.connect();
          ControlConnection emulated = rig.connect()) {
        real.call(request("console", "view", "real"));
        emulated.call(request("console"));
        awaitOpen(rig);
        write(board, "the real one\r\n");
        await(real, "", "the real one\r\n");
        rig.ask("type", "text", "%", "guest", 1);
        assertEquals("\u00051%", read(board, "%"));
        await(emulated, "", "%");
        assertEquals("open", rig.ask("status").path("real").path("state").asString());
      }
      Map<String, String> recorded = recorded();
      assertEquals("the real one\r\n", recorded.get("real >"));
      assertEquals("\u00051%", recorded.get("real <"));
      assertEquals("\u00051%", recorded.get("emulated <"));
      assertTrue(recorded.getOrDefault("emulated >", "").contains("%"));
      assertEquals("real emulated ", recorded.get("ended"));
    }
  }

  @Test
  void theRealBoardAloneIsTheConsole() throws Exception {
    try (Pty board = Pty.open()) {
      try (RunningDaemon rig = new RunningDaemon(directory, settings("mirror", port(board)));
          ControlConnection console = rig.connect()) {
        console.call(request("console"));
        awaitOpen(rig);
        write(board, "LiteBSD\r\n");
        await(console, "", "LiteBSD\r\n");
        rig.ask("type", "text", "ls\r");
        assertEquals("ls\r", read(board, "\r"));
        CommandFailure none = assertThrows(CommandFailure.class, () -> rig.ask("start"));
        assertTrue(
            none.lines().toString().contains("nothing is emulated"), () -> none.lines().toString());
      }
      assertEquals("LiteBSD\r\n", recorded().get("real >"));
      assertEquals("ls\r", recorded().get("real <"));
      assertEquals("real ", recorded().get("ended"));
    }
  }

  /** What a side of the capture says of a pin: {@code RG6+@100} for high at 100 ms. */
  private List<String> edges(String side) throws IOException {
    List<String> edges = new ArrayList<>();
    String now = "";
    try (CaptureReader reader = CaptureReader.open(capture())) {
      CaptureEvent event = new CaptureEvent();
      while (reader.read(event)) {
        if (event.kind() == CaptureEvent.Kind.HEADER) {
          now = event.header().side();
          edges.add(event.header().get("pins"));
        } else if (event.kind() == CaptureEvent.Kind.PIN && now.equals(side)) {
          edges.add(Pin.at(event.pin()) + (event.level() ? "+" : "-"));
        }
      }
    }
    return edges;
  }

  @Test
  void ledsOfTheRealBoardAloneAreShownAndRecorded() throws Exception {
    List<String> driven = new CopyOnWriteArrayList<>();
    MemoryLines lines =
        new MemoryLines((wiring, high) -> driven.add(wiring.name() + (high ? "+" : "-")));
    Pin led = Boards.WIFIRE.led("LD1").orElseThrow().pin();
    Pin button = Boards.WIFIRE.button("BTN1").orElseThrow().pin();
    String[] wires = {
      "pins = ['LD1=gpiochip0/1,low']", "buttons = ['BTN1=gpiochip0/2']",
    };
    try (Pty board = Pty.open()) {
      String[] settings = settings("mirror", port(board));
      List<String> text = new ArrayList<>(List.of(settings));
      text.addAll(2, List.of(wires));
      try (RunningDaemon rig =
              new RunningDaemon(gpio -> lines, directory, text.toArray(String[]::new));
          ControlConnection lights = rig.connect()) {
        ObjectNode leds = request("watch");
        leds.putArray("events").add("led");
        lights.call(leds);
        lines.put("gpiochip0/1", false);
        assertTrue(lights.next().path("on").asBoolean());
        assertTrue(rig.ask("leds").path("leds").path("LD1").asBoolean());
        assertEquals(
            "gpiochip0/1",
            rig.ask("status").path("real").path("pins").path(0).path("line").asString());
        rig.ask("press", "button", "BTN1", "ms", 1);
        while (driven.size() < 3) {
          LockSupport.parkNanos(1_000_000);
        }
      }
    }
    assertEquals(List.of("BTN1-", "BTN1+", "BTN1-"), driven.subList(0, 3));
    boolean low = Boards.WIFIRE.button("BTN1").orElseThrow().activeLow();
    assertEquals(
        List.of(led.toString(), led + "+", button + (low ? "-" : "+"), button + (low ? "+" : "-")),
        edges("real"));
    assertFalse(lines.used("gpiochip0/1"));
    assertFalse(lines.used("gpiochip0/2"));
  }

  @Test
  void aBoardThatIsPluggedLaterIsFound() throws Exception {
    Path link = directory.resolve("tty");
    try (RunningDaemon rig = new RunningDaemon(directory, settings("both", link));
        ControlConnection console = rig.connect();
        Pty board = Pty.open()) {
      console.call(request("console", "view", "real"));
      assertTrue(
          rig.ask("status").path("real").path("state").asString().contains("no such device"));
      Files.createSymbolicLink(link, port(board));
      awaitOpen(rig);
      write(board, "here");
      await(console, "", "here");
    }
  }

  private static Path port(Pty board) {
    return Path.of(board.slaveName());
  }
}
