package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Random instructions between two snapshots.
 *
 * @param items what stays together: an instruction, or several that need each other
 */
record Segment(List<Item> items) {
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

  /** A word, into which {@code fix} puts the address of the item {@code ahead} items further. */
  record Word(int bits, Fix fix, int ahead) {
    static Word plain(int bits) {
      return new Word(bits, Fix.NONE, 0);
    }
  }

  /** Words that stay together. */
  record Item(List<Word> words) {}

  /** The segment's code at {@code address}. */
  Asm words(int address) {
    List<Integer> starts = new ArrayList<>();
    int at = address;
    for (Item item : items) {
      starts.add(at);
      at += 4 * item.words().size();
    }
    starts.add(at);
    Asm asm = new Asm();
    for (int i = 0; i < items.size(); i++) {
      for (Word word : items.get(i).words()) {
        int target = starts.get(Math.min(i + word.ahead(), items.size()));
        asm.word(fixed(word, address + asm.size(), target));
      }
    }
    return asm;
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

  /** The segment without item {@code index}. */
  Segment without(int index) {
    List<Item> rest = new ArrayList<>(items);
    rest.remove(index);
    return new Segment(rest);
  }

  /** Disassembly, as it stands at {@code address}. */
  String listing(int address) {
    StringBuilder text = new StringBuilder();
    int at = address;
    for (int word : words(address).words()) {
      text.append("  %08x: %08x  %s%n".formatted(at, word, Disassembler.disassemble(word, at)));
      at += 4;
    }
    return text.toString();
  }
}
