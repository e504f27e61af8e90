package org.vzrig.emulator.cpu;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

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

  private int most = MOST;
  private boolean behind;
  private TranslationWatcher watcher = begins -> {};
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Set<Place> open = new HashSet<>();
  private final TranslationWorker worker = new TranslationWorker();
  private long made;

  private record Entry(CodePage page, Region region) {}

  private record Place(CodePage page, int pc) {}

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
      worker.translate(plan);
    } else {
      finish(plan, Translator.translate(plan));
    }
  }

  /** Installs what was finished meanwhile. */
  void collect() {
    if (worker.hasDone()) {
      watcher.working(true);
      for (var next = worker.next(); next != null; next = worker.next()) {
        collect(next);
      }
      watcher.working(false);
    }
  }

  private void collect(TranslationWorker.Done next) {
    RegionPlan plan = next.plan();
    open.remove(new Place(plan.page(), plan.start()));
    if (next.failure() != null) {
      throw new IllegalStateException(
          String.format("code at %08X could not be translated", plan.start()), next.failure());
    }
    if (plan.holds()) {
      finish(plan, next.body());
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
