package org.vzrig.emulator.cpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which instructions of a page belong to a region: the blocks that can be reached from a hot
 * address by branches, calls and falling through, without leaving the page, up to a size that the
 * JIT compiles well.
 */
final class RegionPlan {
  /**
   * Generated methods above about 2.5 KB of bytecode compile badly; an instruction takes about 20
   * bytes.
   */
  static final int MAX_INSNS = 110;

  /** They work on a register set that may be the one in locals. */
  private static final Set<String> OTHER_SETS = Set.of("rdpgpr", "wrpgpr");

  /** One instruction with its place. */
  record Insn(int pc, int word, InsnDef def) {
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
   * @param slot the branch's delay slot
   */
  record Block(int pc, List<Insn> body, @Nullable Insn branch, @Nullable Insn slot) {
    int length() {
      return body.size() + (branch == null ? 0 : 2);
    }

    /** Address after the last instruction. */
    int end() {
      return pc + 4 * length();
    }
  }

  private final CodePage page;
  private final int most;
  private final int start;
  private final int base;
  private final BitSet leaders = new BitSet();
  private final BitSet members = new BitSet();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final TreeMap<Integer, Block> blocks = new TreeMap<>();

  /** A plan from {@code pc} on with not much more than {@code most} instructions. */
  RegionPlan(CodePage page, int pc, int most) {
    this.page = page;
    this.most = most;
    start = pc;
    base = pc & SoftTlb.PAGE;
    lead(pc);
    while (!open.isEmpty() && members.cardinality() < most) {
      discover(open.removeFirst());
    }
    for (int i = leaders.nextSetBit(0); i >= 0; i = leaders.nextSetBit(i + 1)) {
      form(i);
    }
  }

  /** Where the region is entered. */
  int start() {
    return start;
  }

  /** Whether the instruction at {@code pc} was seen to access a device. */
  boolean accessesDevices(int pc) {
    return page.accessesDevices(pc);
  }

  /** The blocks by address. */
  NavigableMap<Integer, Block> blocks() {
    return blocks;
  }

  /** Word indexes of the page that the blocks were made from. */
  BitSet words() {
    BitSet words = new BitSet();
    blocks
        .values()
        .forEach(k -> words.set(CodePage.index(k.pc()), CodePage.index(k.pc()) + k.length()));
    return words;
  }

  private Insn insn(int index) {
    int pc = base + 4 * index;
    int word = page.word(pc);
    return new Insn(pc, word, InsnTable.MIPS32.decode(word));
  }

  /** Whether the translator leaves the instruction to the interpreter. */
  private boolean stops(int index) {
    if (index >= CodePage.WORDS) {
      return true;
    }
    Insn insn = insn(index);
    InsnDef def = insn.def();
    if (def.mask() == 0 || def.flow() == Flow.END && !ends(insn)) {
      return true;
    }
    return def.flow().hasDelaySlot() && (index + 1 >= CodePage.WORDS || badSlot(index + 1));
  }

  /** Whether translated code executes an instruction that may change the mode. */
  private static boolean ends(Insn insn) {
    boolean writesRegister = insn.def().operands().contains("t");
    return !OTHER_SETS.contains(insn.def().name())
        && !(writesRegister && insn.def().field('t').of(insn.word()) != 0);
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
    boolean inside = (pc & SoftTlb.PAGE) == base && pc >= start;
    if (inside && !leaders.get(CodePage.index(pc))) {
      leaders.set(CodePage.index(pc));
      open.add(CodePage.index(pc));
    }
  }

  private void discover(int start) {
    for (int i = start; !stops(i) && !members.get(i); i++) {
      Insn insn = insn(i);
      members.set(i);
      if (insn.def().flow().hasDelaySlot()) {
        members.set(i + 1);
        follow(insn);
        return;
      }
      if (members.cardinality() >= most) {
        return;
      }
    }
  }

  private void follow(Insn insn) {
    Flow flow = insn.def().flow();
    if (flow.branches()) {
      lead(branchTarget(insn));
    } else if (insn.def().has('j') && !flow.links()) {
      lead(jumpTarget(insn));
    }
    if (flow != Flow.JUMP && !insn.always()) {
      lead(insn.pc() + 8);
    }
  }

  static int branchTarget(Insn insn) {
    return insn.pc() + 4 + ((short) insn.word() << 2);
  }

  static int jumpTarget(Insn insn) {
    return insn.pc() + 4 & 0xF000_0000 | insn.word() << 6 >>> 4;
  }

  private void form(int start) {
    List<Insn> body = new ArrayList<>();
    for (int i = start; !stops(i) && members.get(i); i++) {
      if (i != start && leaders.get(i)) {
        break;
      }
      Insn insn = insn(i);
      if (insn.def().flow().hasDelaySlot()) {
        add(new Block(base + 4 * start, body, insn, insn(i + 1)));
        return;
      }
      body.add(insn);
    }
    if (!body.isEmpty()) {
      add(new Block(base + 4 * start, body, null, null));
    }
  }

  private void add(Block block) {
    blocks.put(block.pc(), block);
  }
}
