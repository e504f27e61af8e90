package org.vzrig.hil.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.vzrig.boards.testing.RequiredTool;

/** A program of the host at the other end of a route. */
final class Peer implements AutoCloseable {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private final Process process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Thread reader;

  private Peer(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = Thread.ofPlatform().daemon().start(this::read);
  }

  static Peer socat(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(RequiredTool.find("socat", "socat").toString()));
    command.addAll(List.of(arguments));
    return new Peer(command);
  }

  /** Debian's Python with its module serial; {@code lines} see its arguments as {@code a}. */
  static Peer pySerial(String argument, String... lines) throws Exception {
    if (!Files.exists(PYTHON)
        || new ProcessBuilder(PYTHON.toString(), "-c", "import serial").start().waitFor() != 0) {
      String message = "needs the module serial from Debian's package python3-serial";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      System.err.println("skipped: " + message);
      Assumptions.abort(message);
    }
    String program = "import serial, sys\na = sys.argv[1]\n" + String.join("\n", lines);
    return new Peer(List.of(PYTHON.toString(), "-uc", program, argument));
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try (InputStream in = process.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (output) {
          output.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // killed: what was read counts
    }
  }

  byte[] output() {
    synchronized (output) {
      return output.toByteArray();
    }
  }

  String text() {
    return new String(output(), StandardCharsets.ISO_8859_1);
  }

  boolean running() {
    return process.isAlive();
  }

  /** {@code condition}; a peer that ends before it holds fails the test with what it said. */
  BooleanSupplier whileRunning(BooleanSupplier condition) {
    return () -> {
      boolean ended = !running();
      boolean holds = condition.getAsBoolean();
      Assertions.assertTrue(holds || !ended, this::text);
      return holds;
    };
  }

  void stop(String signal) throws Exception {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
