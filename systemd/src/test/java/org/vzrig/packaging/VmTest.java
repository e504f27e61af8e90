package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.boards.testing.RequiredTool;

/** The package on a Debian with systemd, booted in qemu: {@code systemd/vm/check.sh} runs there. */
@Tag("vm")
class VmTest {
  private static final Path SYSTEMD = Shell.deb().resolve("../..").normalize();

  /** How the scripts end when mmdebstrap could not make a root. */
  private static final int NO_DEBIAN = 77;

  private static final Path SCRIPT = SYSTEMD.resolve("vm/check.sh");

  private static List<String> results = List.of();

  @BeforeAll
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  static void boot() throws Exception {
    RequiredTool.find("qemu-system-x86_64", "qemu-system-x86");
    results = run("run");
  }

  /** What the script called {@code name} prints. The test is skipped where that has no Debian. */
  static List<String> run(String name) throws Exception {
    RequiredTool.find("mmdebstrap", "mmdebstrap");
    Shell.Result result =
        Shell.run(
            List.of(
                "bash",
                SYSTEMD.resolve("vm").resolve(name).toString(),
                Shell.deb().toString(),
                System.getProperty("vzrig.version"),
                SYSTEMD.resolve("target/vm").toString()));
    if (result.exit() == NO_DEBIAN) {
      RequiredTool.missing("needs Debian's archive: " + result.output());
    }
    return result.output().lines().toList();
  }

  /** The names that the script checks. */
  static Stream<String> checks() throws IOException {
    return CheckScript.names(Files.readString(SCRIPT));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void passes(String check) {
    CheckScript.assertPassed(check, results);
  }

  @Test
  void runsToItsEnd() {
    assertEquals("done", results.getLast());
  }
}
