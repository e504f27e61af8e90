package org.vzrig.emulator.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;

/**
 * What the engines know of one 4 KiB page of a memory: its decoded instructions (0 where a word is
 * not decoded yet) and the regions of it that are translated.
 */
final class CodePage {
  /** Id of the pseudo instruction that stands where translated code starts. */
  static final int ENTER = -1;

  static final int WORDS = 1024;

  /** Decoded instructions, with {@link #ENTER} where translated code starts. */
  long[] code = new long[WORDS];

  /** Decoded instructions, all of them; the same array until something is translated. */
  long[] plain = code;

  /** How often the interpreter was found here; drives translation. */
  int heat;

  /** How often something of the page was translated. */
  int translations;

  private final Memory memory;
  private final int base;
  private @Nullable Region[] regions = {};

  CodePage(Memory memory, int page) {
    this.memory = memory;
    this.base = page << Memory.PAGE_SHIFT;
  }

  /** Decodes the word that holds address {@code pc}. */
  void decode(int pc) {
    int index = index(pc);
    plain[index] = InsnTable.MIPS32.pack(word(pc));
    if (code[index] == 0) {
      code[index] = plain[index];
    }
  }

  /** The instruction word at {@code pc}. */
  int word(int pc) {
    return memory.load(base + (pc & 0xFFC), 4);
  }

  static int index(int pc) {
    return (pc & 0xFFF) >>> 2;
  }

  /** The translated region that can be entered at {@code pc}, or null. */
  @Nullable Region region(int pc) {
    if (regions.length == 0) {
      return null;
    }
    Region region = regions[index(pc)];
    return region != null && region.base == (pc & SoftTlb.PAGE) ? region : null;
  }

  /** Lets the interpreter leave for {@code region} wherever that starts. */
  void install(Region region) {
    if (regions.length == 0) {
      regions = new Region[WORDS];
      plain = code.clone();
    }
    for (int index : region.starts) {
      regions[index] = region;
      code[index] = (long) ENTER << 32;
    }
  }

  /**
   * Forgets the word that holds byte {@code offset} of the page; says whether translated code was
   * lost.
   */
  boolean forget(int offset) {
    int index = index(offset);
    boolean translated = regions.length != 0 && covered(index);
    if (translated) {
      forgetAll();
    } else {
      code[index] = 0;
      plain[index] = 0;
    }
    return translated;
  }

  private boolean covered(int index) {
    for (Region region : regions) {
      if (region != null && region.covers(index)) {
        return true;
      }
    }
    return false;
  }

  void forgetAll() {
    Arrays.fill(plain, 0);
    Arrays.fill(code, 0);
    code = plain;
    regions = new Region[0];
    heat = 0;
  }
}
