package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.vzrig.emulator.cpu.Segment.Fix;
import org.vzrig.emulator.cpu.Segment.Item;
import org.vzrig.emulator.cpu.Segment.Word;

/**
 * Makes random programs for a {@link Profile} whose result the architecture defines: addresses lie
 * in the data area, branches go forward, delay slots hold no branch, and what the manual calls
 * UNPREDICTABLE is avoided where the instruction is made.
 */
class RandomProgram {
  /** Most items between two snapshots. */
  static final int LONGEST_SEGMENT = 64;

  private static final int FARTHEST = 6;
  private static final int[] SPECIAL = {
    0,
    1,
    -1,
    2,
    3,
    4,
    0x1F,
    0x20,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0xFFFF_8000,
    0x10000,
    0x7FFF_FFFF,
    0x8000_0000,
    0x7F00_FF00,
    0x00FF_00FF,
    0x8000_8000,
    0x7FFF_7FFF,
    0x8080_8080
  };

  final RandomWords random;
  private final Profile profile;
  private final RandomFloats floats;
  private final List<InsnDef> all;
  private final List<InsnDef> single;

  RandomProgram(Profile profile, Random source) {
    this.profile = profile;
    random = new RandomWords(source);
    floats = new RandomFloats(random, profile);
    all =
        InsnTable.MIPS32.all().stream()
            .filter(d -> profile.has(d) && !Excluded.contains(d))
            .toList();
    single = all.stream().filter(d -> d.flow() == Flow.NEXT && !needsOthers(d)).toList();
  }

  /** A generator of programs in the profile's instruction set. */
  static RandomProgram of(Profile profile, Random source) {
    return profile.micro()
        ? new RandomMicroProgram(profile, source)
        : new RandomProgram(profile, source);
  }

  /** Whether an instruction only has a defined result together with others. */
  private static boolean needsOthers(InsnDef def) {
    return switch (def.name()) {
      case "div", "divu", "ll", "sc", "ctc1", "insv" -> true;
      default -> indexed(def);
    };
  }

