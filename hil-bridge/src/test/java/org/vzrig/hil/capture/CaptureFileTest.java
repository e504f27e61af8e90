package org.vzrig.hil.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Pin;

class CaptureFileTest {
  private static final Board WIFIRE = Boards.named("wifire").orElseThrow();
  private static final CaptureHeader HEADER =
      CaptureHeader.of("emulated").with(CaptureHeader.BOARD, "wifire").with("odd", "a=b\nc");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("test.vzcap");
  }

  /** What a capture holds as lines, its bytes one by one. */
  private static List<String> read(byte[] bytes) throws IOException {
    List<String> lines = new ArrayList<>();
    try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(bytes), "test")) {
      CaptureEvent event = new CaptureEvent();
      while (reader.read(event)) {
        String head = event.side() + " ";
        switch (event.kind()) {
          case HEADER -> lines.add(head + event.header().fields());
          case SENT, RECEIVED -> {
            for (int i = 0; i < event.count(); i++) {
              String way = event.kind() == CaptureEvent.Kind.SENT ? " > " : " < ";
              lines.add(head + event.nanos(i) + " U" + event.uart() + way + event.value(i));
            }
          }
          case BREAK -> lines.add(head + event.nanos() + " U" + event.uart() + " break");
          case PIN -> lines.add(head + event.nanos() + " " + event.pin() + " " + event.level());
          case NOTE -> lines.add(head + event.nanos() + " " + event.note() + " " + event.text());
          case END -> lines.add(head + event.nanos() + " end");
        }
      }
    }
    return lines;
  }

  @Test
  void givesBackExactlyWhatWasWritten() throws IOException {
    List<String> expected = new ArrayList<>();
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int emulated = writer.side(HEADER);
      int real = writer.side(CaptureHeader.of("real"));
      expected.add("0 {side=emulated, board=wifire, odd=a=b c}");
      expected.add("1 {side=real}");
      Random random = new Random(7);
      long[] nanos = new long[2];
      for (int i = 0; i < 20_000; i++) {
        int side = random.nextInt(8) == 0 ? real : emulated;
        nanos[side] += random.nextInt(4) > 0 ? 86_800 : random.nextInt(2_000_000_000) - 1000;
        expected.add(side + " " + nanos[side] + " " + random(writer, side, nanos[side], random));
      }
      writer.end(real, Long.MAX_VALUE);
      expected.add("1 " + Long.MAX_VALUE + " end");
    }
    assertEquals(expected, read(Files.readAllBytes(file())));
  }

  @SuppressWarnings("RefactorSwitch")
  private static String random(CaptureWriter writer, int side, long nanos, Random random)
      throws IOException {
    int uart = 1 + random.nextInt(200) / 100;
    int value = random.nextInt(50) == 0 ? 256 + random.nextInt(256) : random.nextInt(256);
    switch (random.nextInt(40)) {
      case 0 -> {
        writer.sentBreak(side, nanos, uart);
        return "U" + uart + " break";
      }
      case 1 -> {
        writer.pin(side, nanos, value % 160, value > 100);
        return value % 160 + " " + (value > 100);
      }
      case 2 -> {
        writer.note(side, nanos, CaptureNote.BAUD, "U4 \u2264 115200");
        return "BAUD U4 \u2264 115200";
      }
      case 3 -> {
        writer.received(side, nanos, uart, value);
        return "U" + uart + " < " + value;
      }
      default -> {
        writer.sent(side, nanos, uart, value);
        return "U" + uart + " > " + value;
      }
    }
  }

  @Test
  void steadyBytesCostLittleMoreThanThemselves() throws IOException {
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int side = writer.side(HEADER);
      for (int i = 0; i < 100_000; i++) {
        writer.sent(side, i * 86_800L, 4, i & 0xFF);
      }
    }
    assertTrue(Files.size(file()) < 101_000, () -> "size " + file().toFile().length());
  }

  @Test
  void isSoundWhereverItIsCut() throws IOException {
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int side = writer.side(HEADER);
      for (int i = 0; i < 40; i++) {
        writer.pin(side, i * 1_000_003L, Pin.of("RG6").index(), i % 2 == 0);
        writer.sent(side, i * 1_000_003L + 7, 4, 'a' + i % 26);
      }
    }
    byte[] all = Files.readAllBytes(file());
    List<String> whole = read(all);
    int before = 0;
    for (int length = 0; length <= all.length; length++) {
      List<String> part = read(Arrays.copyOf(all, length));
      assertEquals(whole.subList(0, part.size()), part);
      assertTrue(part.size() >= before && part.size() <= before + 1, "loses one record at most");
      before = part.size();
    }
    assertEquals(81, before);
  }

  @Test
  void findsEveryFlippedBit() throws IOException {
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int side = writer.side(HEADER);
      writer.sent(side, 5, 4, 'a');
      writer.end(side, 9);
    }
    byte[] all = Files.readAllBytes(file());
    List<String> whole = read(all);
    for (int bit = 8 * 8; bit < all.length * 8; bit++) {
      byte[] bad = all.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      List<String> part = read(bad);
      assertTrue(part.size() < whole.size(), "bit " + bit);
      assertEquals(whole.subList(0, part.size()), part);
    }
  }

  @Test
  void goesOnBehindATornRecord() throws IOException {
    try (CaptureWriter writer = CaptureWriter.append(file())) {
      int side = writer.side(HEADER);
      writer.pin(side, 5, 3, true);
      writer.pin(side, 6, 3, false);
    }
    byte[] all = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(all, all.length - 1));
    try (CaptureWriter writer = CaptureWriter.append(file())) {
      int side = writer.side(CaptureHeader.of("again"));
      writer.pin(side, 1, 4, true);
    }
    List<String> lines = read(Files.readAllBytes(file()));
    assertEquals(List.of("0 5 3 true", "0 {side=again}", "0 1 4 true"), lines.subList(1, 4));
  }

  @Test
  void whatWasFlushedIsThereForOthers() throws IOException {
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int side = writer.side(HEADER);
      writer.pin(side, 5, 3, true);
      writer.sent(side, 6, 4, 'x');
      writer.flush();
      assertEquals(2, read(Files.readAllBytes(file())).size(), "the run is still open");
      long wait = writer.idle();
      assertTrue(wait <= CaptureWriter.OPEN_NANOS, "asks to be called again in " + wait);
      while (writer.idle() != Long.MAX_VALUE) {
        Thread.onSpinWait();
      }
      assertEquals("0 6 U4 > 120", read(Files.readAllBytes(file())).getLast());
    }
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Files.writeString(file(), "$version vzrig $end\n");
    IOException e = assertThrows(IOException.class, () -> CaptureReader.open(file()));
    assertEquals(file() + ": expected a capture, which begins with VZRCAP1", e.getMessage());
    Files.writeString(file(), "VZRCAP2\n");
    e = assertThrows(IOException.class, () -> CaptureReader.open(file()));
    assertEquals(file() + ": expected a capture of version 1, found version 2", e.getMessage());
    assertThrows(IOException.class, () -> CaptureWriter.append(file()));
    assertTrue(CaptureReader.recognises(file()));
    assertFalse(CaptureReader.recognises(Files.writeString(folder.resolve("x"), "VZR")));
  }

  @Test
  void becomesTextAndVcd() throws IOException {
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int side = writer.side(HEADER.with(CaptureHeader.HIGH, "RA5 RG6"));
      writer.pin(side, 1_000, Pin.of("RG6").index(), false);
      writer.sent(side, 2_000, 4, '#');
      writer.sent(side, 3_000, 4, '\n');
      writer.received(side, 4_000, 4, 5);
      writer.note(side, 5_000, CaptureNote.RESET, "MCLR");
      writer.end(side, 6_000);
    }
    byte[] bytes = Files.readAllBytes(file());
    StringWriter text = new StringWriter();
    new CaptureText(text, WIFIRE).write(reader(bytes));
    assertTrue(
        text.toString()
            .endsWith(
                """
                0      0.000001000 RG6 low LD1 off
                0      0.000002000 U4 > #\\n
                0      0.000004000 U4 < \\x05
                0      0.000005000 note RESET MCLR
                0      0.000006000 end
                """),
        text::toString);
    StringWriter vcd = new StringWriter();
    CaptureHeader header = CaptureSummary.of(reader(bytes)).getFirst().header();
    CaptureReplay.play(reader(bytes), 0, BoardVcd.of(vcd, WIFIRE, header), t -> t + 100);
    VcdFile read = new VcdFile(vcd.toString());
    assertEquals(List.of(0L), read.times("wifire.leds.LD1", "1"));
    assertEquals(List.of(1_100L), read.times("wifire.leds.LD1", "0"));
    assertEquals(List.of(2_100L), read.times("wifire.uart4.tx[5]", "1"));
    assertEquals(6_100, read.end);
  }

  private static CaptureReader reader(byte[] bytes) throws IOException {
    return new CaptureReader(new ByteArrayInputStream(bytes), "test");
  }

  @Test
  void sumsUp() throws IOException {
    try (CaptureWriter writer = CaptureWriter.create(file())) {
      int side = writer.side(HEADER);
      writer.sent(side, 10, 4, 'a');
      writer.sent(side, 20, 4, 'b');
      writer.received(side, 30, 4, 'c');
      writer.pin(side, 40, 3, true);
      writer.note(side, 50, CaptureNote.LOST, "3 events");
    }
    List<CaptureSummary.Side> sides = CaptureSummary.of(reader(Files.readAllBytes(file())));
    assertEquals(1, sides.size());
    CaptureSummary.Side only = sides.getFirst();
    assertEquals(2, only.sent().get(4));
    assertEquals(1, only.received().get(4));
    assertEquals(1, only.edges().get(3));
    assertEquals(List.of("0.000000050 s LOST 3 events"), only.notes());
    assertEquals(50, only.nanos());
    assertFalse(only.ended());
    assertEquals(
        "side=emulated",
        new String(only.header().encoded(), StandardCharsets.UTF_8).lines().findFirst().orElse(""));
  }
}
