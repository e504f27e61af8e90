package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The order in which the assembler writes an instruction's operands, as a list of letters of its
 * pattern: {@code i(s)} is an address, {@code k?} is left out when 0, {@code +m} and {@code -m} are
 * the sizes of EXT and INS, {@code a~} is a number with a sign, {@code =zero} stands for itself.
 */
final class InsnSyntax {
  private InsnSyntax() {}

  /** The operands of {@code def}: what its declaration says, or what its shape implies. */
  static List<String> of(InsnDef def) {
    if (!def.asm().isEmpty()) {
      return List.of(def.asm().split(","));
    }
    if (def.flow().hasDelaySlot()) {
      return letters(def, "dstij");
    }
    if (def.method().getDeclaringClass() == MemoryInsns.class && def.has('s')) {
      List<String> tokens = letters(def, def.has('i') ? "toh" : "b");
      tokens.add(def.has('i') ? "i(s)" : "o(s)");
      return tokens;
    }
    return registersFirst(def);
  }

  private static List<String> registersFirst(InsnDef def) {
    boolean writesT = def.returns(int.class) && !def.has('d');
    List<String> tokens = letters(def, writesT ? "ts" : "dst");
    if (def.has('q')) {
      boolean read = def.returns(int.class) || def.name().startsWith("mt");
      tokens.add(read ? tokens.size() : 0, "q");
    }
    tokens.addAll(letters(def, "DRST"));
    def.fields().entrySet().stream()
        .filter(e -> "dstqxhwDRST".indexOf(e.getKey()) < 0)
        .sorted(Comparator.comparingInt(e -> -e.getValue().shift()))
        .map(Map.Entry::getKey)
        .map(String::valueOf)
        .forEach(tokens::add);
    return tokens;
  }

  private static List<String> letters(InsnDef def, String order) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < order.length(); i++) {
      char letter = order.charAt(i);
      if (def.has(letter)) {
        tokens.add(String.valueOf(letter));
      }
    }
    return tokens;
  }
}
