package org.vzrig.hypervisor.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReportTest {
  private static final Path GUESTS = Path.of("guests");

  @TempDir Path folder;

  private static void assertLine(String text, String pattern) {
    assertTrue(
        text.lines().anyMatch(line -> line.strip().matches(pattern)), () -> pattern + "\n" + text);
  }

  @Test
  void mapShowsMemoryRegistersAndInterrupts() {
    ConfigReport report = ConfigReport.read(GUESTS.resolve("dma.config"), "wifire");
    assertFalse(report.hasErrors());
    assertEquals("0 errors, 0 warnings", report.summary());
    String map = report.map();
    assertLine(map, "VM 1: entry 0x9fc\\w+, shadow set 1, polls interrupts");
    assertLine(map, "DMA may reach 00000000-0000ffff as group 1");
    assertLine(map, "interrupts owned: 134 DMA0");
    assertLine(
        map, "interrupts emulated: 0 CORE_TIMER by insert_timer, 170 UART4_FAULT by console.*");
    assertLine(map, "00000000-0000ffff +00000000 +64K +rw- +open +fixed \\(.*dma.config:\\d+\\)");
    assertLine(map, "1f811000-1f8111ff +1f811000 +512 +rw- +open +dma0: DMACON … .*");
    assertLine(
        map, "1f810000-1f810fff +1f810000 +4K +rw- shared +emulated +ic: INTCON … OFF213, .*");
    assertLine(map, "00000000 +64K +00000000 rw- +- +4000001e +00000000 +TLB");
    assertLine(map, "bf8f8860 +SBT2.*|bf8f8860.*|bf8f8860 .*SBT2REG1.*");
  }

  @Test
  void jsonHoldsTheSame() {
    String json = ConfigReport.read(GUESTS.resolve("wifire.config"), "wifire").mapJson();
    assertLine(json, "\"device\": \"oscillator\",");
    assertLine(json, "\"access\": \"write-ignored\",");
    assertLine(json, "\"va\": \"0x1f801200\",");
    assertEquals(
        json.chars().filter(c -> c == '{').count(), json.chars().filter(c -> c == '}').count());
  }

  @Test
  void problemsAreCountedAndListed() throws IOException {
    Path config = folder.resolve("config");
    Files.writeString(config, ".vm\n id = 9\n gid = \"1\"\n.\n");
    ConfigReport report = ConfigReport.read(config, "wifire");
    assertTrue(report.hasErrors());
    assertEquals("2 errors, 1 warning", report.summary());
    String json = report.problemsJson();
    assertLine(json, "\"usable\": false,");
    assertLine(json, "\"line\": 2,");
  }

  @Test
  void jsonEscapes() {
    assertEquals("{\n  \"a\\\"\": \"\\u0001\\n\\\\\"\n}\n", Json.of(Map.of("a\"", "\u0001\n\\")));
    assertEquals("[1, true, \"x\"]\n", Json.of(List.of(1, true, "x")));
    assertEquals("{}\n", Json.of(Map.of()));
  }
}
