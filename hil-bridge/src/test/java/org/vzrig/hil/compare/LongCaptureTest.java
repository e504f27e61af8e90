package org.vzrig.hil.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Boards;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureWriter;

/**
 * A day's captures. {@code -Dvzrig.compare.scale=100} makes 10 million edges and 100 MB of console
 * of each side.
 */
class LongCaptureTest {
  private static final int SCALE = Integer.getInteger("vzrig.compare.scale", 3);
  private static final int EDGES = 100_000 * SCALE;
  private static final int BYTES = 1_000_000 * SCALE;
  private static final long STEP = 1_000_000;
  private static final int PER_EDGE = BYTES / EDGES;

  @TempDir private Path folder;

  /** An edge every millisecond on three pins in turn, and ten bytes of console behind each. */
  private Path write(String name, double ppm, int dropped) throws IOException {
    Path file = folder.resolve(name);
    try (CaptureWriter writer = CaptureWriter.create(file)) {
      int side = writer.side(CaptureHeader.of(name).with(CaptureHeader.BOARD, "wifire"));
      byte[] text = new byte[0];
      int at = 0;
      for (int i = 0; i < EDGES; i++) {
        long time = (i + 1) * STEP;
        long nanos = time + Math.round(time * ppm * 1e-6);
        int led = Boards.WIFIRE.leds().get(i % 3).pin().index();
        writer.pin(side, nanos, led, (i / 3) % 2 == 0);
        for (int k = 0; k < PER_EDGE; k++) {
          if (at == text.length) {
            text =
                ("line " + i + ": " + i * 2654435761L + "\n").getBytes(StandardCharsets.US_ASCII);
            at = 0;
          }
          int value = text[at++];
          if (i * PER_EDGE + k != dropped) {
            writer.sent(side, nanos + 50_000 + k * 86_800L, 4, value);
          }
        }
      }
      writer.end(side, (EDGES + 1) * STEP);
    }
    return file;
  }

  @Test
  void areComparedInStreams() throws IOException {
    Path first = write("first", 0, -1);
    Path second = write("second", 120, BYTES / 2);
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    long before = cpu.getCurrentThreadCpuTime();
    Comparison result =
        Comparer.compare(
            Input.of("first", first, 0), Input.of("second", second, 0), Settings.of(Boards.WIFIRE));
    System.out.printf(
        "%,d edges and %,d bytes (files of %,d bytes) in %.1f s of CPU time, heap of %d MB%n",
        EDGES,
        BYTES,
        Files.size(first),
        (cpu.getCurrentThreadCpuTime() - before) / 1e9,
        runtime.totalMemory() >> 20);
    assertEquals(120, result.clock().ppm(), 0.1);
    assertEquals(1, result.findings().size(), () -> result.findings().toString());
    assertEquals(Finding.Kind.DIFFERENT, result.findings().getFirst().kind());
    List<ChannelCount> channels = result.channels();
    long matched = channels.stream().skip(1).mapToLong(ChannelCount::matched).sum();
    assertTrue(matched > EDGES * 0.999, () -> "only " + matched + " edges matched");
  }
}
