package org.vzrig.appliance.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.flash.ImageCommand;
import picocli.CommandLine;

class ConfigCommandsTest {
  private static final String GUESTS = "../hypervisor/guests/";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object command, String... args) {
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          throw failure;
        });
    return line.execute(args);
  }

  private void assertPrinted(String text) {
    assertTrue(out.toString().contains(text), () -> text + " not in\n" + out);
  }

  @Test
  void checkListsProblemsAndCounts() throws IOException {
    Path config = Files.writeString(folder.resolve("bad"), ".vm\n id = 8\n.\n");
    assertEquals(ExitCode.BAD_CONFIG.code(), run(new ConfigCommand(), "check", config.toString()));
    assertPrinted(config + ":2: error: id: expected a decimal number from 1 to 7, found '8'");
    assertPrinted("2 errors, 0 warnings");
  }

  @Test
  void checkOfAGoodConfigurationEndsWell() {
    String config = GUESTS + "olimex.config";
    assertEquals(0, run(new ConfigCommand(), "check", config, "--board", "OlimexPic32EMZ64"));
    assertPrinted("0 errors, 0 warnings");
  }

  @Test
  void checkSpeaksJson() {
    assertEquals(0, run(new ConfigCommand(), "check", GUESTS + "hello.config", "--json"));
    assertPrinted("\"usable\": true");
  }

  @Test
  void mapShowsTablesAndJson() {
    assertEquals(0, run(new ConfigCommand(), "map", GUESTS + "wifire.config"));
    assertPrinted("VM 2: entry");
    assertEquals(0, run(new ConfigCommand(), "map", GUESTS + "wifire.config", "--json"));
    assertPrinted("\"irqsEmulated\": [");
  }

  @Test
  void mapOfABadConfigurationFails() throws IOException {
    Path config = Files.writeString(folder.resolve("bad"), "nonsense\n");
    MapCommand map = new MapCommand();
    map.source.file = config;
    CommandFailure failure = assertThrows(CommandFailure.class, map::call);
    assertEquals(ExitCode.BAD_CONFIG, failure.exit());
  }

  @Test
  void generateWritesTheTables() {
    String target = folder.resolve("tables").toString();
    assertEquals(0, run(new ConfigCommand(), "generate", GUESTS + "dma.config", "-o", target));
    assertPrinted("wrote " + folder.resolve("tables/pte.c"));
    assertTrue(Files.exists(folder.resolve("tables/vm_options.c")));
  }

  @Test
  void buildWritesAnImage() throws IOException {
    Path target = folder.resolve("hello.srec");
    String config = GUESTS + "hello.config";
    assertEquals(0, run(new ImageCommand(), "build", config, "-o", target.toString()));
    assertPrinted("1fc0ffc0-1fc0ffcf  configuration words of board wifire");
    assertTrue(Files.readString(target).startsWith("S3"));
  }

  @Test
  void buildRefusesTwoGuestsWithoutRoot() {
    ImageBuildCommand build = new ImageBuildCommand();
    build.source.file = Path.of(GUESTS + "wifire.config");
    build.output = folder.resolve("x.srec");
    CommandFailure failure = assertThrows(CommandFailure.class, build::call);
    assertEquals(ExitCode.BAD_IMAGE, failure.exit());
  }
}
