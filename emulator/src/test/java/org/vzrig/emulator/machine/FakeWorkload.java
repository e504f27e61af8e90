package org.vzrig.emulator.machine;

import java.util.ArrayList;
import java.util.List;

/** A CPU that waits and wakes for one cycle at every multiple of a period; 0 never waits. */
final class FakeWorkload implements Workload {
  final List<Long> targets = new ArrayList<>();
  private final long period;
  private long now;

  FakeWorkload(long period) {
    this.period = period;
  }

  @Override
  public long cycles() {
    return now;
  }

  @Override
  public void runTo(long cycle) {
    targets.add(cycle);
    now = cycle;
  }

  @Override
  public long nextWork() {
    return period == 0 ? now : (now / period + 1) * period;
  }
}
