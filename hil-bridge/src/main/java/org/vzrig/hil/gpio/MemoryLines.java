package org.vzrig.hil.gpio;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lines that exist in memory alone: for tests, and where a host has none. */
public final class MemoryLines implements GpioLines {
  private final Watcher watcher;
  private final Map<String, Boolean> levels = new ConcurrentHashMap<>();
  private final Map<String, Queue<Edge>> watched = new ConcurrentHashMap<>();
  private final List<String> open = new CopyOnWriteArrayList<>();

  private record Edge(long nanos, boolean high) {}

  /** Told what outputs do. */
  @FunctionalInterface
  public interface Watcher {
    /** The wire of {@code wiring} was driven to {@code high}. */
    void driven(Wiring wiring, boolean high);
  }

  /** Lines that are all low at first; {@code watcher} is told of outputs. */
  public MemoryLines(Watcher watcher) {
    this.watcher = watcher;
  }

  /** Any thread: something outside puts {@code high} on the line at {@code place}. */
  public void put(String place, boolean high) {
    put(place, high, System.nanoTime());
  }

  /** The same at {@code nanos} of {@link System#nanoTime}. */
  public void put(String place, boolean high, long nanos) {
    Boolean before = levels.put(place, high);
    Queue<Edge> edges = watched.get(place);
    if (edges != null && (before == null || before != high)) {
      edges.add(new Edge(nanos, high));
    }
  }

  /** Whether somebody uses the line at {@code place}. */
  public boolean used(String place) {
    return open.contains(place);
  }

  @Override
  public Output output(Wiring wiring, boolean high) {
    open.add(wiring.line().place());
    watcher.driven(wiring, high);
    return new Output() {
      @Override
      public void write(boolean level) {
        watcher.driven(wiring, level);
      }

      @Override
      public void close() {
        open.remove(wiring.line().place());
      }
    };
  }

  @Override
  public Input input(Wiring wiring) {
    String place = wiring.line().place();
    open.add(place);
    levels.putIfAbsent(place, wiring.safe());
    PolledInput.Level level = () -> levels.getOrDefault(place, false);
    return new PolledInput(wiring.safe(), level, () -> open.remove(place));
  }

  @Override
  public Input watch(LineSpec line) {
    String place = line.place();
    open.add(place);
    levels.putIfAbsent(place, line.activeLow());
    Queue<Edge> edges = new ConcurrentLinkedQueue<>();
    watched.put(place, edges);
    return new Input() {
      @Override
      public boolean read() {
        return levels.getOrDefault(place, false);
      }

      @Override
      public int edges(EdgeSink sink) {
        int count = 0;
        for (Edge edge = edges.poll(); edge != null; edge = edges.poll(), count++) {
          sink.edge(edge.nanos, edge.high);
        }
        return count;
      }

      @Override
      public void close() {
        watched.remove(place);
        open.remove(place);
      }
    };
  }
}
