package org.vzrig.bench.service;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.bench.service.DaemonProcess.Memory;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A daemon for a long time, with clients at a pty, TCP and RFC 2217, a log and a capture: whether
 * memory and threads stay, nothing is lost and nothing is logged as a warning.
 *
 * <p>Options: {@code pace=fast hours=24}, or {@code pace=realtime hours=1}, of virtual time; {@code
 * every=60} seconds from line to line; {@code run=FILE} what runs. It ends with 1 when a check
 * fails.
 */
public final class Soak implements AutoCloseable {
  private static final int WARM_UP_SECONDS = 60;
  private static final int FAST_WARM_UP_SECONDS = 5;
  private static final long HEAP_SLACK_KIB = 4 << 10;
  private static final double PACE_TOLERANCE = 0.01;
  private static final long SETTLE_NANOS = 2_000_000_000;

  private final boolean fast;
  private final double hours;
  private final double every;
  private final Path folder = Files.createTempDirectory("vzrig-soak");
  private final DaemonProcess daemon;
  private final Clients clients = new Clients();
  private final String typed;
  private final long began = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();

  /** What the daemon was like at one time. */
  private record Sample(
      double virtual,
      double host,
      double skipped,
      Memory memory,
      long resident,
      long threads,
      double cpu,
      long lost,
      int warnings) {}

  private Soak(Options options) throws IOException, CommandFailure {
    fast = options.text("pace", "realtime").equals("fast");
    hours = options.number("hours", fast ? 24 : 1);
    every = options.number("every", fast ? 10 : 60);
    Path demo = Path.of(System.getProperty("vzrig.home", "."), "hypervisor/guests/wifire.config");
    Path run = Path.of(options.text("run", demo.toString())).toAbsolutePath();
    int tcp = freePort();
    int port = freePort();
    typed = "rfc2217:127.0.0.1:" + port;
    daemon = new DaemonProcess(folder, settings(run, tcp, port));
    clients.add("pty:" + folder.resolve("pty"), folder.resolve("pty").toString());
    clients.add("tcp:127.0.0.1:" + tcp, tcp);
    clients.add(typed, "rfc2217://127.0.0.1:" + port);
  }

  private List<String> settings(Path run, int tcp, int port) {
    return List.of(
        "[rig]",
        "run = '" + run + "'",
        "pace = '" + (fast ? "fast" : "realtime") + "'",
        "[serial]",
        "uart4 = ['pty:%s', 'tcp:%d', 'rfc2217:%d', 'log:%s']"
            .formatted(folder.resolve("pty"), tcp, port, folder.resolve("log.uart4")),
        "[record]",
        "capture = 'soak.vzcap'");
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    boolean sound;
    try (Soak soak = new Soak(new Options(args))) {
      sound = soak.run();
    }
    System.exit(sound ? 0 : 1);
  }

  private boolean run() throws Exception {
    sleep(fast ? FAST_WARM_UP_SECONDS : WARM_UP_SECONDS);
    System.out.println(
        " real min  virtual h   ratio  skipped s  heap KiB  classes KiB  RSS MiB  threads  CPU %"
            + "  lost  warnings");
    Sample last = look(daemon.memory());
    while (last.virtual < hours * 3600) {
      sleep(Math.min(every, fast ? every : hours * 3600 - last.virtual + 0.1));
      clients.type(typed, "\u00051#");
      last = look(last.memory);
    }
    last = look(daemon.memory());
    return verdict(samples.getFirst(), last);
  }

  private static void sleep(double seconds) {
    LockSupport.parkNanos((long) (seconds * 1e9));
  }

  /** Memory is that of an earlier look in between: to count what lives stops the daemon. */
  private Sample look(Memory memory) throws Exception {
    ObjectNode status = daemon.status();
    JsonNode machine = status.path("machine");
    long lost = 0;
    for (JsonNode count : status.path("losses")) {
      lost += count.asLong();
    }
    Sample now =
        new Sample(
            machine.path("virtual").asDouble(),
            machine.path("host").asDouble(),
            machine.path("skipped").asDouble(),
            memory,
            daemon.residentKib(),
            daemon.threads(),
            daemon.cpuSeconds(),
            lost,
            daemon.warnings().size());
    samples.add(now);
    print(now);
    return now;
  }

  private void print(Sample now) {
    System.out.printf(
        Locale.ROOT,
        "%9.1f %10.3f %7.4f %10.3f %9d %12d %8.1f %8d %6.1f %5d %9d%n",
        (System.nanoTime() - began) / 60e9,
        now.virtual / 3600,
        now.virtual / now.host,
        now.skipped,
        now.memory.heap(),
        now.memory.metaspace(),
        now.resident / 1024.0,
        now.threads,
        100 * now.cpu / now.host,
        now.lost,
        now.warnings);
  }

  private boolean verdict(Sample first, Sample last) throws Exception {
    double ratio = (last.virtual - first.virtual) / (last.host - first.host);
    boolean sound = true;
    sound &= check("pace", fast || Math.abs(ratio - 1) < PACE_TOLERANCE, "ratio " + ratio);
    sound &=
        check(
            "heap",
            last.memory.heap() < first.memory.heap() + HEAP_SLACK_KIB,
            first.memory.heap() + " to " + last.memory.heap() + " KiB");
    String threads = first.threads + " to " + last.threads + ", now " + daemon.threadNames();
    sound &= check("threads", last.threads <= first.threads, threads);
    sound &= check("losses", last.lost == 0, last.lost + " in all");
    sound &= check("log", last.warnings == 0, String.join("; ", daemon.warnings()));
    sound &= heard();
    clients.close();
    daemon.close();
    sound &= check("capture", captured(), Files.size(folder.resolve("soak.vzcap")) + " bytes");
    return sound;
  }

  /** Whether the capture ends as it should, and holds what the log holds. */
  private boolean captured() throws IOException {
    long sent = 0;
    boolean ended = false;
    CaptureEvent event = new CaptureEvent();
    try (CaptureReader reader = CaptureReader.open(folder.resolve("soak.vzcap"))) {
      while (reader.read(event)) {
        ended = event.kind() == CaptureEvent.Kind.END;
        sent += event.kind() == CaptureEvent.Kind.SENT ? event.count() : 0;
      }
    }
    return ended && sent == Files.size(folder.resolve("log.uart4"));
  }

  /** Whether each client has read what its route has given away. */
  private boolean heard() throws Exception {
    daemon.pause();
    long end = System.nanoTime() + SETTLE_NANOS;
    String wrong = wrong();
    while (!wrong.isEmpty() && System.nanoTime() < end) {
      sleep(0.01);
      wrong = wrong();
    }
    return check("clients", wrong.isEmpty(), wrong.isEmpty() ? "all bytes arrived" : wrong);
  }

  private String wrong() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (JsonNode route : daemon.status().path("routes")) {
      long read = clients.read(route.path("route").asString());
      long out = route.path("out").asLong();
      if (read >= 0 && (read == 0 || read != out)) {
        wrong.add(
            "%s gave %d bytes, of which %d arrived".formatted(route.path("route"), out, read));
      }
    }
    return String.join("; ", wrong);
  }

  private static boolean check(String what, boolean sound, String found) {
    System.out.println((sound ? "ok    " : "WRONG ") + what + ": " + found);
    return sound;
  }

  @Override
  public void close() {
    daemon.close();
    clients.close();
  }
}
