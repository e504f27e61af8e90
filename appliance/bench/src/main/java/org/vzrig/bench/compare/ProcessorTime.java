package org.vzrig.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time of a process's threads, from Linux's {@code /proc}. It tells how fast a machine is
 * even while others use the computer.
 */
final class ProcessorTime {
  private final Path tasks;

  ProcessorTime(long pid) {
    tasks = Path.of("/proc", Long.toString(pid), "task");
  }

  /** Nanoseconds that each thread has run, by its id. */
  Map<String, Long> threads() throws IOException {
    Map<String, Long> times = new HashMap<>();
    List<Path> all;
    try (Stream<Path> stream = Files.list(tasks)) {
      all = stream.toList();
    }
    for (Path task : all) {
      try {
        String text = Files.readString(task.resolve("schedstat"));
        times.put(task.getFileName().toString(), Long.parseLong(text.split(" ")[0]));
      } catch (IOException e) {
        // it has ended meanwhile
      }
    }
    return times;
  }

  /** What the busiest thread has run between two looks, nanoseconds. */
  static long busiest(Map<String, Long> before, Map<String, Long> after) {
    return after.entrySet().stream()
        .mapToLong(e -> e.getValue() - before.getOrDefault(e.getKey(), 0L))
        .max()
        .orElse(0);
  }
}
