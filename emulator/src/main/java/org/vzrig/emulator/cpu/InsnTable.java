package org.vzrig.emulator.cpu;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All instructions of the core and the decoder that follows from their patterns. */
final class InsnTable {
  /** The instruction classes in the order of the table. */
  private static final List<Class<?>> CLASSES =
      List.of(
          IntegerInsns.class,
          BranchInsns.class,
          MemoryInsns.class,
          SystemInsns.class,
          MicroInsns.class,
          FpuInsns.class,
          FpuSingleInsns.class,
          FpuDoubleInsns.class,
          DspInsns.class,
          DspArithmeticInsns.class,
          DspShiftInsns.class,
          DspAccumulatorInsns.class);

  /** The core's one table. */
  static final InsnTable MIPS32 = new InsnTable(CLASSES);

  private final List<InsnDef> defs = new ArrayList<>();
  private final List<InsnDef> all;
  private final List<MicroEncoding> micro = new ArrayList<>();
  private final Map<String, InsnDef> byName = new HashMap<>();
  private final InsnDef[][] byOpcode = new InsnDef[64][];
  private final MicroEncoding[][] microByOpcode = new MicroEncoding[64][];
  private final InsnDef nop;
  private final InsnDef reserved;

  private InsnTable(List<Class<?>> classes) {
    for (Class<?> type : classes) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(m -> m.isAnnotationPresent(Insn.class))
          .sorted(Comparator.comparing(Method::getName))
          .forEach(this::add);
    }
    all = defs.stream().filter(InsnDef::mips32).toList();
    nop = named("nop");
    reserved = named("reserved");
    checkOverlaps();
    checkMicroOverlaps();
    for (int opcode = 0; opcode < 64; opcode++) {
      byOpcode[opcode] = candidates(opcode);
      microByOpcode[opcode] = microCandidates(opcode);
    }
  }

  private void add(Method method) {
    InsnDef def = InsnDef.of(defs.size() + 1, method);
    defs.add(def);
    def.micro().forEach(m -> micro.add(MicroEncoding.of(def, m)));
    if (byName.put(def.name(), def) != null) {
      throw new IllegalStateException("two instructions are called " + def.name());
    }
  }

  /** Refining encodings stand before those they refine; the catch-all stands last. */
  private InsnDef[] candidates(int opcode) {
    return all.stream()
        .filter(d -> d.mask() == 0 || (d.mask() >>> 26 & (d.match() >>> 26 ^ opcode)) == 0)
        .sorted(Comparator.comparingInt(d -> -Integer.bitCount(d.mask())))
        .toArray(InsnDef[]::new);
  }

  private MicroEncoding[] microCandidates(int opcode) {
    return micro.stream()
        .filter(e -> (e.mask() >>> 26 & (e.match() >>> 26 ^ opcode)) == 0)
        .sorted(Comparator.comparingInt(e -> -Integer.bitCount(e.mask())))
        .toArray(MicroEncoding[]::new);
  }

  private void checkMicroOverlaps() {
    for (int i = 0; i < micro.size(); i++) {
      for (int j = 0; j < micro.size(); j++) {
        MicroEncoding a = micro.get(i);
        MicroEncoding b = micro.get(j);
        boolean both = a.mask() != 0 && b.mask() != 0;
        if (i != j && both && a.overlaps(b) && !refine(a.def(), b.def())) {
          throw new IllegalStateException(
              "microMIPS encodings overlap: " + a.def().name() + " and " + b.def().name());
        }
      }
    }
  }

  private void checkOverlaps() {
    for (InsnDef a : all) {
      for (InsnDef b : all) {
        if (a.id() < b.id() && a.overlaps(b) && !refine(a, b)) {
          throw new IllegalStateException("encodings overlap: " + a.name() + " and " + b.name());
        }
      }
    }
  }

  private boolean refine(InsnDef a, InsnDef b) {
    return a.mask() == 0
        || b.mask() == 0
        || a.refines().contains(b.method().getName())
        || b.refines().contains(a.method().getName());
  }

  /** All MIPS32 instructions, by id. */
  List<InsnDef> all() {
    return all;
  }

  /** All instructions of both instruction sets, by id from 1. */
  List<InsnDef> everything() {
    return defs;
  }

  /** All microMIPS encodings. */
  List<MicroEncoding> micro() {
    return micro;
  }

  InsnDef named(String name) {
    InsnDef def = byName.get(name);
    if (def == null) {
      throw new IllegalArgumentException("no instruction is called " + name);
    }
    return def;
  }

  /** The instruction that {@code word} encodes, exactly. */
  InsnDef decode(int word) {
    for (InsnDef def : byOpcode[word >>> 26]) {
      if (def.matches(word)) {
        return def;
      }
    }
    return reserved;
  }

  /**
   * Decoded form for the engines: id in the upper half, word in the lower; words that do nothing
   * become nop.
   */
  long pack(int word) {
    InsnDef def = decode(word);
    int id = def.discards(word) ? nop.id() : def.id();
    return (long) id << 32 | word & 0xFFFF_FFFFL;
  }

  /**
   * The microMIPS encoding of {@code word}, exactly.
   *
   * @param word left-aligned: a 16-bit instruction lies in the upper half
   */
  MicroEncoding decodeMicro(int word) {
    for (MicroEncoding encoding : microByOpcode[word >>> 26]) {
      if (encoding.matches(word)) {
        return encoding;
      }
    }
    throw new IllegalStateException("the catch-all encoding is missing");
  }

  /** Bytes of the microMIPS instruction that starts with the halfword in the upper half. */
  static int microLength(int word) {
    int kind = word >>> 26 & 7;
    return kind >= 1 && kind <= 3 ? 2 : 4;
  }

  /**
   * Decoded form of a microMIPS instruction: flags of {@link MicroEncoding} and id in the upper
   * half, the MIPS32 word of the same instruction in the lower.
   */
  long packMicro(int word) {
    MicroEncoding encoding = decodeMicro(word);
    int canonical = encoding.canonical(word);
    int id = encoding.def().discards(canonical) ? nop.id() : encoding.def().id();
    int half = microLength(word) == 2 ? MicroEncoding.HALF : 0;
    return (long) (half | encoding.flags() | id) << 32 | canonical & 0xFFFF_FFFFL;
  }
}
