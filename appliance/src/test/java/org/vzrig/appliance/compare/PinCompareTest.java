package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.Commands;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.run.WiredBoard;
import org.vzrig.boards.Boards;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureReader;
import picocli.CommandLine;

/** LEDs and buttons of a second board on lines in memory, as a real board's on GPIO lines. */
class PinCompareTest {
  private static final String PINS = "--pins=LD1=gpiochip:bench/0";

  @TempDir Path folder;

  private static String demo() {
    return VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
  }

  /** What the comparison said, and how it ended. */
  private record Told(int exit, String text) {}

  private Told compare(WiredBoard.Wire wire, String... more) throws Exception {
    Path link = folder.resolve("board");
    try (WiredBoard board = new WiredBoard(link, wire)) {
      CompareCommand command = new CompareCommand();
      command.realOptions.lines = board::lines;
      StringWriter out = new StringWriter();
      CommandLine line = new CommandLine(command);
      line.setOut(new PrintWriter(out));
      line.setErr(new PrintWriter(out));
      List<String> arguments = new ArrayList<>(List.of(demo(), "--real", "serial:" + link, PINS));
      // a busy computer is late with what the second board does; LD1 changes each second
      arguments.addAll(
          List.of("--for=6s", "--text-tolerance=900ms", "--tolerance=400ms", "--ppm=3000"));
      arguments.addAll(List.of(more));
      int exit = line.execute(arguments.toArray(String[]::new));
      return new Told(exit, out.toString());
    }
  }

  private static Told failed(String... arguments) {
    StringWriter out = new StringWriter();
    return new Told(Commands.execute(new PrintWriter(out), arguments), out.toString());
  }

  @Test
  void ledsOfTheRealBoardAreCompared() throws Exception {
    Told told = compare(PinCompareTest::sound);
    assertEquals(0, told.exit, told.text);
    assertTrue(told.text.matches("(?s).*LD1 +[5-7] match.*"), told.text);
  }

  private static void sound(String led, int count, boolean level, WiredBoard.Line line) {
    line.put(level, 0);
  }

  /** Two edges do not come. */
  private static void lossy(String led, int count, boolean level, WiredBoard.Line line) {
    if (count < 2 || count > 3) {
      line.put(level, 0);
    }
  }

  /** A short pulse follows an edge. */
  private static void noisy(String led, int count, boolean level, WiredBoard.Line line) {
    line.put(level, 0);
    if (count == 3) {
      line.put(!level, 100);
      line.put(level, 150);
    }
  }

  /** An edge comes later. */
  private static void slow(String led, int count, boolean level, WiredBoard.Line line) {
    line.put(level, count == 3 ? 700 : 0);
  }

  @Test
  void edgesThatDoNotComeAreFound() throws Exception {
    assertFound("missing", 2, PinCompareTest::lossy);
  }

  @Test
  void edgesThatAreNotOursAreFound() throws Exception {
    assertFound("extra", 2, PinCompareTest::noisy);
  }

  @Test
  void edgesThatComeLaterAreFound() throws Exception {
    assertFound("late", 1, PinCompareTest::slow);
  }

  private void assertFound(String what, int findings, WiredBoard.Wire wire) throws Exception {
    Told told = compare(wire);
    assertEquals(30, told.exit, told.text);
    assertTrue(told.text.matches("(?s).*\\nLD1: " + what + " .*"), told.text);
    assertTrue(told.text.contains("different: " + findings + " finding"), told.text);
  }

  @Test
  void anLedThatIsStuckIsNamed() throws Exception {
    Told told = compare((led, count, level, line) -> {});
    assertEquals(30, told.exit, told.text);
    assertTrue(told.text.matches("(?s).*LD1[^\\n]*stuck.*|.*stuck[^\\n]*LD1.*"), told.text);
  }

  @Test
  void aScriptPressesTheButtonsOfBoth() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "press BTN1@1s:300ms\n");
    Path report = folder.resolve("report");
    Told told =
        compare(
            PinCompareTest::sound,
            "--buttons=BTN1=" + WiredBoard.BUTTON,
            "--script=" + script,
            "--report=" + report);
    assertEquals(0, told.exit, told.text);
    for (String side : List.of("first.vzcap", "second.vzcap")) {
      List<Long> edges = presses(report.resolve(side));
      assertEquals(2, edges.size(), side + edges);
      assertEquals(300, (edges.get(1) - edges.get(0)) / 1e6, 100, side);
    }
  }

  private static List<Long> presses(Path capture) throws IOException {
    int pin = Boards.WIFIRE.button("BTN1").orElseThrow().pin().index();
    List<Long> edges = new ArrayList<>();
    try (CaptureReader reader = CaptureReader.open(capture)) {
      CaptureEvent event = new CaptureEvent();
      while (reader.read(event)) {
        if (event.kind() == CaptureEvent.Kind.PIN && event.pin() == pin) {
          edges.add(event.nanos());
        }
      }
    }
    return edges;
  }

  @Test
  void tellsEveryMistakeOfTheWires() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "press BTN2@1s\n");
    Told told =
        failed(
            "compare",
            demo(),
            "--real=serial:/dev/none",
            "--pins=LD9=gpiochip:bench/1,LD1=gpiochip:bench/2,low,LD2=D0",
            "--buttons=LD1=gpiochip:bench/3,BTN1=gpiochip:bench/4",
            "--script=" + script);
    assertEquals(2, told.exit, told.text);
    assertTrue(told.text.contains("--pins LD9=gpiochip:bench/1: expected an LED"), told.text);
    assertTrue(told.text.contains("--pins LD2=D0: expected a line such as"), told.text);
    assertTrue(told.text.contains("--buttons LD1=gpiochip:bench/3: expected a button"), told.text);
    assertTrue(told.text.contains("the real board has no line for Press[button=BTN2"), told.text);
    Told none =
        failed("compare", demo(), "--real=serial:/dev/none", "--pins=LD1=gpiochip:no such lab/1");
    assertEquals(7, none.exit, none.text);
    assertTrue(none.text.contains("LD1=gpiochip:no such lab/1: "), none.text);
  }
}
