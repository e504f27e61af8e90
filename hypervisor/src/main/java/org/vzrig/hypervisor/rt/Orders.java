package org.vzrig.hypervisor.rt;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.vzrig.hypervisor.rt.sched.Scheduler;
import org.vzrig.hypervisor.rt.sched.Timers;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * Orders about guests that come from outside the machine.
 *
 * <p>They may come between any two instructions of a guest, whose registers are in the core then.
 * So an order waits for an interrupt of root's timer, which is made to come at once: that is an
 * ordinary exit, and the order a part of it.
 */
public final class Orders {
  private final Timers timers;
  private final Scheduler scheduler;
  private final Timers.Timer timer;
  private final Consumer<VmThread> restart;
  // whoever gave an order is outside the machine's state
  private final transient Queue<Runnable> waiting = new ArrayDeque<>();

  /** What can be ordered. */
  public enum Order {
    /** It does not run any more. */
    STOP,
    /** It runs on where it was stopped. */
    CONTINUE,
    /** It begins anew at its entry. */
    RESTART
  }

  Orders(Timers timers, Scheduler scheduler, Consumer<VmThread> restart) {
    this.timers = timers;
    this.scheduler = scheduler;
    this.restart = restart;
    timer = timers.timer(this::obey);
  }

  /**
   * Gives {@code order} to the guest or thread {@code id}; {@code done} runs when it was carried
   * out.
   *
   * @return false when there is none with this id
   */
  public boolean give(int id, Order order, Runnable done) {
    VmThread thread = scheduler.thread(id);
    if (thread == null) {
      return false;
    }
    waiting.add(
        () -> {
          act(thread, order);
          done.run();
        });
    timers.set(timer, timers.now());
    return true;
  }

  /** In an interrupt of root's timer. */
  private void obey() {
    scheduler.enterRoot();
    for (Runnable order = waiting.poll(); order != null; order = waiting.poll()) {
      order.run();
    }
  }

  private void act(VmThread thread, Order order) {
    switch (order) {
      case STOP -> scheduler.stop(thread);
      case CONTINUE -> scheduler.proceed(thread);
      case RESTART -> restart.accept(thread);
    }
  }
}
