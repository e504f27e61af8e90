package org.vzrig.appliance.flash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageReader;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImageCommandTest {
  /** Four bytes at 9D000000, and the WiFire's DEVCFG words at BFC0FFC0. */
  private static final String CODE = "S3099D00000011223344AF\n";

  private static final String WORDS = "S315BFC0FFC0FFFFFF861AB1F9FFB93C7403D7F7FFFF";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();

  private CommandLine line() {
    CommandLine line = new CommandLine(new ImageCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(out));
    return line.setCaseInsensitiveEnumValuesAllowed(true);
  }

  private int run(String... args) {
    CommandLine line = line();
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          throw failure;
        });
    return line.execute(args);
  }

  private CommandFailure failing(String... args) {
    CommandLine line = line();
    AtomicReference<Exception> thrown = new AtomicReference<>(new IOException("no failure"));
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          thrown.set(failure);
          return 1;
        });
    line.execute(args);
    return assertThrows(
        CommandFailure.class,
        () -> {
          throw thrown.get();
        });
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String sum(String record) {
    int sum = 0;
    for (int i = 2; i < record.length(); i += 2) {
      sum += Integer.parseInt(record.substring(i, i + 2), 16);
    }
    return record + "%02X\n".formatted(~sum & 0xFF);
  }

  @Test
  void infoShowsSegmentsAndConfiguration() throws Exception {
    String file = file("a.srec", CODE + sum(WORDS) + "S7059D001000" + "4D\n");
    assertEquals(0, run("info", file));
    String text = out.toString();
    assertTrue(text.contains("1D000000-1D000003        4 bytes  " + file + ":1"), text);
    assertTrue(text.contains("1FC0FFC0-1FC0FFCF"), text);
    assertTrue(text.contains("DEVCFG3..0 86FFFFFF FFF9B11A 03743CB9 FFFFF7D7"), text);
    assertTrue(text.contains("entry 9D001000"), text);
    out.getBuffer().setLength(0);
    assertEquals(0, run("info", "--json", file));
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertEquals(2, json.get("segments").size());
    assertEquals(20, json.get("bytes").asInt());
    assertEquals(1, json.get("configuration").get("DEVCFG1.FNOSC").get("value").asInt());
  }

  @Test
  void mergeJoinsAndReportsConflicts() throws Exception {
    String a = file("a.srec", CODE);
    String b = file("b.srec", sum(WORDS));
    Path joined = folder.resolve("joined.hex");
    assertEquals(0, run("merge", a, b, "-o", joined.toString()));
    Image image = ImageReader.read(joined);
    assertEquals(20, image.size());
    String c = file("c.srec", sum("S306BD00000255") + sum("S3061D00000399"));
    CommandFailure failure = failing("merge", a, c, "-o", joined.toString());
    assertEquals(ExitCode.BAD_IMAGE, failure.exit());
    String all = String.join("\n", failure.lines());
    assertTrue(all.contains("c.srec:1: 1D000002: overlaps " + a + ":1 with different"), all);
    assertTrue(all.contains("c.srec:2: 1D000003: overlaps " + a + ":1 with different"), all);
  }

  @Test
  void convertChangesFormatAndAddresses() throws Exception {
    String a = file("a.srec", CODE);
    Path hex = folder.resolve("a.hex");
    assertEquals(0, run("convert", a, "-o", hex.toString(), "--addresses", "physical"));
    assertTrue(Files.readString(hex).startsWith(":020000041D00DD\n"), Files.readString(hex));
    Path binary = folder.resolve("a.bin");
    assertEquals(0, run("convert", hex.toString(), "-o", binary.toString()));
    assertArrayEquals(new byte[] {0x11, 0x22, 0x33, 0x44}, Files.readAllBytes(binary));
    Path srec = folder.resolve("b.srec");
    assertEquals(
        0, run("convert", binary + "@0xBD000100", "-o", srec.toString(), "--addresses", "kseg1"));
    assertTrue(Files.readString(srec).contains("S309BD000100"), Files.readString(srec));
  }

  @Test
  void everyBadFileIsTold() throws Exception {
    String a = file("a.srec", "S3099D00000011223344AE\nS1\n");
    String b = file("b.hex", ":00000002FE\n:0400000001\n");
    CommandFailure failure = failing("info", a, b);
    String all = String.join("\n", failure.lines());
    assertTrue(all.contains(a + ":1") && all.contains(a + ":2") && all.contains(b + ":2"), all);
  }
}
