package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The microMIPS encodings and their disassembly against GNU binutils. */
class MicroDisassemblerTest {
  private static final int WORDS_EACH = 24;

  private final List<Integer> words = new ArrayList<>();

  private void generate(long seed) {
    RandomWords random = new RandomWords(Seeds.random(seed));
    for (MicroEncoding encoding : InsnTable.MIPS32.micro()) {
      for (int i = 0; i < WORDS_EACH && encoding.mask() != 0; i++) {
        words.add(random.word(encoding));
      }
    }
  }

  @Test
  void writesWhatObjdumpWrites() throws Exception {
    for (long seed : Seeds.of("microMIPS disassembler against objdump", 1)) {
      generate(seed);
    }
    List<Binutils.Line> lines = Binutils.disassembleMicro(words);
    assertEquals(words.size(), lines.size());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String ours = Disassembler.disassemble(words.get(i), lines.get(i).address() | 1);
      String theirs = ourText(words.get(i), lines.get(i).text());
      if (!ours.equals(theirs)) {
        differences.add("%08x: %s, objdump: %s".formatted(words.get(i), ours, theirs));
      }
    }
    assertEquals(List.of(), differences);
  }

  /** objdump gives targets in 64 bits with bit 0 set, and SLL16's shift in decimal. */
  private static String ourText(int word, String text) {
    text = DisassemblerTest.ourNames(text).replaceAll("^(jalrs(?:\\.hb)?) (\\w+)$", "$1 ra,$2");
    MicroEncoding encoding = InsnTable.MIPS32.decodeMicro(word);
    Flow flow = encoding.def().flow();
    if (flow.branches() || flow.jumps() && encoding.def().has('j')) {
      int at = text.lastIndexOf("0x");
      int target = (int) Long.parseUnsignedLong(text.substring(at + 2), 16);
      return text.substring(0, at) + "0x" + Integer.toHexString(target & ~1);
    }
    return encoding.length() == 2 ? text.replaceAll("^(s[lr]l .*,)(\\d)$", "$10x$2") : text;
  }
}
