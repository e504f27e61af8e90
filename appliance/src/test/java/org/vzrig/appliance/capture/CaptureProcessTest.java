package org.vzrig.appliance.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;

/** Captures as their users make and read them. */
class CaptureProcessTest {
  @TempDir private Path folder;

  private String file() {
    return folder.resolve("run.vzcap").toString();
  }

  @Test
  void aRunIsRecordedAndExported() throws IOException {
    Result run = VzrigProcess.run("run", "--pace=fast", "--for=3s", "--capture", file());
    assertEquals(0, run.exit(), run.err());
    Result info = VzrigProcess.run("capture", "info", file());
    assertTrue(info.out().startsWith("side 0: emulated, 3.000000000 s\n"), info.out());
    assertTrue(info.out().contains("RG6 (LD1) changed 3 times"), info.out());
    assertTrue(info.out().contains("BAUD U4 115744"), info.out());
    assertTrue(info.out().matches("(?s).*wifire.config sha256:[0-9a-f]{64}\n.*"), info.out());
    Path vcd = folder.resolve("run.vcd");
    assertEquals(0, VzrigProcess.run("capture", "export", file(), "-o", vcd.toString()).exit());
    assertTrue(Files.readString(vcd).contains(" LD1 $end"));
    Result text = VzrigProcess.run("capture", "export", file());
    assertTrue(text.out().contains(" RG6 high LD1 on\n"), text.out());
  }

  /** What the console has shown is in the file, whatever comes then. */
  @Test
  void aKilledRunLeavesASoundFile() throws Exception {
    Process process = VzrigProcess.start("run", "--capture", file());
    BufferedReader console = process.inputReader();
    for (String line = ""; line != null && !line.contains("CFGCON"); ) {
      line = console.readLine();
    }
    new ProcessBuilder("kill", "-KILL", "" + process.pid()).start().waitFor();
    assertEquals(137, VzrigProcess.finish(process).exit());
    Result info = VzrigProcess.run("capture", "info", file());
    assertEquals(0, info.exit(), info.err());
    assertTrue(info.out().contains("its recording was not ended"), info.out());
    Result text = VzrigProcess.run("capture", "export", file());
    assertTrue(text.out().contains(" U4 > Status"), text.out());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path other = Files.writeString(folder.resolve("x"), "hello");
    Result info = VzrigProcess.run("capture", "info", other.toString());
    assertEquals(7, info.exit());
    assertEquals(
        "vzrig: %s: expected a capture, which begins with VZRCAP1\n".formatted(other), info.err());
  }
}
