package org.vzrig.hypervisor.config;

/**
 * The letters behind a region: {@code r w x} rights, {@code e} every access traps, {@code s}
 * shared, {@code u a n t} cache behaviour, {@code i} writes ignored, {@code I} writes ignored and
 * reported. Other letters are kept and mean nothing.
 *
 * @param letters the letters as written
 */
public record Flags(String letters) {
  /** Bit 31 of EntryLo: no reads. */
  private static final int RI = 0x8000_0000;

  /** Bit 30 of EntryLo: no execution. */
  private static final int XI = 0x4000_0000;

  private static final int D = 4;
  private static final int V = 2;
  private static final int G = 1;

  /** Whether the letter is there. */
  public boolean has(char letter) {
    return letters.indexOf(letter) >= 0;
  }

  /** The same letters and one more, unless it is there. */
  public Flags with(char letter) {
    return has(letter) ? this : new Flags(letters + letter);
  }

  /** May be read. */
  public boolean readable() {
    return has('r');
  }

  /** May be written, so that the write reaches the memory. */
  public boolean writable() {
    return has('w') && !ignoresWrites();
  }

  /** May be executed. */
  public boolean executable() {
    return has('x');
  }

  /** May be used by several guests. */
  public boolean shared() {
    return has('s');
  }

  /** Writes change nothing, with or without a report. */
  public boolean ignoresWrites() {
    return has('i') || has('I');
  }

  /**
   * Writes change nothing and are reported on the console. {@code i} is stronger than {@code I}.
   */
  public boolean reportsWrites() {
    return has('I') && !has('i');
  }

  /** Every access traps: the page is not valid for the TLB. */
  public boolean trapped() {
    return has('e') || reportsWrites();
  }

  /** Cache coherency attribute for EntryLo.C; u is stronger than a, a than n, n than t. */
  public int cacheAttribute() {
    if (has('u')) {
      return 2;
    }
    if (has('a')) {
      return 7;
    }
    if (has('n')) {
      return 0;
    }
    return has('t') ? 1 : 3;
  }

  /**
   * EntryLo without the page frame, as tinyVP's page tables hold it: RI, XI, C, D, V, and in the
   * place of G the mark that writes are ignored.
   */
  public int entryLoBits() {
    int bits = cacheAttribute() << 3;
    bits |= trapped() ? 0 : V;
    bits |= ignoresWrites() ? G : 0;
    bits |= reportsWrites() || has('w') && !ignoresWrites() ? D : 0;
    bits |= executable() ? 0 : XI;
    return bits | (readable() ? 0 : RI);
  }

  @Override
  public String toString() {
    return letters;
  }
}
