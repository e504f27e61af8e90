package org.vzrig.hypervisor.rt.sched;

import java.util.ArrayList;
import java.util.List;

/**
 * Root's timers over the one Compare register.
 *
 * <p>Root time is the Count register extended to 64 bits; it must be looked at once in 2^32 counts
 * at least, which the tick does.
 */
public final class Timers {
  /** Compare is never set nearer than this many counts. */
  private static final int LEAST = 100;

  private final CompareRegister register;
  private final List<Timer> active = new ArrayList<>();
  private long now;
  private boolean firing;

  /** Count and Compare of root. */
  public interface CompareRegister {
    /** Count. */
    int count();

    /** Sets Compare, which withdraws a pending timer interrupt. */
    void compare(int value);
  }

  /** One timer; made once and set again and again. */
  public static final class Timer {
    private final Runnable action;
    private long due;

    private Timer(Runnable action) {
      this.action = action;
    }
  }

  /** Timers over {@code register}. */
  public Timers(CompareRegister register) {
    this.register = register;
    now = Integer.toUnsignedLong(register.count());
  }

  /** Makes a timer that runs {@code action} when it is due. */
  public Timer timer(Runnable action) {
    return new Timer(action);
  }

  /** Count in 64 bits. */
  public long now() {
    now += Integer.toUnsignedLong(register.count() - (int) now);
    return now;
  }

  /** Sets {@code timer} to root count {@code due}, in place of an earlier setting. */
  public void set(Timer timer, long due) {
    active.remove(timer);
    timer.due = due;
    int place = active.size();
    while (place > 0 && active.get(place - 1).due > due) {
      place--;
    }
    active.add(place, timer);
    arm();
  }

  /** Takes {@code timer} out. */
  public void cancel(Timer timer) {
    if (active.remove(timer)) {
      arm();
    }
  }

  /** Compare has matched: runs what is due, in order. */
  public void fire() {
    long time = now();
    firing = true;
    while (!active.isEmpty() && active.getFirst().due <= time) {
      active.removeFirst().action.run();
    }
    firing = false;
    arm();
  }

  /** With no timer Compare is set half a range away, which also drops the request. */
  private void arm() {
    if (firing) {
      return;
    }
    long time = now();
    long due = active.isEmpty() ? time + Integer.MAX_VALUE : active.getFirst().due;
    register.compare((int) Math.max(due, time + LEAST));
  }
}
