package org.vzrig.appliance.flash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.vzrig.flasher.Area;
import org.vzrig.flasher.Block;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashEvent.Phase;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.Plan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same events as JSON for programs and as text for people. */
class FlashEventsTest {
  private static final Part PART = Parts.named("PIC32MZ2048EFG100").orElseThrow();
  private static final Plan PLAN =
      new Plan(
          PART,
          Plan.Erase.CHIP,
          List.of(new Block(0x1D00_0000, new byte[1024])),
          List.of(),
          1000,
          List.of("boot \"flash\""));

  private static final SequencedMap<String, Integer> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("DEVCFG0", 0xFFFF_F7D7);
    WORDS.put("DEVCFG1", -1);
    WORDS.put("DEVCFG2", -1);
    WORDS.put("DEVCFG3", 0x86FF_FFFF);
  }

  private static JsonNode json(FlashEvent event) {
    return JsonMapper.shared().readTree(FlashJson.line(event));
  }

  @Test
  void jsonOfEachEvent() {
    JsonNode opened =
        json(new FlashEvent.Opened("A \"B\"\n", List.of(new Area(1, 2)), PART, 0x6720_E053));
    assertEquals("opened", opened.get("event").asString());
    assertEquals("A \"B\"\n", opened.get("adapter").asString());
    assertEquals("6720E053", opened.get("id").asString());
    JsonNode planned = json(new FlashEvent.Planned(PLAN));
    assertEquals(1000, planned.get("bytes").asInt());
    assertEquals("erase   the whole chip", planned.get("plan").get(0).asString());
    assertEquals("keep    boot \"flash\"", planned.get("plan").get(2).asString());
    assertEquals(
        "86FFFFFF",
        json(new FlashEvent.Configured(PART, WORDS)).get("words").get("DEVCFG3").asString());
    assertEquals(
        "PROGRAM_BOOT",
        json(new FlashEvent.Began(Phase.PROGRAM_BOOT, 5, 1)).get("phase").asString());
    assertEquals(3, json(new FlashEvent.Advanced(Phase.READ, 3, 5)).get("done").asInt());
    assertEquals(7, json(new FlashEvent.Ended(Phase.READ, 5, 7)).get("millis").asInt());
    assertEquals("\\ and \t", json(new FlashEvent.Note("\\ and \t")).get("message").asString());
    assertEquals(9600, json(new FlashEvent.Speed(9600)).get("baud").asInt());
    assertEquals(8, json(new FlashEvent.Finished(8, 9)).get("bytes").asInt());
    JsonNode differs =
        json(new FlashEvent.Differs(List.of(new Mismatch(0x1D00_0004, 1, -1, 4)), "worn out"));
    assertEquals("1D000004", differs.get("words").get(0).get("address").asString());
    assertEquals("FFFFFFFF", differs.get("words").get(0).get("found").asString());
    assertEquals("worn out", differs.get("cause").asString());
  }

  private static String text(boolean terminal, FlashEvent... events) {
    StringWriter out = new StringWriter();
    FlashText text = new FlashText(new PrintWriter(out), terminal);
    for (FlashEvent event : events) {
      text.on(event);
    }
    return out.toString();
  }

  private static final FlashEvent[] WRITING = {
    new FlashEvent.Began(Phase.PROGRAM_FLASH, 2048, 2),
    new FlashEvent.Advanced(Phase.PROGRAM_FLASH, 1024, 2048),
    new FlashEvent.Advanced(Phase.PROGRAM_FLASH, 2048, 2048),
    new FlashEvent.Ended(Phase.PROGRAM_FLASH, 2048, 1500)
  };

  @Test
  void plainLinesWithoutATerminal() {
    assertEquals("  program flash: 2048 bytes in 1.50 s\n", text(false, WRITING));
  }

  @Test
  void aBarOnATerminal() {
    String bar = text(true, WRITING);
    assertTrue(
        bar.contains("\r  program flash  [####################....................] 50%"), bar);
    assertTrue(bar.endsWith("\r\033[K  program flash: 2048 bytes in 1.50 s\n"), bar);
  }

  @Test
  void planConfigurationAndDifferences() {
    String text =
        text(
            false,
            new FlashEvent.Planned(PLAN),
            new FlashEvent.Configured(PART, WORDS),
            new FlashEvent.Differs(List.of(new Mismatch(0x1D00_0004, 1, 2, 4)), "a cause"));
    assertTrue(text.contains("  erase   the whole chip\n"), text);
    assertTrue(text.contains("  write   1D000000-1D0003FF (1024 bytes) program flash\n"), text);
    assertTrue(text.contains("    DEVCFG0 = fffff7d7\n"), text);
    assertTrue(text.contains("  likely cause: a cause\n"), text);
    assertFalse(text.contains("\033"), "no control sequences in a log");
  }
}
