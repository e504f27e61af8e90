package org.vzrig.emulator.cpu;

import java.util.ArrayDeque;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The translated regions of one core, oldest first. There are never more than {@link #MOST}: the
 * oldest are forgotten, and what is still hot is translated again. The JVM unloads the class of a
 * region when nothing refers to it.
 */
final class Translations {
  /** About 20 MB of JVM metadata and machine code. */
  static final int MOST = 2_000;

  private final int most;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long made;

  private record Entry(CodePage page, Region region) {}

  Translations() {
    this(MOST);
  }

  Translations(int most) {
    this.most = most;
  }

  /**
   * Translates what starts at {@code pc} and installs it; the oldest make room. {@code pages} knows
   * the page at an address, or null.
   */
  void translate(CodePage page, int pc, IntFunction<@Nullable CodePage> pages) {
    Region region = Translator.translate(page, pc, pages);
    if (region != null) {
      page.install(region);
      entries.add(new Entry(page, region));
      made++;
      trim();
    }
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
