package org.vzrig.appliance.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.vzrig.boards.testing.RequiredTool;

/** A program on a terminal that tmux keeps, with keys and a screen. */
final class Tmux implements AutoCloseable {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final List<String> tmux;

  /** Starts {@code command}; the server's socket lies in {@code folder}. */
  Tmux(Path folder, String command) throws IOException {
    String program = RequiredTool.find("tmux", "tmux").toString();
    tmux = List.of(program, "-S", folder.resolve("tmux").toString(), "-f", "/dev/null");
    tell("new-session", "-d", "-x", "100", "-y", "50", command);
  }

  private String tell(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(tmux);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.onExit().join().exitValue() == 0, () -> command + ": " + text);
    return text;
  }

  /** Presses keys by tmux's names for them. */
  void keys(String... keys) throws IOException {
    List<String> all = new ArrayList<>(List.of("send-keys"));
    all.addAll(List.of(keys));
    tell(all.toArray(String[]::new));
  }

  /** Waits until the screen shows {@code text}. */
  void await(String text) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    String screen = tell("capture-pane", "-p");
    while (!screen.contains(text)) {
      String last = screen;
      assertTrue(System.nanoTime() < end, () -> "no '" + text + "' on the screen:\n" + last);
      LockSupport.parkNanos(50_000_000);
      screen = tell("capture-pane", "-p");
    }
  }

  @Override
  public void close() throws IOException {
    tell("kill-server");
  }
}
