package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.vzrig.emulator.cpu.Segment.Fix;
import org.vzrig.emulator.cpu.Segment.Item;
import org.vzrig.emulator.cpu.Segment.Word;

/** Random programs in microMIPS, with all its encodings of an instruction. */
final class RandomMicroProgram extends RandomProgram {
  private static final int FARTHEST = 6;
  private static final int SP = 29;
  private static final int DATA = LinuxProgram.DATA_REGISTER;

  /** They write more than their operands say. */
  private static final Set<String> SEVERAL = Set.of("lwm", "swm", "lwp", "swp", "movep");

  private final List<MicroEncoding> all;
  private final List<MicroEncoding> single;

  RandomMicroProgram(Profile profile, Random source) {
    super(profile, source);
    all =
        InsnTable.MIPS32.micro().stream()
            .filter(e -> e.mask() != 0 && profile.has(e.def()))
            .filter(e -> e.def().name().equals("jalx") || !Excluded.contains(e.def()))
            .toList();
    single = all.stream().filter(e -> e.def().flow() == Flow.NEXT && alone(e.def())).toList();
  }

  /**
   * LWM, LWP and their stores are UNPREDICTABLE in a delay slot; ADDIUPC there counts from the
   * branch in QEMU, as in MIPS16.
   */
  private static boolean alone(InsnDef def) {
    return switch (def.name()) {
      case "div", "divu", "ll", "sc", "lwxs", "addiupc", "lwm", "lwp", "swm", "swp" -> false;
      default -> true;
    };
  }

