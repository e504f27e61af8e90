package org.vzrig.emulator.cpu;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;

/**
 * The translated regions of one core, oldest first. There are never more than {@link #MOST}: the
 * oldest are forgotten, and what is still hot is translated again. The JVM unloads the class of a
 * region when nothing refers to it.
 *
 * <p>The machine's thread plans a region; a thread behind it makes the class, which takes long, and
 * hands it back through a queue. Whenever that comes, and whether the code has changed since, makes
 * no difference to what the core does.
 */
final class Translations {
  /** About 20 MB of JVM metadata and machine code. */
  static final int MOST = 2_000;

  private static final ExecutorService WORKER =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("translator").factory());

  static {
    rehearse();
  }

  private int most = MOST;
  private boolean behind;
  private TranslationWatcher watcher = begins -> {};
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Set<Place> open = new HashSet<>();
  private final Queue<Done> done = new ConcurrentLinkedQueue<>();
  private long made;

  private record Entry(CodePage page, Region region) {}

  private record Place(CodePage page, int pc) {}

  /** A plan that was carried out; no body where that was too large, or has failed. */
  private record Done(
      RegionPlan plan, Region.@Nullable Body body, @Nullable RuntimeException failure) {
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
      WORKER.execute(() -> Translator.translate(plan));
    }
  }

  /** Keeps at most {@code regions}. */
  void keep(int regions) {
    most = regions;
  }

  /** Whether a thread of its own translates. */
  void behind(boolean worker) {
    behind = worker;
  }

  void watch(TranslationWatcher translationWatcher) {
    watcher = translationWatcher;
  }

  /** Whether what starts at {@code pc} is being translated. */
  boolean underWay(CodePage page, int pc) {
    return !open.isEmpty() && open.contains(new Place(page, pc));
  }

  /**
   * Translates what starts at {@code pc}, now or in a while. {@code pages} knows the page at an
   * address, or null.
   *
   * @param fpuMode {@link Fpu#mode} that code for the FPU assumes
   */
  void translate(CodePage page, int pc, IntFunction<@Nullable CodePage> pages, int fpuMode) {
    watcher.working(true);
    begin(new RegionPlan(page, pc, RegionPlan.MAX_INSNS, pages).assuming(fpuMode));
    watcher.working(false);
  }

  private void begin(@Nullable RegionPlan plan) {
    if (plan == null || plan.isEmpty()) {
      return;
    }
    if (behind) {
      open.add(new Place(plan.page(), plan.start()));
      WORKER.execute(() -> done.add(Done.of(plan)));
    } else {
      finish(plan, Translator.translate(plan));
    }
  }

  /** Installs what was finished meanwhile. */
  void collect() {
    if (!done.isEmpty()) {
      watcher.working(true);
      for (Done next = done.poll(); next != null; next = done.poll()) {
        collect(next);
      }
      watcher.working(false);
    }
  }

  private void collect(Done next) {
    open.remove(new Place(next.plan.page(), next.plan.start()));
    if (next.failure != null) {
      throw new IllegalStateException(
          String.format("code at %08X could not be translated", next.plan.start()), next.failure);
    }
    if (next.plan.holds()) {
      finish(next.plan, next.body);
    }
  }

  private void finish(RegionPlan plan, Region.@Nullable Body body) {
    if (body == null) {
      begin(plan.smaller());
      return;
    }
    body.beyond = plan.beyond();
    Region region = new Region(plan.start(), plan.words(), body);
    plan.page().install(region);
    entries.add(new Entry(plan.page(), region));
    made++;
    trim();
  }

  private void trim() {
    if (entries.size() > most) {
      entries.removeIf(entry -> !entry.page.has(entry.region));
    }
    while (entries.size() > most) {
      Entry oldest = entries.remove();
      oldest.page.remove(oldest.region);
    }
  }

  long made() {
    return made;
  }

  int size() {
    return entries.size();
  }
}
