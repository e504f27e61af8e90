package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VirtualBoard;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.appliance.service.Faketime;

/** {@code vzrig compare} beside another vzrig that stands in for the real board. */
class LiveCompareTest {
  private static final Pattern PPM = Pattern.compile("([+-][\\d.]+) ppm \\(\\+-([\\d.]+)\\)");

  @TempDir private Path folder;

  private Path link() {
    return folder.resolve("board");
  }

  private static Result compare(String... arguments) {
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(arguments));
    return VzrigProcess.run(all.toArray(String[]::new));
  }

  @Test
  void programsRecordsAndReports() throws IOException {
    Path image = BeatFirmware.write(folder);
    Path report = folder.resolve("report");
    Path script = Files.writeString(folder.resolve("script"), "input @4s:x\n");
    Result result;
    try (VirtualBoard _ = new VirtualBoard(link(), "--uart4", "pty:" + link())) {
      result =
          compare(
              image.toString(),
              "--real=serial:" + link(),
              "--flash",
              "--for=6s",
              "--text-tolerance=500ms",
              "--script=" + script,
              "--report=" + report);
    }
    assertEquals(0, result.exit(), result.out() + result.err());
    assertTrue(result.out().contains("STK500v2"), result.out());
    assertTrue(result.out().contains("same: both sides do the same"), result.out());
    assertTrue(result.out().matches("(?s).*U4 +5 match.*"), result.out());
    assertTrue(Files.readString(report.resolve("report.html")).contains("beat.hex"));
    Result info = VzrigProcess.run("capture", "info", report.resolve("second.vzcap").toString());
    assertTrue(info.out().contains("U4 received 1 bytes"), info.out());
  }

  /** Its clock is 0.3 % slow. What a busy host delivers late tells nothing: then another try. */
  @Test
  void aBoardWithASlowClockIsFound() throws IOException {
    String demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
    String route = "pty:" + link() + ",reset=open";
    try (VirtualBoard _ =
        new VirtualBoard(link(), Faketime.environment("+0 x0.997"), demo, "--uart4", route)) {
      Result result = compare("--real=serial:" + link(), "--for=16s", "--text-tolerance=500ms");
      for (int i = 0; i < 4 && !precise(result); i++) {
        result = compare("--real=serial:" + link(), "--for=16s", "--text-tolerance=500ms");
      }
      assertEquals(30, result.exit(), result.out() + result.err());
      assertTrue(result.out().contains("clock"), result.out());
      assertEquals(3009, ppm(result, 1), 600, result.out());
    }
  }

  private static boolean precise(Result result) {
    return ppm(result, 2) < 600;
  }

  private static double ppm(Result result, int group) {
    Matcher found = PPM.matcher(result.out());
    assertTrue(found.find(), result.out() + result.err());
    return Double.parseDouble(found.group(group));
  }

  /** DTR resets it, as it does on the board. */
  @Test
  void aBoardBehindRfc2217IsResetAndCompared() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
    String route = "rfc2217:" + port;
    try (VirtualBoard _ =
        new VirtualBoard(link(), demo, "--uart4", route, "--uart4", "pty:" + link())) {
      Result result =
          compare("--real", "rfc2217://127.0.0.1:" + port, "--for=2s", "--text-tolerance=500ms");
      assertEquals(0, result.exit(), result.out() + result.err());
      assertTrue(result.out().matches("(?s).*U4 +4\\d match.*"), result.out());
    }
  }
}
