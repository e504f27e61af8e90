package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;

/**
 * What the engines know of one 4 KiB page of a memory in one instruction set: its decoded
 * instructions (0 where a word is not decoded yet) and the regions of it that are translated.
 *
 * <p>Bit 0 of an address tells the instruction set, as in the PC: microMIPS where it is set. An
 * index counts words in MIPS32 and halfwords in microMIPS.
 */
final class CodePage {
  /** Id of the pseudo instruction that stands where translated code starts. */
  static final int ENTER = -1;

  /** Id of the pseudo instruction whose second half lies in the next page. */
  static final int STRADDLES = -2;

  static final int WORDS = 1024;

  private static final int MOST_TARGETS = 64;
  private static final int MOST_MISFITS = 8;
  private static final int MOST_TRANSLATIONS = 400;
  private static final int CYCLES_PER_TRANSLATION = 2_000_000;

  /** A page of the other instruction set, which the interpreter leaves wherever it comes to. */
  static final long[] OTHER = new long[2 * WORDS];

  static {
    Arrays.fill(OTHER, (long) ENTER << 32);
  }

  /** Decoded instructions, with {@link #ENTER} where translated code starts. */
  long[] code;

  /** Decoded instructions, all of them; the same array until something is translated. */
  long[] plain;

  /** How often the interpreter was found here; drives translation. */
  int heat;

  /** How often something of the page was translated. */
  int translations;

  private static final @Nullable Region[] NONE = new Region[2 * WORDS];

  private int recentTranslations;

  /** How often a region found the FPU in another mode than it was made for. */
  int misfits;

  private long lastTranslation;
  private final Memory memory;
  private final int base;
  private final int isa;

  /** Bits 11:10 in which an address and what it is mapped to differ, in pages of 1 KiB. */
  private final int flip;

  /** Bits of an address within its page. */
  private final int span;

  private @Nullable CodePage micro;
  private @Nullable Region[] regions = NONE;

  /** Regions of the page before that go on in this one. */
  private final List<Entrance> entrances = new ArrayList<>();

  private record Entrance(CodePage page, Region region) {}

  /** Where translated code was left for instructions without translation, by index. */
  private byte[] arrivals = {};

  /** Where indirect jumps went to, by their index: no further than the pages beside it. */
  private final Map<Integer, Set<Integer>> jumps = new HashMap<>();

  /** Instructions that accessed something else than plain memory. */
  private final BitSet slow = new BitSet();

  /** The page in MIPS32. */
  CodePage(Memory memory, int page) {
    this(memory, page << Memory.PAGE_SHIFT, 0, 0, 0xFFF);
  }

  private CodePage(Memory memory, int base, int isa, int flip, int span) {
    this.memory = memory;
    this.base = base;
    this.isa = isa;
    this.flip = flip;
    this.span = span;
    code = new long[WORDS << isa];
    plain = code;
  }

  /** This page of MIPS32 code in the instruction set of {@code pc}. */
  CodePage view(int pc) {
    if ((pc & 1) == 0) {
      return this;
    }
    if (micro == null) {
      micro = new CodePage(memory, base, 1, flip, span);
    }
    return micro;
  }

  /**
   * This page as seen through pages of 1 KiB, for one instruction: nothing of it is kept or
   * translated. Bits 11:10 of an address change by {@code difference}.
   */
  CodePage throughSmallPage(int difference) {
    return new CodePage(memory, base, 0, difference, 0x3FF);
  }

  /** Decodes the instruction at {@code pc}. */
  void decode(int pc) {
    int index = index(pc);
    plain[index] = decoded(pc);
    if (code[index] == 0) {
      code[index] = plain[index];
    }
  }

  private long decoded(int pc) {
    int word = word(pc);
    if (isa == 0) {
      return InsnTable.MIPS32.pack(word);
    }
    return straddles(pc, word) ? (long) STRADDLES << 32 : InsnTable.MIPS32.packMicro(word);
  }

  /** Whether the second half of microMIPS instruction {@code word} lies in the next page. */
  boolean straddles(int pc, int word) {
    return (pc & span) == span && InsnTable.microLength(word) == 4;
  }

  /**
   * The instruction at {@code pc}; in microMIPS its first half is the upper one, and the lower one
   * is 0 where it has 16 bits or its second half lies in the next page.
   */
  int word(int pc) {
    if ((pc & 1) == 0) {
      return memory.load(base + (pc & 0xFFC ^ flip), 4);
    }
    int offset = base + (pc & 0xFFE ^ flip);
    int first = memory.load(offset, 2) << 16;
    boolean more = InsnTable.microLength(first) == 4 && (pc & span) != span;
    return more ? first | memory.load(offset + 2, 2) & 0xFFFF : first;
  }

  /** How many indexes a page has in the instruction set of {@code pc}. */
  static int indexes(int pc) {
    return WORDS << (pc & 1);
  }

  static int index(int pc) {
    return (pc & 0xFFF) >>> 2 - (pc & 1);
  }

  /** What code for the FPU had better assume of it: not too much where that was often wrong. */
  int assumed(Fpu fpu) {
    int mode = Fpu.USABLE | (fpu.wide() ? Fpu.WIDE : 0);
    return misfits < MOST_MISFITS ? mode | fpu.mode & Fpu.DIRECT : mode;
  }

