package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Random instructions between two snapshots.
 *
 * @param items what stays together: an instruction, or several that need each other
 * @param micro whether they are microMIPS
 */
record Segment(List<Item> items, boolean micro) {
  /** How a word depends on where the program goes on. */
  enum Fix {
    /** Not at all. */
    NONE,
    /** Field i of a branch. */
    BRANCH,
    /** Field j of a jump. */
    JUMP,
    /** Field i of LUI gets the upper half of the address. */
    UPPER,
    /** Field i of ORI gets the lower half of the address. */
    LOWER
  }

  /**
   * A word, into which {@code fix} puts the address of the item {@code ahead} items further; in
   * microMIPS left-aligned.
   */
  record Word(int bits, Fix fix, int ahead) {
    static Word plain(int bits) {
      return new Word(bits, Fix.NONE, 0);
    }
  }

  /** Words that stay together. */
  record Item(List<Word> words) {}

  /** The segment's code at {@code address}. */
  byte[] code(int address) {
    List<Integer> words = words(address);
    return micro ? Binutils.microBytes(words) : Binutils.bytes(words);
  }

  private int size(int word) {
    return micro ? InsnTable.microLength(word) : 4;
  }

  private List<Integer> words(int address) {
    List<Integer> starts = new ArrayList<>();
    int at = address;
    for (Item item : items) {
      starts.add(at);
      at += item.words().stream().mapToInt(w -> size(w.bits())).sum();
    }
    starts.add(at);
    List<Integer> words = new ArrayList<>();
    at = address;
    for (int i = 0; i < items.size(); i++) {
      for (Word word : items.get(i).words()) {
        int target = starts.get(Math.min(i + word.ahead(), items.size()));
        words.add(micro ? microFixed(word, at, target) : fixed(word, at, target));
        at += size(word.bits());
      }
    }
    return words;
  }

  private static int fixed(Word word, int at, int target) {
    return switch (word.fix()) {
      case NONE -> word.bits();
      case BRANCH -> word.bits() & 0xFFFF_0000 | (target - at - 4) >> 2 & 0xFFFF;
      case JUMP -> word.bits() & 0xFC00_0000 | target >>> 2;
      case UPPER -> word.bits() & 0xFFFF_0000 | target >>> 16;
      case LOWER -> word.bits() & 0xFFFF_0000 | target & 0xFFFF;
    };
  }

  private int microFixed(Word word, int at, int target) {
    int bits = word.bits();
    return switch (word.fix()) {
      case NONE -> bits;
      case BRANCH -> branch(bits, target - at - size(bits) >> 1);
      case JUMP -> bits & 0xFC00_0000 | target >>> 1;
      case UPPER -> bits & 0xFFFF_0000 | target >>> 16;
      case LOWER -> bits & 0xFFFF_0000 | target & 0xFFFF | 1;
    };
  }

  private static int branch(int bits, int offset) {
    MicroEncoding encoding = InsnTable.MIPS32.decodeMicro(bits);
    InsnDef.Field field =
        encoding.operands().stream()
            .filter(o -> o.target().equals(encoding.def().field('i')))
            .findFirst()
            .orElseThrow()
            .source();
    int mask = (1 << field.width()) - 1;
    return bits & ~(mask << field.shift()) | (offset & mask) << field.shift();
  }

  /** The segment without item {@code index}. */
  Segment without(int index) {
    List<Item> rest = new ArrayList<>(items);
    rest.remove(index);
    return new Segment(rest, micro);
  }

  /** Disassembly, as it stands at {@code address}. */
  String listing(int address) {
    StringBuilder text = new StringBuilder();
    int at = address;
    for (int word : words(address)) {
      String instruction = Disassembler.disassemble(word, micro ? at | 1 : at);
      text.append("  %08x: %08x  %s%n".formatted(at, word, instruction));
      at += size(word);
    }
    return text.toString();
  }
}
