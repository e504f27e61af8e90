package org.vzrig.hil.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Boards;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureWriter;

/** Consoles, a byte every millisecond. */
class ConsoleComparisonTest {
  private static final long MILLI = 1_000_000;

  @TempDir private Path folder;

  private Input console(String name, String text) throws IOException {
    return console(name, text, LongUnaryOperator.identity());
  }

  private Input console(String name, String text, LongUnaryOperator seen) throws IOException {
    Path file = folder.resolve(name);
    try (CaptureWriter writer = CaptureWriter.create(file)) {
      int side = writer.side(CaptureHeader.of(name));
      for (int i = 0; i < text.length(); i++) {
        writer.sent(side, seen.applyAsLong((i + 1) * MILLI), 4, text.charAt(i));
      }
      writer.end(side, 10_000 * MILLI);
    }
    return Input.of(name, file, 0);
  }

  private Comparison compare(String first, String second, String... rules) throws Exception {
    Settings settings =
        new Settings(
            Tolerance.DEFAULT,
            Rules.parse("rules", List.of(rules)),
            Boards.WIFIRE,
            List.of(),
            row -> {});
    return Comparer.compare(console("first", first), console("second", second), settings);
  }

  private static void assertSame(Comparison result) {
    assertEquals(Comparison.Verdict.SAME, result.verdict(), () -> result.findings().toString());
  }

  @Test
  void whatNobodySeesDoesNotCount() throws Exception {
    assertSame(compare("one \r\ntwo\n\nend\n", "one\n\r\u001b[1mtwo\u001b[m\n\0\nend  \n"));
  }

  @Test
  void masksAndIgnoredLinesMayDiffer() throws Exception {
    String first = "boot 12:00:01\nserial 0815\nrest of it\n";
    String second = "boot 09:30:59\nserial 4711\ndebug: x\nrest of it\n";
    assertEquals(Comparison.Verdict.DIFFERENT, compare(first, second).verdict());
    assertSame(
        compare(
            first,
            second,
            "mask time = \\d+:\\d+:\\d+",
            "mask number = (?<=serial )\\d+",
            "ignore debug = ^debug"));
  }

  @Test
  void guestsThatPrintBetweenEachOtherAreOnlyInAnotherOrder() throws Exception {
    assertSame(compare("start\nabc12345\nend\n", "start\n1a2b3c45\nend\n"));
  }

  @Test
  void aGuestsBeatsAreComparedByThemselves() throws Exception {
    String[] rules = {"guest one = #", "guest two = ."};
    assertSame(compare("start\n#..#..#..\nend\n", "start\n.#..#..#.\nend\n", rules));
    Comparison result = compare("start\n#..#..#..\nend\n", "start\n#..x..#..\nend\n", rules);
    assertTrue(
        result.findings().stream().anyMatch(f -> f.channel().startsWith("U4 guest")),
        () -> result.findings().toString());
  }

  /** Nothing but their beginning tells which line is which. */
  @Test
  void linesThatRepeatAreComparedFromTheFirst() throws Exception {
    String beats = ("beat" + ".".repeat(45) + "\n").repeat(60);
    Comparison result = compare(beats, beats);
    assertSame(result);
    assertTrue(Math.abs(result.clock().offsetNanos()) < MILLI, () -> result.clock().toString());
  }

  /** What the second side did first came in lumps, what it did again did not. */
  @Test
  void aBlurredStartIsPreferredToAClearRepetition() throws Exception {
    StringBuilder turn = new StringBuilder();
    for (int i = 0; i < 80; i++) {
      turn.append("beat%02d".formatted(i)).append(".".repeat(20)).append('\n');
    }
    String text = turn.toString().repeat(4);
    long lump = 33 * MILLI;
    Input lumps = console("second", text, t -> t < 1500 * MILLI ? Math.ceilDiv(t, lump) * lump : t);
    assertSame(Comparer.compare(console("first", text), lumps, Settings.of(Boards.WIFIRE)));
  }

  @Test
  void aSpeedIsNamed() throws Exception {
    String text = "The quick brown fox jumps over the lazy dog, 0123456789.\n".repeat(20);
    byte[] read = BaudGuess.read(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0.5, 1);
    StringBuilder rubbish = new StringBuilder();
    for (byte value : read) {
      rubbish.append((char) (value & 0xFF));
    }
    Comparison result = compare(text, rubbish.toString());
    Finding only = result.findings().getFirst();
    assertEquals(Finding.Kind.BAUD, only.kind());
    assertTrue(only.text().contains("0.500 times as fast"), only::text);
  }

  @Test
  void lossesForbidAnAnswer() throws Exception {
    Input first = console("first", "one\ntwo\nthree\n");
    Path file = folder.resolve("lossy");
    try (CaptureWriter writer = CaptureWriter.create(file)) {
      int side = writer.side(CaptureHeader.of("lossy"));
      for (int i = 0; i < 4; i++) {
        writer.sent(side, (i + 1) * MILLI, 4, "one\n".charAt(i));
      }
      writer.note(side, 5 * MILLI, org.vzrig.hil.capture.CaptureNote.LOST, "4 events");
      writer.end(side, 10_000 * MILLI);
    }
    Comparison result =
        Comparer.compare(first, Input.of("lossy", file, 0), Settings.of(Boards.WIFIRE));
    assertEquals(Comparison.Verdict.UNKNOWN, result.verdict());
    assertEquals(
        List.of("the recording of the lossy side is not complete: 4 events at 5.00 ms"),
        result.reasons());
  }
}