  LinuxProgram program(int segments) {
    List<Segment> list = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      list.add(segment());
    }
    return new LinuxProgram(profile, initial(), list);
  }

  private Snapshot initial() {
    Snapshot state = Snapshot.zeros();
    for (String word : Snapshot.WORDS) {
      boolean loaded = !word.startsWith("signals") && !word.equals("zero");
      state = loaded ? state.with(word, value()) : state;
    }
    for (int f = 0; f < 32 && profile.floats(); f++) {
      long bits = floats.value(random.oneIn(2) ? FloatFormat.SINGLE : FloatFormat.DOUBLE);
      state = state.with("f" + f, (int) bits).with("f" + f + "h", (int) (bits >>> 32));
    }
    return state.with("sp", LinuxProgram.STACK).with("fcsr", random.below(4));
  }

  /** A value of which every kind comes up: special ones, small ones, any. */
  final int value() {
    return switch (random.below(4)) {
      case 0 -> SPECIAL[random.below(SPECIAL.length)];
      case 1 -> random.below(256) - 128;
      default -> random.anyInt();
    };
  }

  Segment segment() {
    int length = 1 + random.below(LONGEST_SEGMENT);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      items.add(
          random.oneIn(profile.floats() ? 4 : 12)
              ? constant()
              : item(all.get(random.below(all.size()))));
    }
    return new Segment(items, false);
  }

  private Item constant() {
    int register = destination();
    if (profile.floats() && random.oneIn(2)) {
      return register == 0 ? floats.control(1) : floats.constant(register);
    }
    return new Item(plain(new Asm().li(register, value())));
  }

  private static List<Word> plain(Asm asm) {
    return asm.words().stream().map(Word::plain).toList();
  }

  private Item item(InsnDef def) {
    return switch (def.name()) {
      case "div", "divu" -> divide(def);
      case "ll", "sc" -> link();
      case "insv" -> insert(def);
      case "jr", "jalr" -> jumpRegister(def);
      case "ctc1" -> floats.control(1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1));
      default ->
          indexed(def)
              ? indexedAccess(def)
              : def.flow().hasDelaySlot() ? branch(def) : new Item(List.of(plain(def)));
    };
  }

  // --- instructions that need others

  /** The quotient by zero is UNPREDICTABLE. */
  private Item divide(InsnDef def) {
    int divisor = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    Asm odd = new Asm().op("ori", 's', divisor, 't', divisor, 'i', 1);
    return new Item(List.of(plain(odd).get(0), plain(def, Map.of('t', divisor))));
  }

  /**
   * SC to another address than LL's, and SC after stores, are UNPREDICTABLE; an SC without LL
   * succeeds in QEMU where the value is still that of the last LL.
   */
  private Item link() {
    int offset = 4 * random.below(Snapshot.DATA_WORDS) - 32;
    return new Item(
        List.of(
            plain(InsnTable.MIPS32.named("ll"), Map.of('i', offset)),
            plain(InsnTable.MIPS32.named("sc"), Map.of('i', offset))));
  }

  /** A field that does not lie in the register is UNPREDICTABLE. */
  private Item insert(InsnDef def) {
    int register = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    int pos = random.below(32);
    int size = Math.min(31, 1 + random.below(32 - pos));
    Asm asm = new Asm().li(register, size << Dsp.SCOUNT_SHIFT | pos);
    List<Word> words = new ArrayList<>(plain(asm.op("wrdsp", 's', register, 'm', 3)));
    words.add(plain(def));
    return new Item(words);
  }

  /** Loads and stores whose address is the sum of two registers. */
  private static boolean indexed(InsnDef def) {
    return InsnSyntax.of(def).contains("t(s)");
  }

  private Item indexedAccess(InsnDef def) {
    int index = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    List<Word> words = new ArrayList<>(plain(new Asm().li(index, offset(size(def)))));
    words.add(plain(def, Map.of('s', LinuxProgram.DATA_REGISTER, 't', index)));
    return new Item(words);
  }

  private Item branch(InsnDef def) {
    Fix fix = def.has('j') ? Fix.JUMP : Fix.BRANCH;
    Word word = new Word(random.word(def, notNever(def)), fix, 1 + random.below(FARTHEST));
    return new Item(List.of(word, slot()));
  }

  /**
   * A branch whose registers say that it is never taken is no branch to QEMU, which then reports an
   * exception in its slot as one outside a delay slot: choose other registers.
   */
  private Map<Character, Integer> notNever(InsnDef def) {
    int register = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    return switch (def.name()) {
      case "bne", "bnel" -> Map.of('s', register, 't', random.below(register));
      case "bltz", "bltzl", "bltzal", "bltzall", "bgtz", "bgtzl" -> Map.of('s', register);
      default -> Map.of();
    };
  }

  private Item jumpRegister(InsnDef def) {
    int register = 1 + random.below(LinuxProgram.SNAPSHOT_REGISTER - 1);
    int ahead = 1 + random.below(FARTHEST);
    Asm address = new Asm().op("lui", 't', register).op("ori", 's', register, 't', register);
    Map<Character, Integer> fields = new HashMap<>(Map.of('s', register));
    if (def.has('d')) {
      int link = destination();
      fields.put('d', link == register ? 31 : link);
    }
    return new Item(
        List.of(
            new Word(address.words().get(0), Fix.UPPER, ahead),
            new Word(address.words().get(1), Fix.LOWER, ahead),
            Word.plain(random.word(def, fields)),
            slot()));
  }

  /** A branch in a delay slot is UNPREDICTABLE. */
  private Word slot() {
    return plain(single.get(random.below(single.size())));
  }

  // --- single instructions

  private Word plain(InsnDef def) {
    return plain(def, Map.of());
  }

  private Word plain(InsnDef def, Map<Character, Integer> given) {
    Map<Character, Integer> fields = new HashMap<>();
    if (def.returns(int.class)) {
      fields.put(def.destination(), ofDsp(def) ? 1 + random.below(25) : destination());
    }
    if (def.has('k')) {
      // Linux makes other signals of codes 6 and 7
      fields.put('k', 0);
      fields.put('b', 0);
    }
    if (def.name().equals("cfc1")) {
      fields.put('S', RandomFloats.CONTROLS.get(random.below(RandomFloats.CONTROLS.size())));
    }
    if (InsnSyntax.of(def).contains("i(s)")) {
      fields.put('s', LinuxProgram.DATA_REGISTER);
      fields.put('i', offset(size(def)));
    }
    if (profile.pairs() && doubles(def)) {
      for (char register : new char[] {'D', 'R', 'S', 'T'}) {
        if (def.has(register)) {
          fields.put(register, 2 * random.below(16));
        }
      }
    }
    fields.putAll(given);
    return Word.plain(random.word(def, fields));
  }

  /** Whether it has a 64-bit operand, which is a pair of registers where these have 32 bits. */
  private static boolean doubles(InsnDef def) {
    return def.name().matches(".*\\.[dl](\\..*)?|[ls][du]x?c1|m[tf]hc1");
  }

  /** QEMU leaves out what they do to DSPControl where the destination is r0. */
  private static boolean ofDsp(InsnDef def) {
    return def.method().getDeclaringClass().getSimpleName().startsWith("Dsp");
  }

  /** Bytes that an access needs to be aligned to. */
  static int size(InsnDef def) {
    return switch (def.name()) {
      case "lh", "lhu", "sh", "lhx" -> 2;
      case "lw", "lwx", "sw", "ll", "sc", "lwc1", "swc1", "lwxc1", "swxc1" -> 4;
      case "ldc1", "sdc1", "ldxc1", "sdxc1", "luxc1", "suxc1" -> 8;
      default -> 1;
    };
  }

  /** An offset into the data area, rarely an unaligned one. */
  final int offset(int size) {
    int aligned = random.below(4 * Snapshot.DATA_WORDS / size) * size - 32;
    return random.oneIn(24) ? aligned + random.below(size) : aligned;
  }

  final int destination() {
    int register = random.below(32);
    return LinuxProgram.RESERVED.contains(register) ? 0 : register;
  }
}
