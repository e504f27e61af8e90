package org.vzrig.hypervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The committed guest programs are what their sources give. */
class GuestRebuildTest {
  private static final Path GUESTS = Path.of("guests");
  private static final int TIMEOUT_SECONDS = 300;

  @Test
  void rebuildingTheGuestsGivesTheCommittedBytes() throws Exception {
    requireTools();
    Result make = run("make", "-C", GUESTS.toString(), "check");
    assertEquals(0, make.exitCode, make.output);
  }

  private static void requireTools() throws Exception {
    try {
      run("make", "--version");
    } catch (IOException e) {
      unavailable("Debian's make is not installed");
    }
    String compiler = "";
    try {
      compiler = run("mipsel-linux-gnu-gcc", "--version").output.lines().findFirst().orElse("");
    } catch (IOException e) {
      unavailable("Debian's gcc-mipsel-linux-gnu is not installed");
    }
    String expected = Files.readString(GUESTS.resolve("common/toolchain.txt")).strip();
    if (!compiler.equals(expected)) {
      unavailable("the guests were built with %s, here is %s".formatted(expected, compiler));
    }
  }

  /** Where the whole check runs (CI=true) the tools have to be there; elsewhere the test is off. */
  private static void unavailable(String why) {
    if ("true".equals(System.getenv("CI"))) {
      fail(why);
    }
    String line = "GuestRebuildTest skipped: " + why;
    System.out.println(line);
    abort(line);
  }

  private record Result(int exitCode, String output) {}

  private static Result run(String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("guests", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String output = Files.readString(log, StandardCharsets.UTF_8);
      assertTrue(ended, String.join(" ", command) + " takes too long:\n" + output);
      return new Result(process.exitValue(), output);
    } finally {
      Files.delete(log);
    }
  }
}
