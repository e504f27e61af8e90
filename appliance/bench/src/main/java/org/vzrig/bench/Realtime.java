package org.vzrig.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.machine.MachineThread;
import org.vzrig.emulator.machine.RealTimePacer;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.rt.Rig;

/**
 * Real time: whether busy and idle rigs keep up with it, what that costs, how exact the edges of a
 * port are, and how fast a guest gets to its speed. {@code .ci/bench realtime [SECONDS]} runs it.
 */
public final class Realtime {
  private static final long SLICE = 20_000;
  private static final int CONSOLE = 4;

  /** Virtual seconds that a rig runs before it is measured: {@link #warmUp} tells about those. */
  private static final int WARM_UP = 4;

  /** Virtual seconds from the start of the JVM in which the translator is watched. */
  private static final int PAUSES = 10;

  private static final Path GUESTS =
      Path.of(System.getProperty("vzrig.home", "."), "hypervisor", "guests");

  private Realtime() {}

  /**
   * Runs every case for the given number of seconds, 60 when none is given; with 0 tells of the
   * translator's pauses alone.
   */
  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? 60 : Integer.parseInt(args[0]);
    Pauses.print(rig("busy.config"), PAUSES);
    if (seconds == 0) {
      return;
    }
    System.out.printf("%-22s %6s %11s %s%n", "rig", "pace", "of a core", "lost");
    pace("one busy guest", rig("compute.config"), seconds);
    pace("seven busy guests", rig("busy.config"), seconds);
    pace("two idle guests", rig("wifire.config"), seconds);
    jitter(seconds);
    warmUp();
  }

  private static Machine rig(String config) throws Exception {
    Path file = GUESTS.resolve(config);
    return Rig.build(Boards.WIFIRE, Layouts.read(file, Boards.WIFIRE.name())).machine();
  }

  private static Machine kernel(char letter) throws Exception {
    Image image = ImageReader.read(GUESTS.resolve("kernels/kernels.elf"));
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(image);
    machine.startAt(image.symbol("_start").orElseThrow().address());
    machine
        .uart(CONSOLE)
        .onTransmit(
            (cycle, value) -> {
              if (value == '?') {
                machine.uart(CONSOLE).receive(letter);
              }
            });
    return machine;
  }

  /** Runs at the pace of the host; what was lost, it gave up because it was too late. */
  private static void pace(String name, Machine machine, int seconds) throws Exception {
    machine.run(WARM_UP * machine.sysclkHz());
    RealTimePacer pacer = new RealTimePacer(new CycleTime(machine.sysclkHz()), SLICE);
    long began = System.nanoTime();
    long used = processorNanos();
    long cycles = machine.cycles();
    run(machine, pacer, seconds);
    double wall = (System.nanoTime() - began) / 1e9;
    double ratio = (machine.cycles() - cycles) / (double) machine.sysclkHz() / wall;
    System.out.printf(
        Locale.ROOT,
        "%-22s %6.3f %10.1f%% %.1f ms in %d%n",
        name,
        ratio,
        (processorNanos() - used) / wall / 1e7,
        pacer.skippedNanos() / 1e6,
        pacer.reanchored());
  }

  private static void run(Machine machine, RealTimePacer pacer, int seconds) throws Exception {
    MachineThread thread = new MachineThread(machine, pacer);
    thread.start();
    try {
      thread.ended().get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      thread.post(() -> thread.stop("enough"));
    }
    if (thread.ended().join() instanceof MachineThread.Ended.Failed(Throwable failure)) {
      throw new IllegalStateException(failure);
    }
  }

  private static long processorNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  /** How far the edges of a port that toggles every 500 microseconds are from where they belong. */
  private static void jitter(int seconds) throws Exception {
    Machine machine = kernel('q');
    long[] edges = new long[seconds * 2_000 + 10_000];
    int[] count = {0};
    machine
        .pins()
        .onChange(
            (cycle, pin, level) -> {
              if (pin.port() == 'E' && pin.bit() == 0 && count[0] < edges.length) {
                edges[count[0]++] = System.nanoTime();
              }
            });
    run(machine, new RealTimePacer(new CycleTime(machine.sysclkHz()), SLICE), seconds);
    long[] late = new long[Math.max(1, count[0] - 2_000)];
    for (int i = 0; i < late.length - 1; i++) {
      late[i] = Math.abs(edges[i + 2_001] - edges[i + 2_000] - 500_000);
    }
    Arrays.sort(late);
    System.out.printf(
        Locale.ROOT,
        "1 kHz at a port: %d edges, off by %.1f us (median), %.1f us (p99), %.1f us (max)%n",
        count[0],
        late[late.length / 2] / 1e3,
        late[late.length * 99 / 100] / 1e3,
        late[late.length - 1] / 1e3);
  }

  /** Speed in tenths of a second from the start, as fast as it goes. */
  private static void warmUp() throws Exception {
    Machine machine = rig("compute.config");
    StringBuilder line = new StringBuilder("million instructions a second, every 0.2 s:");
    long began = System.nanoTime();
    for (int i = 0; i < 25; i++) {
      long from = machine.cycles();
      long start = System.nanoTime();
      while (System.nanoTime() - start < 200_000_000) {
        machine.runTo(machine.cycles() + SLICE);
      }
      double rate = (machine.cycles() - from) * 1e3 / (System.nanoTime() - start);
      line.append(String.format(Locale.ROOT, " %.0f", rate));
    }
    System.out.printf(Locale.ROOT, "%s (%.1f s)%n", line, (System.nanoTime() - began) / 1e9);
  }
}
