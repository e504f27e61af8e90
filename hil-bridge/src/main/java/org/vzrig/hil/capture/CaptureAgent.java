package org.vzrig.hil.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tinylog.Logger;
import org.vzrig.hil.agent.Agent;

/**
 * Drains a {@link CaptureRing} into sinks. A sink that fails is reported, closed and left out; the
 * others and the machine go on.
 */
public final class CaptureAgent implements Agent {
  private static final long LOOK_AROUND_NANOS = 1_000_000_000;

  private final String name;
  private final CaptureRing events;
  private final Map<String, CaptureSink> sinks = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private long idleNanos = LOOK_AROUND_NANOS;
  private long lastCycle;
  private long reported;

  /** Drains {@code events} on a thread called {@code name}. */
  public CaptureAgent(String name, CaptureRing events) {
    this.name = name;
    this.events = events;
  }

  /** Before the start: adds {@code sink}; {@code called} names it in messages, such as its file. */
  public CaptureAgent add(String called, CaptureSink sink) {
    sinks.put(called, sink);
    return this;
  }

  /** The ring that it drains. */
  public CaptureRing events() {
    return events;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean ready() {
    return events.ring().size() > 0;
  }

  @Override
  public int step() {
    int count = events.ring().drain(this::deliver);
    long lost = events.ring().lost();
    if (lost > reported) {
      long now = lost - reported;
      reported = lost;
      Logger.warn("{}: {} events lost, the reader is too slow", name, now);
      each(sink -> sink.lost(lastCycle, now));
    }
    if (count > 0 && !ready()) {
      each(CaptureSink::flush);
    } else if (count == 0) {
      idleNanos = LOOK_AROUND_NANOS;
      each(sink -> idleNanos = Math.min(idleNanos, sink.idle()));
    }
    return count;
  }

  @Override
  public long idleNanos() {
    return idleNanos;
  }

  /** Tells the agent, after the machine has ended, how far virtual time went. */
  public void ended(long cycle) {
    lastCycle = Math.max(lastCycle, cycle);
  }

  @Override
  public void close() {
    each(sink -> sink.close(lastCycle));
    sinks.clear();
  }

  /** What went wrong with sinks, a line each; to be read after {@link #close}. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  private void deliver(long cycle, int code) {
    lastCycle = Math.max(lastCycle, cycle);
    each(sink -> CaptureRing.deliver(cycle, code, sink));
  }

  private interface Step {
    void apply(CaptureSink sink) throws IOException;
  }

  private void each(Step step) {
    var rest = sinks.entrySet().iterator();
    while (rest.hasNext()) {
      var sink = rest.next();
      try {
        step.apply(sink.getValue());
      } catch (IOException e) {
        rest.remove();
        fail(sink.getKey(), e);
      }
    }
  }

  private void fail(String called, IOException e) {
    String line = called + ": recording stopped: " + e.getMessage();
    failures.add(line);
    Logger.error("{}", line);
  }
}
