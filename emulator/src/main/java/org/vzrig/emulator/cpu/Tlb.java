package org.vzrig.emulator.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A joint TLB of 16 dual entries, every one tagged with a GuestID (pic32mz-ef.md section 21, 23.3).
 */
public final class Tlb {
  /** Number of dual entries. */
  public static final int SIZE = 16;

  private final TlbEntry[] entries = new TlbEntry[SIZE];
  private final Runnable changed;

  Tlb(Runnable changed) {
    this.changed = changed;
    Arrays.fill(entries, TlbEntry.INVALID);
  }

  /** Entry {@code index}, 0 to 15. */
  public TlbEntry entry(int index) {
    return entries[index];
  }

  /**
   * Replaces entry {@code index}. Translations that the core remembers are dropped, unless the
   * entry matched nothing: only what was found is remembered.
   */
  public void write(int index, TlbEntry entry) {
    boolean matched = (entries[index].hi() & TlbEntry.EHINV) == 0;
    entries[index] = entry;
    if (matched) {
      changed.run();
    }
  }

  /** The entry that translates {@code va}, or null. */
  @Nullable TlbEntry find(int va, int asid, int guestId) {
    int index = indexOf(va, asid, guestId);
    return index < 0 ? null : entries[index];
  }

  /** Index of the entry that translates {@code va} for this ASID and GuestID, or -1. */
  public int indexOf(int va, int asid, int guestId) {
    for (int i = 0; i < SIZE; i++) {
      if (entries[i].matches(va, asid, guestId)) {
        return i;
      }
    }
    return -1;
  }

  void reset() {
    Arrays.fill(entries, TlbEntry.INVALID);
    changed.run();
  }
}
