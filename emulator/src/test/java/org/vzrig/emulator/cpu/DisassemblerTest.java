package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table's encodings and the disassembler against GNU binutils. */
class DisassemblerTest {
  private static final int WORDS_EACH = 24;

  /** Where objdump writes another name for the same word. */
  private static final Map<String, String> NAMES =
      Map.of("ror ", "rotr ", "rorv ", "rotrv ", "sll zero,zero,0x0", "nop");

  private final List<Integer> words = new ArrayList<>();
  private final List<InsnDef> defs = new ArrayList<>();

  private void generate(long seed) {
    RandomWords random = new RandomWords(Seeds.random(seed));
    for (InsnDef def : InsnTable.MIPS32.all()) {
      for (int i = 0; i < WORDS_EACH && def.mask() != 0; i++) {
        words.add(random.word(def));
        defs.add(def);
      }
    }
  }

  @Test
  void writesWhatObjdumpWrites() throws Exception {
    for (long seed : Seeds.of("disassembler against objdump", 1)) {
      generate(seed);
    }
    List<Binutils.Line> lines = Binutils.disassemble(words);
    assertEquals(words.size(), lines.size());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String ours = Disassembler.disassemble(words.get(i), i * 4);
      String theirs = ourNames(lines.get(i).text());
      if (!ours.equals(theirs)) {
        differences.add("%08x: %s, objdump: %s".formatted(words.get(i), ours, theirs));
      }
    }
    assertEquals(List.of(), differences);
  }

  static String ourNames(String text) {
    for (Map.Entry<String, String> e : NAMES.entrySet()) {
      if (text.startsWith(e.getKey())) {
        text = e.getValue() + text.substring(e.getKey().length());
      }
    }
    text = text.replaceAll("^neg(u?) (\\w+),", "sub$1 $2,zero,");
    return text.replaceAll("^jalr(\\.hb)? (\\w+)$", "jalr$1 ra,$2");
  }

  @Test
  void theAssemblerEncodesEveryInstructionAsTheTableDoes() throws Exception {
    for (long seed : Seeds.of("table against the assembler", 2)) {
      generate(seed);
    }
    List<String> source = new ArrayList<>(List.of(".set noreorder", ".set nomacro", ".set noat"));
    for (int i = 0; i < words.size(); i++) {
      source.add(source(defs.get(i), Disassembler.disassemble(words.get(i), 0)));
    }
    List<Binutils.Line> lines =
        Binutils.assemble(
            source, "-mips32r5", "-mfp64", "-mdsp", "-mdspr2", "-mvirt", "-mmcu", "-mxpa", "-meva");
    assertEquals(words.size(), lines.size());
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      InsnDef decoded = InsnTable.MIPS32.decode(lines.get(i).word());
      if (!decoded.equals(defs.get(i)) || lines.get(i).word() != words.get(i)) {
        differences.add(
            "%08x %s: assembled to %08x %s"
                .formatted(words.get(i), source.get(i + 3), lines.get(i).word(), decoded.name()));
      }
    }
    assertEquals(List.of(), differences);
  }

  /** Register names get their dollar sign; branch targets are said relative to the branch. */
  private static String source(InsnDef def, String text) {
    if (def.flow().branches()) {
      int target = Integer.parseUnsignedInt(text.replaceAll(".*0x", ""), 16);
      text = text.replaceAll("0x\\w+$", "") + ".+" + target;
    }
    if (def.name().equals("jalx")) {
      // the assembler sets bit 0 by itself
      int target = Integer.parseUnsignedInt(text.replaceAll(".*0x", ""), 16);
      text = "jalx 0x" + Integer.toHexString(target & ~1);
    }
    for (int r = 0; r < 32; r++) {
      text = text.replaceAll("(?<=[ ,(])" + Disassembler.register(r) + "(?=[,()]|$)", "\\$" + r);
    }
    return text;
  }
}