  @Override
  Segment segment() {
    int length = 1 + random.below(LONGEST_SEGMENT);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      boolean constant = random.oneIn(12);
      items.add(constant ? constant() : item(all.get(random.below(all.size()))));
    }
    return new Segment(items, true);
  }

  private Item constant() {
    return new Item(li(destination(), value()));
  }

  private static List<Word> li(int register, int value) {
    List<Word> words = new ArrayList<>();
    words.add(word("lui", 't', register, 'i', value >>> 16));
    words.add(word("ori", 's', register, 't', register, 'i', value & 0xFFFF));
    return words;
  }

  private static Word word(String name, int... fields) {
    return Word.plain(new MicroAsm().op(name, fields).last());
  }

  private Item item(MicroEncoding encoding) {
    return switch (encoding.def().name()) {
      case "div", "divu" -> divide(encoding);
      case "ll", "sc" -> link();
      case "jr", "jalr", "jraddiusp" -> jumpRegister(encoding);
      case "jalx" -> exchange();
      case "lwxs" -> indexed();
      default -> encoding.def().flow().hasDelaySlot() ? branch(encoding) : plain(encoding);
    };
  }

  // --- instructions that need others

  private Item divide(MicroEncoding encoding) {
    int divisor = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    Word odd = word("ori", 's', divisor, 't', divisor, 'i', 1);
    return new Item(List.of(odd, random(encoding, c -> field(encoding, 't', c) == divisor)));
  }

  private Item link() {
    int offset = 4 * random.below(Snapshot.DATA_WORDS) - 32;
    return new Item(
        List.of(
            word("ll", 's', DATA, 't', destination(), 'i', offset),
            word("sc", 's', DATA, 't', destination(), 'i', offset)));
  }

  private Item indexed() {
    int index = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    List<Word> words = new ArrayList<>(li(index, random.below(Snapshot.DATA_WORDS) - 8));
    words.add(word("lwxs", 's', DATA, 't', index, 'd', destination()));
    return new Item(words);
  }

  /** Calls MIPS32 code that returns at once; the slot leaves the return address alone. */
  private Item exchange() {
    Word slot = slot(e -> e.length() == 4);
    while (writesReturnAddress(slot.bits())) {
      slot = slot(e -> e.length() == 4);
    }
    return new Item(List.of(word("jalx", 'j', LinuxProgram.STUB >>> 2), slot));
  }

  private static boolean writesReturnAddress(int word) {
    MicroEncoding encoding = InsnTable.MIPS32.decodeMicro(word);
    InsnDef def = encoding.def();
    return SEVERAL.contains(def.name())
        || def.returns(int.class)
            && def.field(def.destination()).of(encoding.canonical(word)) == 31;
  }

  private Item jumpRegister(MicroEncoding encoding) {
    boolean frame = encoding.def().name().equals("jraddiusp");
    int register = frame ? 31 : 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    int ahead = 1 + random.below(FARTHEST);
    List<Word> words = new ArrayList<>();
    words.add(new Word(word("lui", 't', register).bits(), Fix.UPPER, ahead));
    words.add(new Word(word("ori", 's', register, 't', register).bits(), Fix.LOWER, ahead));
    words.add(random(encoding, c -> frame || field(encoding, 's', c) == register));
    addSlot(words, encoding);
    return new Item(words);
  }

  private Item branch(MicroEncoding encoding) {
    Fix fix = encoding.def().has('j') ? Fix.JUMP : Fix.BRANCH;
    Word word = random(encoding, c -> mayBeTaken(encoding, c));
    List<Word> words = new ArrayList<>();
    words.add(new Word(word.bits(), fix, 1 + random.below(FARTHEST)));
    addSlot(words, encoding);
    return new Item(words);
  }

  /** See {@link RandomProgram}: a branch that is never taken is none to QEMU. */
  private static boolean mayBeTaken(MicroEncoding encoding, int canonical) {
    return switch (encoding.def().name()) {
      case "bne" -> field(encoding, 's', canonical) != field(encoding, 't', canonical);
      case "bltz", "bltzal", "bgtz" -> field(encoding, 's', canonical) != 0;
      default -> true;
    };
  }

  /**
   * A branch that links says how long its slot is, and JR of 32 bits is one that links r0; another
   * length is UNPREDICTABLE.
   */
  private void addSlot(List<Word> words, MicroEncoding branch) {
    if (branch.compact()) {
      return;
    }
    Flow flow = branch.def().flow();
    boolean register = flow.jumps() && branch.length() == 4 && !branch.def().has('j');
    boolean links = register || flow.links();
    int length = branch.shortSlot() ? 2 : 4;
    words.add(slot(e -> !links || e.length() == length));
  }

  private Word slot(java.util.function.Predicate<MicroEncoding> fits) {
    while (true) {
      MicroEncoding encoding = single.get(random.below(single.size()));
      if (fits.test(encoding) && !needsBase(encoding)) {
        return random(encoding, c -> true);
      }
    }
  }

  // --- single instructions

  private Item plain(MicroEncoding encoding) {
    if (!needsBase(encoding)) {
      return new Item(List.of(random(encoding, c -> true)));
    }
    Word access = random(encoding, c -> true);
    int base = field(encoding, 's', encoding.canonical(access.bits()));
    List<Word> words = new ArrayList<>();
    words.add(word("or", 's', DATA, 't', 0, 'd', base));
    words.add(access);
    if (base == SP) {
      words.add(word("lui", 't', SP, 'i', LinuxProgram.STACK >>> 16));
    }
    return new Item(words);
  }

  /** Whether it accesses memory through a register that the encoding does not let us choose. */
  private static boolean needsBase(MicroEncoding encoding) {
    return accesses(encoding) && encoding.length() == 2;
  }

  private static boolean accesses(MicroEncoding encoding) {
    return InsnSyntax.of(encoding.def()).contains("i(s)");
  }

  private static int field(MicroEncoding encoding, char letter, int canonical) {
    return encoding.def().field(letter).of(canonical);
  }

  /** A word with random fields that the architecture defines and that {@code wanted} accepts. */
  private Word random(MicroEncoding encoding, IntPredicate wanted) {
    while (true) {
      int canonical = constrained(encoding, encoding.canonical(random.word(encoding)));
      OptionalInt word = MicroAsm.encode(encoding, canonical);
      if (word.isPresent() && allowed(encoding, canonical) && wanted.test(canonical)) {
        return Word.plain(word.getAsInt());
      }
    }
  }

  private int constrained(MicroEncoding encoding, int canonical) {
    InsnDef def = encoding.def();
    if (accesses(encoding) && encoding.length() == 4) {
      return intoData(encoding, canonical);
    }
    // Linux makes other signals of some codes
    return def.has('k') ? def.match() | canonical & registers(def) : canonical;
  }

  private static int registers(InsnDef def) {
    int bits = 0;
    for (char letter : new char[] {'s', 't', 'd'}) {
      bits |= def.has(letter) ? 31 << def.field(letter).shift() : 0;
    }
    return bits;
  }

  /** With the data register as base, and an offset into the data area, rarely an unaligned one. */
  private int intoData(MicroEncoding encoding, int canonical) {
    InsnDef def = encoding.def();
    int offset = SEVERAL.contains(def.name()) ? 4 * random.below(8) - 32 : offset(size(def));
    int base = def.field('s').shift();
    return canonical & 0xFFFF_0000 & ~(31 << base) | DATA << base | offset & 0xFFFF;
  }

  private static boolean allowed(MicroEncoding encoding, int canonical) {
    InsnDef def = encoding.def();
    return switch (def.name()) {
      case "lwp" -> field(encoding, 't', canonical) < 25;
      // a pair behind r31 is UNPREDICTABLE
      case "swp" -> field(encoding, 't', canonical) < 31;
      default -> !def.returns(int.class) || writable(encoding, canonical);
    };
  }

  private static boolean writable(MicroEncoding encoding, int canonical) {
    InsnDef def = encoding.def();
    if (def.flow() == Flow.JUMP || def.has('j')) {
      return true;
    }
    int register = def.field(def.destination()).of(canonical);
    // ADDIUSP cannot but write the stack pointer
    boolean moves = def.name().equals("addiu") && field(encoding, 's', canonical) == SP;
    return moves && register == SP || !LinuxProgram.RESERVED.contains(register);
  }
}
