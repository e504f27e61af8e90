package org.vzrig.bench.service;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.machine.MachineThread;
import org.vzrig.emulator.machine.RealTimePacer;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.hil.bridge.MachineSide;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.bridge.SerialBridge;
import org.vzrig.hil.serial.Pty;

/**
 * What the ways out of a UART cost and how fast they are: processor time of a daemon with two idle
 * guests, without and with routes, and the time from a guest's write to the UART until the byte is
 * read at a pty.
 *
 * <p>Options: {@code seconds=20} of each measurement, {@code warm=60} seconds before a daemon's
 * load is measured: what it does so rarely is compiled late.
 */
public final class Bridges {
  private static final int CONSOLE = 4;
  private static final long SLICE = 20_000;
  private static final int START = 0x9D00_1000;
  private static final int WARM_UP = 1000;
  private static final double BYTE_MICROS = 10e6 / 115_200;

  /** Sends a byte every 2 ms, right after it has changed LD1 (RG6). */
  private static final int[] PROGRAM = {
    0x3C08_BF82, // lui   t0, 0xBF82
    0x2409_0035, // li    t1, 53
    0xAD09_2640, // sw    t1, 0x2640(t0)   U4BRG: 115200 baud
    0x2409_1400, // li    t1, 0x1400
    0xAD09_2610, // sw    t1, 0x2610(t0)   U4STA: URXEN, UTXEN
    0x3409_8000, // li    t1, 0x8000
    0xAD09_2600, // sw    t1, 0x2600(t0)   U4MODE: ON
    0x3C0A_BF86, // lui   t2, 0xBF86
    0x2409_0040, // li    t1, 0x40
    0xAD49_0604, // sw    t1, 0x604(t2)    ANSELGCLR
    0xAD49_0614, // sw    t1, 0x614(t2)    TRISGCLR
    0x400B_4800, // loop: mfc0 t3, Count
    0x3C0C_0003, // lui   t4, 0x0003       2 ms
    0x400D_4800, // wait: mfc0 t5, Count
    0x01AB_6823, // subu  t5, t5, t3
    0x01AC_682B, // sltu  t5, t5, t4
    0x15A0_FFFC, // bnez  t5, wait
    0x0000_0000, // nop
    0x2409_0040, // li    t1, 0x40
    0xAD49_063C, // sw    t1, 0x63C(t2)    LATGINV
    0x2409_0078, // li    t1, 'x'
    0xAD09_2620, // sw    t1, 0x2620(t0)   U4TXREG
    0x1000_FFF4, // b     loop
    0x0000_0000, // nop
  };

  private final double seconds;
  private final double warm;

  private Bridges(Options options) {
    seconds = options.number("seconds", 20);
    warm = options.number("warm", 60);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Bridges bridges = new Bridges(new Options(args));
    bridges.latency();
    bridges.load("two idle guests", List.of());
    try (Pty port = Pty.open()) {
      bridges.load("and a serial port", List.of("serial:" + port.slaveName()));
      int tcp = freePort();
      int rfc2217 = freePort();
      bridges.load(
          "and pty, tcp, rfc2217",
          List.of(
              "serial:" + port.slaveName(),
              "pty:" + Files.createTempDirectory("vzrig-bridges").resolve("pty"),
              "tcp:" + tcp,
              "rfc2217:" + rfc2217));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** The processor time of a daemon in a second, behind its start. */
  private void load(String name, List<String> routes) throws IOException, CommandFailure {
    Path folder = Files.createTempDirectory("vzrig-bridges");
    Path demo = Path.of(System.getProperty("vzrig.home", "."), "hypervisor/guests/wifire.config");
    List<String> settings =
        List.of(
            "[rig]",
            "run = '" + demo.toAbsolutePath() + "'",
            "[serial]",
            "uart4 = ["
                + String.join(", ", routes.stream().map(r -> "'" + r + "'").toList())
                + "]");
    try (DaemonProcess daemon = new DaemonProcess(folder, settings);
        Clients clients = new Clients()) {
      for (String route : routes) {
        connect(clients, route);
      }
      LockSupport.parkNanos((long) (warm * 1e9));
      double cpu = daemon.cpuSeconds();
      long began = System.nanoTime();
      LockSupport.parkNanos((long) (seconds * 1e9));
      double share = (daemon.cpuSeconds() - cpu) / ((System.nanoTime() - began) / 1e9);
      System.out.printf(Locale.ROOT, "%-24s %5.2f %% of a core%n", name, 100 * share);
    }
  }

  private static void connect(Clients clients, String route) throws IOException {
    String port = route.substring(route.lastIndexOf(':') + 1);
    switch (route.substring(0, route.indexOf(':'))) {
      case "pty" -> clients.add(route, port);
      case "tcp" -> clients.add(route, Integer.parseInt(port));
      case "rfc2217" -> clients.add(route, "rfc2217://127.0.0.1:" + port);
      default -> {}
    }
  }

  /** From the guest's write, which the pin tells, to the byte in the program at the pty. */
  private void latency() throws Exception {
    Machine machine = machine();
    long[] written = new long[(int) (seconds * 600)];
    int[] writes = {0};
    machine
        .pins()
        .onChange(
            (cycle, pin, level) -> {
              if (writes[0] < written.length) {
                written[writes[0]++] = System.nanoTime();
              }
            });
    SerialBridge bridge = new SerialBridge();
    MachineThread thread =
        new MachineThread(machine, new RealTimePacer(new CycleTime(machine.sysclkHz()), SLICE));
    bridge.connect(machine::uart, new Side(machine, thread));
    thread.betweenSlices(() -> bridge.service(false));
    String pty = bridge.uart(CONSOLE).attach(RouteSpec.parse("pty")).where();
    long[] read = new long[written.length];
    try (InputStream end = new FileInputStream(pty)) {
      LockSupport.parkNanos(500_000_000);
      thread.start();
      for (int i = 0; i < read.length - 1; i++) {
        end.read();
        read[i] = System.nanoTime();
      }
    }
    thread.post(() -> thread.stop("enough"));
    thread.ended().join();
    bridge.close();
    tell(written, read);
  }

  private static void tell(long[] written, long[] read) {
    long[] took = new long[read.length - 1 - WARM_UP];
    for (int i = 0; i < took.length; i++) {
      took[i] = read[WARM_UP + i] - written[WARM_UP + i];
    }
    Arrays.sort(took);
    System.out.printf(
        Locale.ROOT,
        "UART write to pty: %.0f us (median), %.0f us (p99), %.0f us (max) of %d, of which %.0f us"
            + " on the line%n",
        took[took.length / 2] / 1e3,
        took[took.length * 99 / 100] / 1e3,
        took[took.length - 1] / 1e3,
        took.length,
        BYTE_MICROS);
  }

  private static Machine machine() throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * PROGRAM.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(PROGRAM);
    Path file = Files.createTempFile("vzrig", ".bin");
    Files.write(file, bytes.array());
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(ImageReader.readBinary(file, START));
    machine.startAt(START);
    Files.delete(file);
    return machine;
  }

  /** What the bridge asks of a machine. */
  private record Side(Machine machine, MachineThread thread) implements MachineSide {
    @Override
    public void wake() {
      thread.wake();
    }

    @Override
    public void reset(String why) {
      thread.post(() -> machine.reset(ResetCause.MCLR));
    }

    @Override
    public void received(int uart, int value) {}
  }
}
