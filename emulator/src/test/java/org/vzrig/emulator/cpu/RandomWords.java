package org.vzrig.emulator.cpu;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random instruction words from the table's own patterns. */
final class RandomWords {
  private final Random random;

  RandomWords(Random random) {
    this.random = random;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  int anyInt() {
    return random.nextInt();
  }

  /** A word of {@code def} with random fields. */
  int word(InsnDef def) {
    return word(def, Map.of());
  }

  /** A left-aligned microMIPS word of {@code encoding} with random fields. */
  int word(MicroEncoding encoding) {
    while (true) {
      int fields = encoding.length() == 2 ? 0xFFFF_0000 : -1;
      int word = encoding.match() | random.nextInt() & ~encoding.mask() & fields;
      int canonical = encoding.canonical(word);
      if (InsnTable.MIPS32.decodeMicro(word).equals(encoding)
          && defined(encoding.def(), canonical, encoding.length() == 2)) {
        return word;
      }
    }
  }

  /** Whether the architecture says what the instruction does, and its assembler has no alias. */
  private static boolean defined(InsnDef def, int word, boolean half) {
    return switch (def.name()) {
      case "ext" -> def.field('l').of(word) + def.field('m').of(word) < 32;
      case "ins" -> def.field('l').of(word) <= def.field('m').of(word);
      case "balign" -> (def.field('a').of(word) & 1) != 0;
      case "bltzal", "bgezal" -> def.field('s').of(word) != 31;
      case "jalr" ->
          def.field('d').of(word) != 0 && def.field('d').of(word) != def.field('s').of(word);
      case "lwm", "swm" -> (def.field('r').of(word) & 0xF) <= 9 && def.field('r').of(word) != 0;
      case "nor" -> half || def.field('t').of(word) != 0;
      case "ori" -> def.field('s').of(word) != 0;
      default -> true;
    };
  }

  /** A word of {@code def} with these fields and random others, decoded as {@code def} itself. */
  int word(InsnDef def, Map<Character, Integer> given) {
    while (true) {
      int word = def.match();
      // sorted, for the order of an immutable map differs from run to run
      for (var field : new TreeMap<>(def.fields()).entrySet()) {
        Integer value = given.get(field.getKey());
        word |= place(field.getValue(), value == null ? random.nextInt() : value);
      }
      word = constrained(def, word, given);
      if (InsnTable.MIPS32.decode(word).equals(def)) {
        return word;
      }
    }
  }

  /** Relations between fields outside which an encoding is UNPREDICTABLE. */
  private int constrained(InsnDef def, int word, Map<Character, Integer> given) {
    Map<Character, Integer> fixed = new HashMap<>();
    switch (def.name()) {
      // rt has to repeat rd
      case "clz", "clo" -> fixed.put('x', def.field('d').of(word));
      case "ext" -> {
        int least = def.field('l').of(word);
        fixed.put('m', random.nextInt(32 - least));
      }
      case "ins" -> {
        int least = def.field('l').of(word);
        fixed.put('m', least + random.nextInt(32 - least));
      }
      // a branch that cannot be executed again, because it overwrites what it tests
      case "bltzal", "bgezal", "bltzall", "bgezall" -> {
        if (def.field('s').of(word) == 31) {
          fixed.put('s', random.nextInt(31));
        }
      }
      // 0 and 2 are UNPREDICTABLE
      case "balign" -> fixed.put('a', 1 + 2 * random.nextInt(2));
      case "jr" -> fixed.put('h', random.nextInt(2) << 4);
      // rs and rd have to differ, or the jump cannot be executed again
      case "jalr" -> {
        fixed.put('h', random.nextInt(2) << 4);
        if (!given.containsKey('d')) {
          fixed.put('d', def.field('s').of(word) ^ 1 + random.nextInt(31));
        }
      }
      default -> {}
    }
    for (Map.Entry<Character, Integer> e : fixed.entrySet()) {
      InsnDef.Field field = def.field(e.getKey());
      word = word & ~place(field, -1) | place(field, e.getValue());
    }
    return word;
  }

  private static int place(InsnDef.Field field, int value) {
    return (value & (int) ((1L << field.width()) - 1)) << field.shift();
  }
}
