package org.vzrig.emulator.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which instructions belong to a region: the blocks that can be reached from a hot address by
 * branches, calls and falling through, without leaving its page and the next one, up to a size that
 * the JIT compiles well.
 */
final class RegionPlan {
  /**
   * Generated methods above about 2.5 KB of bytecode compile badly; an instruction takes about 20
   * bytes.
   */
  static final int MAX_INSNS = 110;

  /** So many instructions an operation of the FPU is worth, as the JIT sees it. */
  private static final int OPERATION = 3;

  private static final int PAGE_SIZE = 1 << 12;

  /** They work on a register set that may be the one in locals. */
  private static final Set<String> OTHER_SETS = Set.of("rdpgpr", "wrpgpr");

  /**
   * One instruction with its place.
   *
   * @param pc its address; bit 0 is set in microMIPS
   * @param word its operands in the MIPS32 layout
   * @param size bytes
   * @param flags of {@link MicroEncoding}
   */
  record Insn(int pc, int word, InsnDef def, int size, int flags) {
    /** Address of the next instruction: of the delay slot, if it has one. */
    int next() {
      return pc + size;
    }

    boolean hasSlot() {
      return def.flow().hasDelaySlot() && (flags & MicroEncoding.COMPACT) == 0;
    }

    /** What it links: the address after the delay slot that it ought to have. */
    int returnAddress() {
      return next() + ((flags & MicroEncoding.SHORT_SLOT) == 0 ? 4 : 2);
    }

    /** Whether it is a branch that is always taken: a register equals itself, and r0 is 0. */
    boolean always() {
      return switch (def.name()) {
        case "beq", "beql" -> def.field('s').of(word) == def.field('t').of(word);
        case "bgez", "bgezl", "bgezal", "bgezall", "blez", "blezl" -> def.field('s').of(word) == 0;
        default -> false;
      };
    }
  }

  /**
   * Straight-line code.
   *
   * @param pc address of the first instruction
   * @param body instructions before the branch
   * @param branch the branch that ends it, or null
   * @param slot the branch's delay slot, or null where it has none
   */
  record Block(int pc, List<Insn> body, @Nullable Insn branch, @Nullable Insn slot) {
    int length() {
      return body.size() + (branch == null ? 0 : 1) + (slot == null ? 0 : 1);
    }

    /** Its instructions in their order. */
    List<Insn> all() {
      List<Insn> all = new ArrayList<>(body);
      if (branch != null) {
        all.add(branch);
      }
      if (slot != null) {
        all.add(slot);
      }
      return all;
    }

    /** Address after the last instruction. */
    int end() {
      return slot != null ? slot.next() : branch != null ? branch.next() : body.getLast().next();
    }
  }

  private final CodePage page;
  private final IntFunction<@Nullable CodePage> pages;
  private final int most;
  private final int start;
  private final int base;
  private final BitSet leaders = new BitSet();
  private final BitSet members = new BitSet();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final TreeMap<Integer, Block> blocks = new TreeMap<>();

  /** The page after {@link #page}, once something of it may be reached. */
  private @Nullable CodePage beyond;

  private boolean asked;
  private final BitSet devices = new BitSet();
  private final Map<Integer, Set<Integer>> targets = new HashMap<>();

  /** Of the members, in instructions. */
  private int weight;

  private int fpuMode = Fpu.USABLE | Fpu.WIDE;

  /** A plan for {@code page} alone. */
  RegionPlan(CodePage page, int pc, int most) {
    this(page, pc, most, address -> null);
  }

  /**
   * A plan from {@code pc} on with not much more than {@code most} instructions; {@code pages}
   * knows the page at an address, or null.
   */
  RegionPlan(CodePage page, int pc, int most, IntFunction<@Nullable CodePage> pages) {
    this.page = page;
    this.pages = pages;
    this.most = most;
    start = pc;
    base = pc & (SoftTlb.PAGE | 1);
    lead(pc);
    while (!open.isEmpty() && weight < most) {
      discover(open.removeFirst());
    }
    for (int i = leaders.nextSetBit(0); i >= 0; i = leaders.nextSetBit(i + 1)) {
      form(i);
    }
    blocks.values().forEach(this::learn);
  }

