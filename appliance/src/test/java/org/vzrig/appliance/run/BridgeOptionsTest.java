package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.Commands;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;

/** {@code --uart4} and its like on the command line. */
class BridgeOptionsTest {
  private static final String DEMO = VzrigProcess.root() + "/hypervisor/guests/wifire.config";

  @TempDir Path folder;

  private static String refused(int exit, String... arguments) {
    StringWriter out = new StringWriter();
    assertEquals(exit, Commands.execute(new PrintWriter(out), arguments), out.toString());
    return out.toString();
  }

  @Test
  void allMistakesAreToldAtOnce() {
    String told = refused(2, "run", DEMO, "--uart4", "tcp:x", "--uart2", "foo", "--uart6=stdio");
    assertTrue(told.contains("--uart4: expected a port from 0 to 65535"), told);
    assertTrue(told.contains("--uart2: expected stdio, pty[:LINK]"), told);
    assertFalse(told.contains("--uart6"), told);
  }

  @Test
  void whatCannotBeOpenedIsToldBeforeTheRunAndNothingStays() {
    Path link = folder.resolve("link");
    String told =
        refused(7, "run", DEMO, "--uart4", "pty:" + link, "--uart1", "serial:/dev/ttyNowhere");
    assertTrue(told.contains("--uart1: /dev/ttyNowhere: no such device"), told);
    assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  /** A run at full speed waits for a file, so that both get every byte. */
  @Test
  void theConsoleStaysBesideItsRoutesAndTheEndTellsTheCounts() throws Exception {
    Path log = folder.resolve("uart4.log");
    Result run = VzrigProcess.run("run", DEMO, "--pace=fast", "--for=5s", "--uart4", "log:" + log);
    assertEquals(0, run.exit(), run.err());
    String recorded = Files.readString(log, StandardCharsets.ISO_8859_1);
    assertEquals(run.out().strip(), recorded.replace("\r", "").strip());
    String summary =
        "vzrig: uart4 log:%s: %d bytes out, 0 in, none lost".formatted(log, recorded.length());
    assertTrue(run.err().contains(summary), run.err());
  }
}
