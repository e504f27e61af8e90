package org.vzrig.bench.service;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.control.ControlConnection;
import org.vzrig.appliance.daemon.Json;
import tools.jackson.databind.node.ObjectNode;

/** A daemon that was started as its users do, seen from outside through the host and its socket. */
final class DaemonProcess implements AutoCloseable {
  private static final Path HOME = Path.of(System.getProperty("vzrig.home", ".")).toAbsolutePath();
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final Pattern LIVE = Pattern.compile("Total +\\d+ +(\\d+)");
  private static final Pattern CLASSES = Pattern.compile("Metaspace +used (\\d+)K");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long CLOCK_TICKS = 100;

  private final Path folder;
  private final Process process;

  /** Starts it with {@code settings} and waits until its machine runs. */
  DaemonProcess(Path folder, List<String> settings) throws IOException, CommandFailure {
    this.folder = folder;
    Path config = folder.resolve("rig.toml");
    Files.writeString(config, "[control]\nsocket = 's'\n" + String.join("\n", settings) + "\n");
    ProcessBuilder builder =
        new ProcessBuilder(HOME.resolve("vzrig").toString(), "daemon", "--config", config + "");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("log").toFile())
            .start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!running()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        close();
        throw new IOException("no daemon: " + Files.readString(folder.resolve("log")));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private boolean running() throws IOException {
    try {
      return status().path("machine").path("state").asString().equals("running");
    } catch (CommandFailure e) {
      return false; // it does not listen yet
    }
  }

  /** What {@code vzrig ctl status} tells. */
  ObjectNode status() throws IOException, CommandFailure {
    return ask("status");
  }

  /** Lets virtual time stand still. */
  void pause() throws IOException, CommandFailure {
    ask("pause");
  }

  private ObjectNode ask(String command) throws IOException, CommandFailure {
    try (ControlConnection connection = ControlConnection.open(folder.resolve("s"))) {
      return connection.call(Json.object().put("cmd", command));
    }
  }

  /** Processor time of all threads so far. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", "" + process.pid(), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) CLOCK_TICKS;
  }

  /** Resident memory, KiB. */
  long residentKib() throws IOException {
    return proc("VmRSS");
  }

  /** How many threads it has. */
  long threads() throws IOException {
    return proc("Threads");
  }

  private long proc(String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("/proc has no " + field);
  }

  /**
   * What lives in memory after a garbage collection, KiB.
   *
   * @param heap objects
   * @param metaspace classes
   */
  record Memory(long heap, long metaspace) {}

  /** Collects garbage and looks at what is left. */
  Memory memory() throws IOException, InterruptedException {
    long live = number(LIVE, jcmd("GC.class_histogram")) >> 10;
    return new Memory(live, number(CLASSES, jcmd("VM.metaspace")));
  }

  private static long number(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("expected " + pattern + " of jcmd, found " + text);
    }
    return Long.parseLong(found.group(1));
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(JCMD.toString(), "" + process.pid(), command)
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException(text);
    }
    return text;
  }

  /** Names of its threads as Linux knows them. */
  List<String> threadNames() throws IOException {
    try (var tasks = Files.list(Path.of("/proc", "" + process.pid(), "task"))) {
      return tasks.map(DaemonProcess::name).sorted().toList();
    }
  }

  private static String name(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip();
    } catch (IOException e) {
      return "(gone)";
    }
  }

  /** What it has logged that is no mere information. */
  List<String> warnings() throws IOException {
    try (var lines = Files.lines(folder.resolve("log"))) {
      return lines.filter(line -> !line.startsWith("vzrig: INFO: ")).toList();
    }
  }

  /** Ends it in order. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
