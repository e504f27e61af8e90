package org.vzrig.emulator.cpu;

import java.util.Arrays;
import org.vzrig.emulator.bus.Memory;

/** The decoded instructions of one 4 KiB page of a memory; 0 where a word is not decoded yet. */
final class CodePage {
  final long[] code = new long[1024];
  private final Memory memory;
  private final int base;

  CodePage(Memory memory, int page) {
    this.memory = memory;
    this.base = page << Memory.PAGE_SHIFT;
  }

  /** Decodes the word that holds address {@code pc}. */
  void decode(int pc) {
    int index = (pc & 0xFFF) >>> 2;
    code[index] = InsnTable.MIPS32.pack(memory.load(base + index * 4, 4));
  }

  /** The instruction word at {@code pc}. */
  int word(int pc) {
    return memory.load(base + (pc & 0xFFC), 4);
  }

  /** Forgets the word that holds byte {@code offset} of the page. */
  void forget(int offset) {
    code[(offset & 0xFFF) >>> 2] = 0;
  }

  void forgetAll() {
    Arrays.fill(code, 0);
  }
}
