package org.vzrig.hypervisor.rt.sched;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Plays every guest's Compare on root's timers, since the guest's own has no interrupt line. */
public final class GuestTimers {
  private final Timers timers;
  private final Consumer<VmThread> expired;
  private final Map<Integer, Timers.Timer> perThread = new HashMap<>();

  /**
   * Guest timers on {@code timers}.
   *
   * @param expired told when a guest's Compare has matched
   */
  public GuestTimers(Timers timers, Consumer<VmThread> expired) {
    this.timers = timers;
    this.expired = expired;
  }

  /** Makes the timer of {@code thread}. */
  public void add(VmThread thread) {
    perThread.put(thread.id(), timers.timer(() -> expire(thread)));
  }

  private void expire(VmThread thread) {
    thread.clock().expired();
    expired.accept(thread);
  }

  private void arm(VmThread thread, boolean passed) {
    Timers.Timer timer = perThread.get(thread.id());
    if (timer == null) {
      throw new IllegalStateException("no timer for thread " + thread.id());
    }
    if (passed) {
      timers.cancel(timer);
      expire(thread);
    } else {
      timers.set(timer, thread.clock().match());
    }
  }

  /** The thread starts anew: its Count is root's, its Compare is far away. */
  void restart(VmThread thread) {
    thread.clock().reset(timers.now());
    arm(thread, false);
  }

  /** The guest reads its Count. */
  public int readCount(VmThread thread) {
    return thread.clock().read(timers.now());
  }

  /** The guest writes its Count. */
  public void writeCount(VmThread thread, int value) {
    thread.clock().write(timers.now(), value);
    arm(thread, false);
  }

  /** The guest writes its Compare. */
  public void writeCompare(VmThread thread, int value) {
    arm(thread, thread.clock().writeCompare(timers.now(), value));
  }

  /** The guest has noticed that Compare has matched. */
  public void noticed(VmThread thread) {
    arm(thread, thread.clock().noticed(timers.now()));
  }
}
