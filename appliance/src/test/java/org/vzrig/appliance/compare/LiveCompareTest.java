package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;

/** {@code vzrig compare} beside another vzrig that stands in for the real board. */
class LiveCompareTest {
  private static final int PATIENCE = 60_000;

  @TempDir private Path folder;
  private final List<Process> boards = new ArrayList<>();

  private Path link() {
    return folder.resolve("board");
  }

  /** Starts a virtual board and waits for its pty. */
  private void board(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    Process process =
        VzrigProcess.builder(all.toArray(String[]::new))
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("board.err").toFile())
            .start();
    boards.add(process);
    for (int i = 0; i < PATIENCE && !Files.exists(link()); i++) {
      assertTrue(process.isAlive(), () -> "the board ended with " + process.exitValue());
      LockSupport.parkNanos(1_000_000);
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : boards) {
      process.destroy();
      process.waitFor();
    }
  }

  private static Result compare(String... arguments) {
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(arguments));
    return VzrigProcess.run(all.toArray(String[]::new));
  }

  /** The demo behind a cable, which is reset when the cable's far end is opened. */
  private Result throughCable(IntUnaryOperator cable) throws Exception {
    String demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
    board(demo, "--uart4", "pty:" + link() + ",reset=open");
    try (Relay relay = new Relay(link(), cable)) {
      return compare("--real", "serial:" + relay.name(), "--for=2s", "--text-tolerance=500ms");
    }
  }

  @Test
  void programsRecordsAndReports() throws IOException {
    board("--uart4", "pty:" + link());
    Path image = BeatFirmware.write(folder);
    Path report = folder.resolve("report");
    Path script = Files.writeString(folder.resolve("script"), "input @4s:x\n");
    Result result =
        compare(
            image.toString(),
            "--real=serial:" + link(),
            "--flash",
            "--for=6s",
            "--text-tolerance=500ms",
            "--script=" + script,
            "--report=" + report);
    assertEquals(0, result.exit(), result.out() + result.err());
    assertTrue(result.out().contains("STK500v2"), result.out());
    assertTrue(result.out().contains("same: both sides do the same"), result.out());
    assertTrue(result.out().matches("(?s).*U4 +5 match.*"), result.out());
    assertTrue(Files.readString(report.resolve("report.html")).contains("beat.hex"));
    Result info = VzrigProcess.run("capture", "info", report.resolve("second.vzcap").toString());
    assertTrue(info.out().contains("U4 received 1 bytes"), info.out());
  }

  @Test
  void aSoundCableIsNotNoticed() throws Exception {
    Result result = throughCable(value -> value);
    assertEquals(0, result.exit(), result.out() + result.err());
  }

  @Test
  void aByteThatIsLostOrChangedIsFound() throws Exception {
    AtomicInteger count = new AtomicInteger();
    Result result =
        throughCable(
            value ->
                switch (count.getAndIncrement()) {
                  case 500 -> Relay.LOST;
                  case 900 -> value ^ 1;
                  default -> value;
                });
    assertEquals(30, result.exit(), result.out() + result.err());
    assertTrue(result.out().contains("is missing at column"), result.out());
    assertTrue(result.out().contains(" instead of '"), result.out());
  }

  /** DTR resets it, as it does on the board. */
  @Test
  void aBoardBehindRfc2217IsResetAndCompared() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
    board(demo, "--uart4", "rfc2217:" + port, "--uart4", "pty:" + link());
    Result result =
        compare("--real", "rfc2217://127.0.0.1:" + port, "--for=2s", "--text-tolerance=500ms");
    assertEquals(0, result.exit(), result.out() + result.err());
    assertTrue(result.out().matches("(?s).*U4 +4\\d match.*"), result.out());
  }
}
