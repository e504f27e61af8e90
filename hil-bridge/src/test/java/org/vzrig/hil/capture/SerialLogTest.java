package org.vzrig.hil.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.emulator.machine.CycleTime;

/** At 1 MHz a cycle is a microsecond. */
class SerialLogTest {
  private final StringWriter text = new StringWriter();
  private final SerialLog log;

  SerialLogTest() throws IOException {
    log = new SerialLog(text, new CycleTime(1_000_000));
  }

  private void send(long cycle, String bytes) throws IOException {
    for (int i = 0; i < bytes.length(); i++) {
      log.sent(cycle, 4, bytes.charAt(i));
    }
  }

  private List<String> lines() throws IOException {
    log.close(9_000_000);
    List<String> all = text.toString().lines().toList();
    assertEquals("# ended at 9.000000000", all.getLast());
    return all.subList(1, all.size() - 1);
  }

  @Test
  void startsALineForEveryBurst() throws IOException {
    send(1_000_000, "#");
    send(1_019_999, ".");
    send(1_039_999, ".");
    assertEquals(List.of("     1.000000000 U4 > #.", "     1.039999000 U4 > ."), lines());
  }

  @Test
  void endsALineWithTheLineFeedAndItsCarriageReturn() throws IOException {
    send(5, "ab\n\rc\r\nd\n\n");
    assertEquals(
        List.of(
            "     0.000005000 U4 > ab\\n\\r",
            "     0.000005000 U4 > c\\r\\n",
            "     0.000005000 U4 > d\\n",
            "     0.000005000 U4 > \\n"),
        lines());
  }

  @Test
  void keepsLinesAndDirectionsApart() throws IOException {
    send(1, "a");
    log.received(2, 4, 0x05);
    log.received(3, 4, '1');
    log.sent(4, 1, 'b');
    assertEquals(
        List.of(
            "     0.000001000 U4 > a", "     0.000002000 U4 < \\x051", "     0.000004000 U1 > b"),
        lines());
  }

  @Test
  void writesEveryByteReadably() throws IOException {
    send(1, "\t\\~\u007f\u0000\u00ff\u0123");
    log.sentBreak(2, 4);
    assertEquals(List.of("     0.000001000 U4 > \\t\\\\~\\x7F\\x00\\xFF\\x123\\B"), lines());
  }

  @Test
  void splitsBurstsThatDoNotEnd() throws IOException {
    send(1, "x".repeat(250));
    assertEquals(
        List.of(
            "     0.000001000 U4 > " + "x".repeat(200), "     0.000001000 U4 > " + "x".repeat(50)),
        lines());
  }

  @Test
  void countsWhatIsMissing() throws IOException {
    send(1, "a");
    log.lost(1, 12);
    assertEquals(List.of("     0.000001000 U4 > a", "# 12 events lost"), lines());
  }
}
