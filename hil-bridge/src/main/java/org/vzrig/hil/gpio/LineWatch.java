package org.vzrig.hil.gpio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vzrig.boards.Pin;

/** Lines that LEDs and pins of a real board drive, watched with their times. One thread uses it. */
public final class LineWatch implements AutoCloseable {
  private final GpioLines lines;
  private final List<Watched> watched = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  /** Told of edges, in the order of their times as far as they came together. */
  @FunctionalInterface
  public interface Sink {
    /** The pin of {@code wiring} got {@code level} at {@code nanos} of {@link System#nanoTime}. */
    void edge(Wiring wiring, long nanos, boolean level) throws IOException;
  }

  private static final class Watched {
    final Wiring wiring;
    final GpioLines.Input line;
    volatile boolean level;

    Watched(Wiring wiring, GpioLines.Input line) throws IOException {
      this.wiring = wiring;
      this.line = line;
      level = wiring.across(line.read());
    }
  }

  private record Edge(Watched of, long nanos, boolean level) {}

  /**
   * Takes the lines of {@code wirings} from {@code lines}, which is closed with this.
   *
   * @throws IOException with all lines that cannot be had; none is kept then
   */
  public LineWatch(GpioLines lines, List<Wiring> wirings) throws IOException {
    this.lines = lines;
    List<String> wrong = new ArrayList<>();
    for (Wiring wiring : wirings) {
      try {
        watched.add(new Watched(wiring, lines.watch(wiring.line())));
      } catch (IOException e) {
        wrong.add(wiring.name() + "=" + wiring.line().place() + ": " + e.getMessage());
      }
    }
    if (!wrong.isEmpty()) {
      close();
      throw new IOException(String.join("\n", wrong));
    }
  }

  /** Tells {@code sink} what has happened since the last call; returns how many edges. */
  public int look(Sink sink) throws IOException {
    edges.clear();
    for (Watched each : watched) {
      each.line.edges((nanos, high) -> edges.add(new Edge(each, nanos, each.wiring.across(high))));
    }
    edges.sort(Comparator.comparingLong(Edge::nanos));
    for (Edge edge : edges) {
      edge.of.level = edge.level;
      sink.edge(edge.of.wiring, edge.nanos, edge.level);
    }
    return edges.size();
  }

  /** Any thread: the level of {@code pin} as it was last seen; low where it is not watched. */
  public boolean level(Pin pin) {
    return watched.stream().anyMatch(each -> each.wiring.pin().equals(pin) && each.level);
  }

  /** The pins that are watched, as a capture names them. */
  public String pins() {
    return String.join(" ", watched.stream().map(each -> each.wiring.pin().toString()).toList());
  }

  /** Any thread: the wires, and which of them are active. */
  public List<PinBridge.State> states() {
    return watched.stream()
        .map(
            each ->
                new PinBridge.State(
                    each.wiring.name(),
                    each.wiring.line().place(),
                    true,
                    each.level != each.wiring.pinActiveLow()))
        .toList();
  }

  /** Edges that the host had no room for. */
  public long lost() {
    return watched.stream().mapToLong(each -> each.line.lost()).sum();
  }

  @Override
  public void close() {
    watched.forEach(each -> each.line.close());
    lines.close();
  }
}
