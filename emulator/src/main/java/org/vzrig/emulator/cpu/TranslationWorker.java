package org.vzrig.emulator.cpu;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;

/**
 * Makes the classes of planned regions on a thread behind the machines' threads, one for all cores,
 * and hands them back through a queue. The only class of the core that knows another thread; a plan
 * holds copies, and is not touched by the machine's thread until it comes back.
 */
final class TranslationWorker {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("translator").factory());

  static {
    rehearse();
  }

  private final Queue<Done> done = new ConcurrentLinkedQueue<>();

  /** A plan that was carried out; no body where that was too large, or has failed. */
  record Done(RegionPlan plan, Region.@Nullable Body body, @Nullable RuntimeException failure) {
    static Done of(RegionPlan plan) {
      try {
        return new Done(plan, Translator.translate(plan), null);
      } catch (RuntimeException e) {
        return new Done(plan, null, e);
      }
    }
  }

  /** Has the classes loaded that translating needs, before a machine runs. */
  private static void rehearse() {
    CodePage page = new CodePage(new Memory("none", 1 << Memory.PAGE_SHIFT, 0), 0);
    RegionPlan plan = new RegionPlan(page, 0, RegionPlan.MAX_INSNS);
    boolean same = plan.holds() && plan.beyond() == null;
    if (same) {
      THREAD.execute(() -> Translator.translate(plan));
    }
  }

  /** Has {@code plan} carried out in a while. */
  void translate(RegionPlan plan) {
    THREAD.execute(() -> done.add(Done.of(plan)));
  }

  /** Whether {@link #next} has something. */
  boolean hasDone() {
    return !done.isEmpty();
  }

  /** What was carried out, or null when there is nothing yet. */
  @Nullable Done next() {
    return done.poll();
  }
}