  /** Keeps what is known now, since another thread may carry out the plan. */
  private void learn(Block block) {
    int end = index(block.end());
    for (int i = index(block.pc()); i < end; i = after(i)) {
      int pc = insn(i).pc();
      CodePage own = pageOf(pc);
      if (own != null && own.accessesDevices(pc)) {
        devices.set(i);
      }
      if (!seen(pc).isEmpty()) {
        targets.put(pc, Set.copyOf(seen(pc)));
      }
    }
  }

  private Set<Integer> seen(int pc) {
    CodePage own = pageOf(pc);
    return own == null ? Set.of() : own.targets(pc);
  }

  /** A plan of fewer instructions from the same place, or null when that makes no sense. */
  @Nullable RegionPlan smaller() {
    int fewer = most - most / 4 - 1;
    return fewer > 0 ? new RegionPlan(page, start, fewer, pages).assuming(fpuMode) : null;
  }

  /** This plan for code that assumes a {@link Fpu#mode}. */
  RegionPlan assuming(int mode) {
    fpuMode = mode;
    return this;
  }

  /** What code for the FPU assumes of it. */
  int fpuMode() {
    return fpuMode;
  }

  /** Whether there is nothing to translate. */
  boolean isEmpty() {
    return !blocks.containsKey(start);
  }

  /** Whether memory still holds the instructions that were planned. */
  boolean holds() {
    return blocks.values().stream().allMatch(this::holds);
  }

  private boolean holds(Block block) {
    int i = index(block.pc());
    for (Insn planned : block.all()) {
      if (!insn(i).equals(planned)) {
        return false;
      }
      i = after(i);
    }
    return true;
  }

  /** The page where the region is entered. */
  CodePage page() {
    return page;
  }

  /** Where the region is entered. */
  int start() {
    return start;
  }

  /** Address of the page after the one where the region is entered. */
  int following() {
    return base + PAGE_SIZE;
  }

  /** The page after the one where the region is entered, if the region goes on there. */
  @Nullable CodePage beyond() {
    return blocks.values().stream().anyMatch(block -> inNext(block.end() - 1)) ? beyond : null;
  }

  /** Whether {@code pc} lies in the page after the one where the region is entered. */
  boolean inNext(int pc) {
    return (pc - base & SoftTlb.PAGE) == PAGE_SIZE;
  }

  private @Nullable CodePage pageOf(int pc) {
    return inNext(pc) ? next() : page;
  }

  /** Segments are mapped in different ways, so a region does not go on into another one. */
  private @Nullable CodePage next() {
    if (!asked && (base ^ following()) >>> 29 == 0) {
      beyond = pages.apply(following());
    }
    asked = true;
    return beyond;
  }

  /** Whether the instruction at {@code pc} was seen to access a device. */
  boolean accessesDevices(int pc) {
    return devices.get(index(pc));
  }

  /** Where the indirect jump at {@code pc} was seen to go to. */
  Set<Integer> targets(int pc) {
    return targets.getOrDefault(pc, Set.of());
  }

  /** The blocks by address. */
  NavigableMap<Integer, Block> blocks() {
    return blocks;
  }

  /** All instructions, with branches and delay slots. */
  Stream<Insn> insns() {
    return blocks.values().stream()
        .flatMap(
            block ->
                Stream.concat(
                    block.body().stream(),
                    Stream.of(block.branch(), block.slot()).filter(Objects::nonNull)));
  }

  /** Indexes that the blocks were made from; those of the next page follow those of the first. */
  BitSet words() {
    BitSet words = new BitSet();
    for (Block block : blocks.values()) {
      words.set(index(block.pc()), index(block.end()));
    }
    return words;
  }

  private int index(int pc) {
    return units(pc - base);
  }

  /** Bytes in indexes of the page. */
  private int units(int bytes) {
    return bytes >>> 2 - (base & 1);
  }

