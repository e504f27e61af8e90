package org.vzrig.hil.gpio;

import java.io.IOException;

/** An input whose edges are seen by looking at its level. */
final class PolledInput implements GpioLines.Input {
  private final Level level;
  private final Runnable letGo;
  private boolean last;

  /** Where a level comes from. */
  @FunctionalInterface
  interface Level {
    boolean now() throws IOException;
  }

  /** An input that is {@code first} now, and let go of by {@code letGo}. */
  PolledInput(boolean first, Level level, Runnable letGo) {
    this.level = level;
    this.letGo = letGo;
    last = first;
  }

  @Override
  public boolean read() throws IOException {
    return level.now();
  }

  @Override
  public int edges(GpioLines.EdgeSink sink) throws IOException {
    boolean now = level.now();
    if (now == last) {
      return 0;
    }
    last = now;
    sink.edge(System.nanoTime(), now);
    return 1;
  }

  @Override
  public void close() {
    letGo.run();
  }
}