  /** The translated region that can be entered at {@code pc}, or null. */
  @Nullable Region region(int pc) {
    Region region = regions[index(pc)];
    return region != null && region.start == pc ? region : null;
  }

  /** Lets the interpreter leave for {@code region} where that starts. */
  void install(Region region) {
    if (noRegions()) {
      regions = new Region[code.length];
      plain = code.clone();
    }
    int index = index(region.start);
    Region old = regions[index];
    if (old != null) {
      remove(old);
    }
    regions[index] = region;
    code[index] = (long) ENTER << 32;
    if (region.body.beyond != null) {
      region.body.beyond.entrances.add(new Entrance(this, region));
    }
  }

  /**
   * Whether another translation is affordable: a page that is rewritten again and again is left to
   * the interpreter for a while.
   */
  boolean mayTranslate(long cycle) {
    long earned = (cycle - lastTranslation) / CYCLES_PER_TRANSLATION;
    lastTranslation += earned * CYCLES_PER_TRANSLATION;
    recentTranslations = (int) Math.max(0, recentTranslations - earned);
    if (recentTranslations >= MOST_TRANSLATIONS) {
      return false;
    }
    recentTranslations++;
    translations++;
    return true;
  }

  /** Whether {@code region} can be entered here. */
  boolean has(Region region) {
    return regions[index(region.start)] == region;
  }

  /** Removes {@code region}. */
  void remove(Region region) {
    int index = index(region.start);
    if (regions[index] == region) {
      regions[index] = null;
      code[index] = plain[index];
      leftBeyond(region);
    }
  }

  /** Removes the region that starts at {@code pc}. */
  void removeAt(int pc) {
    Region region = region(pc);
    if (region != null) {
      remove(region);
    }
  }

  private static void leftBeyond(Region region) {
    if (region.body.beyond != null) {
      region.body.beyond.entrances.removeIf(e -> e.region == region);
    }
  }

  /** Removes the regions that contain the word at {@code index}. */
  void drop(int index) {
    for (int i = 0; i < regions.length; i++) {
      Region region = regions[i];
      if (region != null && region.covers(index)) {
        remove(region);
      }
    }
    dropEntrances(index, index);
  }

  /** Removes the regions of the page before that contain a word of this one; says whether any. */
  private boolean dropEntrances(int first, int last) {
    boolean lost = false;
    for (Entrance entrance : List.copyOf(entrances)) {
      for (int index = first; index <= last; index++) {
        if (entrance.region.coversBeyond(index)) {
          entrance.page.remove(entrance.region);
          lost = true;
        }
      }
    }
    return lost;
  }

  /** Counts an arrival of translated code at {@code pc}, which has no translation. */
  int arrived(int pc) {
    if (arrivals.length == 0) {
      arrivals = new byte[code.length];
    }
    int index = index(pc);
    if (arrivals[index] < Byte.MAX_VALUE) {
      arrivals[index]++;
    }
    return arrivals[index];
  }

  /** Where the indirect jump at {@code pc} was seen to go to, in this page and those beside it. */
  Set<Integer> targets(int pc) {
    return jumps.getOrDefault(index(pc), Set.of());
  }

  /** Notes where the indirect jump at {@code from} goes to; says whether that is news. */
  boolean jumped(int from, int to) {
    Set<Integer> targets = jumps.computeIfAbsent(index(from), i -> new TreeSet<>());
    return targets.size() < MOST_TARGETS && targets.add(to);
  }

  /** Notes that the instruction at {@code pc} accessed a device; says whether that is news. */
  boolean accessedDevice(int pc) {
    int index = index(pc);
    if (slow.get(index)) {
      return false;
    }
    slow.set(index);
    return true;
  }

  /** Whether the instruction at {@code pc} was seen to access a device. */
  boolean accessesDevices(int pc) {
    return slow.get(index(pc));
  }

  /**
   * Forgets the word that holds byte {@code offset} of the page in both instruction sets; says
   * whether translated code was lost.
   */
  boolean forget(int offset) {
    int word = (offset & 0xFFF) >>> 2;
    boolean lost = forget(word, word);
    if (micro != null) {
      // the halfword before may hold the first half of an instruction
      lost |= micro.forget(Math.max(0, 2 * word - 1), 2 * word + 1);
    }
    return lost;
  }

  /** The shared array stands for "none". */
  @SuppressWarnings("ReferenceEquality")
  private boolean noRegions() {
    return regions == NONE;
  }

  private boolean forget(int first, int last) {
    boolean lost = dropEntrances(first, last);
    if (!noRegions() && covered(first, last)) {
      forgetThis();
      return true;
    }
    Arrays.fill(code, first, last + 1, 0);
    Arrays.fill(plain, first, last + 1, 0);
    return lost;
  }

  private boolean covered(int first, int last) {
    for (Region region : regions) {
      for (int index = first; region != null && index <= last; index++) {
        if (region.covers(index)) {
          return true;
        }
      }
    }
    return false;
  }

  void forgetAll() {
    forgetThis();
    if (micro != null) {
      micro.forgetThis();
    }
  }

  private void forgetThis() {
    dropEntrances(0, code.length - 1);
    for (Region region : regions) {
      if (region != null) {
        leftBeyond(region);
      }
    }
    Arrays.fill(plain, 0);
    Arrays.fill(code, 0);
    code = plain;
    regions = NONE;
    arrivals = new byte[0];
    slow.clear();
    jumps.clear();
    heat = 0;
  }
}
