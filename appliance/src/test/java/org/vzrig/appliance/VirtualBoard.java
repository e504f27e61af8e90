package org.vzrig.appliance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A board behind a pty, emulated by a process of its own. */
public final class VirtualBoard implements AutoCloseable {
  private static final int PATIENCE = 60_000;

  private final Process process;

  /** Starts {@code vzrig run} with {@code arguments} and waits for the pty's {@code link}. */
  public VirtualBoard(Path link, String... arguments) throws IOException {
    this(link, Map.of(), arguments);
  }

  /** The same with more in its {@code environment}. */
  public VirtualBoard(Path link, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = VzrigProcess.builder(all.toArray(String[]::new));
    builder.environment().putAll(environment);
    process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    for (int i = 0; i < PATIENCE && !Files.exists(link); i++) {
      assertTrue(process.isAlive(), () -> "the board ended with " + process.exitValue());
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