  private Insn insn(int index) {
    int pc = base + (index << 2 - (base & 1));
    CodePage own = pageOf(pc);
    int word = own == null ? 0 : own.word(pc);
    if ((pc & 1) == 0) {
      return new Insn(pc, word, InsnTable.MIPS32.decode(word), 4, 0);
    }
    MicroEncoding encoding = InsnTable.MIPS32.decodeMicro(word);
    int size = InsnTable.microLength(word);
    return new Insn(pc, encoding.canonical(word), encoding.def(), size, encoding.flags());
  }

  /** The index after the instruction. */
  private int after(int index) {
    return index + units(insn(index).size());
  }

  /** Whether the translator leaves the instruction to the interpreter. */
  private boolean stops(int index) {
    if (beyond(index)) {
      return true;
    }
    Insn insn = insn(index);
    InsnDef def = insn.def();
    if (def.mask() == 0 || OTHER_SETS.contains(def.name())) {
      return true;
    }
    return insn.hasSlot() && (beyond(after(index)) || badSlot(after(index)));
  }

  /** Whether an instruction that begins there lies in a page that is not known, or in two. */
  private boolean beyond(int index) {
    int indexes = CodePage.indexes(base);
    if (index < indexes) {
      return index + units(insn(index).size()) > indexes;
    }
    return next() == null
        || index >= 2 * indexes
        || index + units(insn(index).size()) > 2 * indexes;
  }

  private boolean badSlot(int index) {
    Insn slot = insn(index);
    return slot.def().flow() != Flow.NEXT || slot.def().mask() == 0;
  }

  /**
   * A jump back to before the start leaves: what it goes to is the head of a loop that has a region
   * of its own, and loops with two entries compile badly or not at all.
   */
  private void lead(int pc) {
    boolean inside = (pc & (SoftTlb.PAGE | 1)) == base || inNext(pc) && ((pc ^ base) & 1) == 0;
    if (inside && pc >= start && !leaders.get(index(pc))) {
      leaders.set(index(pc));
      open.add(index(pc));
    }
  }

  private void discover(int start) {
    for (int i = start; !stops(i) && !members.get(i); i = after(i)) {
      Insn insn = insn(i);
      add(i, insn);
      if (insn.def().flow().hasDelaySlot()) {
        if (insn.hasSlot()) {
          add(after(i), insn(after(i)));
        }
        follow(insn, insn.hasSlot() ? insn(after(i)).next() : insn.next());
        return;
      }
      if (weight >= most) {
        return;
      }
    }
  }

  private void add(int index, Insn insn) {
    members.set(index);
    weight += insn.def().reports() ? OPERATION : 1;
  }

  private void follow(Insn insn, int behind) {
    Flow flow = insn.def().flow();
    if (flow.branches()) {
      lead(branchTarget(insn));
    } else if (insn.def().has('j') && !flow.links()) {
      lead(jumpTarget(insn));
    } else if (flow == Flow.JUMP) {
      seen(insn.pc()).forEach(this::lead);
    }
    if (flow != Flow.JUMP && !insn.always()) {
      lead(behind);
    }
  }

  static int branchTarget(Insn insn) {
    return insn.next() + ((short) insn.word() << 2 - (insn.pc() & 1));
  }

  static int jumpTarget(Insn insn) {
    return (insn.pc() & 1) == 0
        ? insn.pc() + 4 & 0xF000_0000 | insn.word() << 6 >>> 4
        : insn.pc() + 4 & 0xF800_0001 | insn.word() << 6 >>> 5;
  }

  private void form(int start) {
    List<Insn> body = new ArrayList<>();
    int pc = base + (start << 2 - (base & 1));
    for (int i = start; !stops(i) && members.get(i); i = after(i)) {
      if (i != start && leaders.get(i)) {
        break;
      }
      Insn insn = insn(i);
      if (insn.def().flow().hasDelaySlot()) {
        add(new Block(pc, body, insn, insn.hasSlot() ? insn(after(i)) : null));
        return;
      }
      body.add(insn);
    }
    if (!body.isEmpty()) {
      add(new Block(pc, body, null, null));
    }
  }

  private void add(Block block) {
    blocks.put(block.pc(), block);
  }
}
