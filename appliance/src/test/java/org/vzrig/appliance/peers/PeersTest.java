package org.vzrig.appliance.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VirtualBoard;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.boards.testing.RequiredTool;

/** Programs that people talk to boards with, on a board that vzrig emulates. */
class PeersTest {
  private static final String DEMO = "hypervisor/guests/wifire.config";
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final int TRIES = 600;

  /** labgrid's driver and its expect, at the port that is the first argument. */
  private static final String LABGRID =
      """
      import sys
      from labgrid import Target
      from labgrid.resource import NetworkSerialPort
      from labgrid.driver import SerialDriver
      target = Target("vzrig")
      NetworkSerialPort(target, name=None, host="127.0.0.1", port=int(sys.argv[1]), protocol="rfc2217")
      console = SerialDriver(target, name=None)
      target.activate(console)
      console.expect(sys.argv[2], timeout=60)
      console.expect("#", timeout=60)
      console.write(bytes([5]) + b"1@")
      console.expect("@", timeout=60)
      target.deactivate(console)
      """;

  @TempDir private Path folder;

  private Path link() {
    return folder.resolve("board");
  }

  private VirtualBoard board(String... routes) throws IOException {
    String[] arguments = new String[2 * routes.length + 3];
    arguments[0] = VzrigProcess.root().resolve(DEMO).toString();
    arguments[1] = "--uart4";
    arguments[2] = "pty:" + link();
    for (int i = 0; i < routes.length; i++) {
      arguments[2 * i + 3] = "--uart4";
      arguments[2 * i + 4] = routes[i];
    }
    return new VirtualBoard(link(), arguments);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** Picocom shows and types, and sets 1200 baud, which resets the board: it tells of its boot. */
  @Test
  void picocomTypesAndResetsByTheSpeed() throws IOException {
    String picocom = RequiredTool.find("picocom", "picocom").toString();
    try (VirtualBoard _ = board();
        Tmux terminal = new Tmux(folder, picocom + " -b 115200 " + link())) {
      terminal.await("Terminal ready");
      terminal.await("#");
      terminal.keys("C-e", "1", "@");
      terminal.await("@");
      terminal.keys("C-a", "C-b");
      terminal.await("*** baud:");
      terminal.keys("1200", "Enter");
      terminal.await("DEVID   = 0720e053");
      terminal.await("[00:00:01.000]");
    }
  }

  @Test
  void minicomTypesAndShows() throws IOException {
    String minicom = RequiredTool.find("minicom", "minicom").toString();
    try (VirtualBoard _ = board();
        Tmux terminal = new Tmux(folder, minicom + " -o -b 115200 -D " + link())) {
      terminal.await("CTRL-A Z for help");
      terminal.await("#");
      terminal.keys("C-e", "1", "%");
      terminal.await("%");
    }
  }

  /** Its opening the port resets the board, as it does a chipKIT: time begins anew. */
  @Test
  void labgridExpectsAndTypesOverRfc2217() throws Exception {
    int port = freePort();
    try (VirtualBoard _ = board("rfc2217:" + port)) {
      labgrid(port, "00:00:01.000");
    }
  }

  /** What labgrid's exporter starts for a serial port of a computer: ser2net, here on a pty. */
  @Test
  void labgridReachesThePtyThroughSer2net() throws Exception {
    int port = freePort();
    String config =
        """
        connection: &board
          accepter: telnet(rfc2217),tcp,127.0.0.1,%d
          connector: serialdev,%s,115200n81,local
        """
            .formatted(port, link());
    Path file = Files.writeString(folder.resolve("ser2net.yaml"), config);
    String ser2net = RequiredTool.find("ser2net", "ser2net").toString();
    try (VirtualBoard _ = board()) {
      Process server =
          new ProcessBuilder(ser2net, "-n", "-u", "-c", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("ser2net.log").toFile())
              .start();
      try {
        awaitPort(port);
        labgrid(port, "--------");
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  private static void awaitPort(int port) {
    for (int i = 0; i < TRIES; i++) {
      try (java.net.Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(100_000_000);
      }
    }
    Assertions.fail("nothing listens at port " + port);
  }

  private static void labgrid(int port, String first) throws Exception {
    requireLabgrid();
    Process python =
        new ProcessBuilder(PYTHON.toString(), "-c", LABGRID, "" + port, first)
            .redirectErrorStream(true)
            .start();
    String text = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, python.waitFor(), text);
  }

  private static void requireLabgrid() throws Exception {
    if (!Files.exists(PYTHON)
        || new ProcessBuilder(PYTHON.toString(), "-c", "import labgrid").start().waitFor() != 0) {
      String message = "needs the module labgrid from Debian's package python3-labgrid";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      System.err.println("skipped: " + message);
      Assumptions.abort(message);
    }
  }
}
