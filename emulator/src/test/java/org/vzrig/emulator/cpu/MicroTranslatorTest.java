package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Interpreter and translator do the same with random microMIPS programs. */
class MicroTranslatorTest {
  private static final int INSNS = 160;
  private static final int DATA = 28;
  private static final int DEVICE = 27;

  private final List<MicroEncoding> candidates =
      InsnTable.MIPS32.micro().stream()
          .filter(e -> e.mask() != 0 && !TranslatorTest.LEFT_OUT.contains(e.def().name()))
          .filter(e -> !e.def().name().equals("jraddiusp"))
          .toList();

  private TestCore core(long seed, boolean translated) {
    int code = TranslatorTest.code(seed);
    TestCore core = new TestCore();
    if (translated) {
      core.cpu.translateEagerly(7, 1);
    } else {
      core.cpu.engine(Cpu.Engine.INTERPRETER);
    }
    core.at(TestCore.BOOT, new Asm().li(8, code | 1).op("jr", 's', 8).nop());
    core.at(0xBFC0_0380, skip());
    Random random = new Random(seed);
    byte[] program = program(random, code);
    for (int i = 0; i < program.length; i++) {
      core.ram.store((code & 0x1FFF_FFFF) + i, 1, program[i]);
    }
    for (int r = 1; r < 32; r++) {
      boolean base = r == 16 || r == 17 || r == 29;
      core.cpu.gpr(0, r, base ? 0xA000_0900 : random.nextInt());
    }
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV | Status.CU1 | Status.FR | Status.MX);
    core.cpu.gpr(0, DATA, 0xA000_0800);
    core.cpu.gpr(0, DEVICE, 0xBF80_0000);
    return core;
  }

  /** Goes on after the instruction, whose first halfword tells its length. */
  private static Asm skip() {
    return new Asm()
        .mtc0(25, Cp0Reg.KSCRATCH0)
        .mfc0(26, Cp0Reg.EPC)
        .op("lhu", 's', 26, 't', 25, 'i', -1)
        .op("srl", 't', 25, 'd', 25, 'a', 10)
        .op("andi", 's', 25, 't', 25, 'i', 7)
        .op("addiu", 's', 25, 't', 25, 'i', -1)
        .op("sltiu", 's', 25, 't', 25, 'i', 3)
        .op("sll", 't', 25, 'd', 25, 'a', 1)
        .op("addiu", 's', 26, 't', 26, 'i', 4)
        .op("subu", 's', 26, 't', 25, 'd', 26)
        .mtc0(26, Cp0Reg.EPC)
        .mfc0(25, Cp0Reg.KSCRATCH0)
        .op("eret");
  }

  // --- programs: instructions first, then the targets of the branches among them

  private byte[] program(Random random, int code) {
    RandomWords words = new RandomWords(random);
    List<Segment.Item> items = new ArrayList<>();
    boolean slot = false;
    for (int i = 0; i < INSNS; i++) {
      int word = word(random, words, slot || i >= INSNS - 2);
      MicroEncoding encoding = InsnTable.MIPS32.decodeMicro(word);
      boolean branches = encoding.def().flow().branches();
      Segment.Fix fix = branches ? Segment.Fix.BRANCH : Segment.Fix.NONE;
      int far = encoding.length() == 2 ? 12 : INSNS - 2;
      int target = Math.clamp(i + random.nextInt(2 * far) - far, 0, INSNS - 3);
      items.add(new Segment.Item(List.of(new Segment.Word(word, fix, target - i))));
      slot = branches && !encoding.compact();
    }
    int again = new MicroAsm().op("j", 'j', code >>> 1).last();
    items.add(new Segment.Item(List.of(Segment.Word.plain(again))));
    items.add(new Segment.Item(List.of(Segment.Word.plain(0))));
    return new Segment(items, true).code(code);
  }

  private int word(Random random, RandomWords words, boolean slot) {
    while (true) {
      MicroEncoding encoding = candidates.get(random.nextInt(candidates.size()));
      boolean device = random.nextInt(12) == 0 && encoding.def().name().equals("lw");
      if (slot && encoding.def().flow() != Flow.NEXT) {
        continue;
      }
      int word = words.word(encoding);
      int canonical = encoding.canonical(word);
      InsnDef def = encoding.def();
      if (encoding.length() == 4 && InsnSyntax.of(def).contains("i(s)")) {
        int base = (device ? DEVICE : DATA) << def.field('s').shift();
        int offset = device ? 0 : random.nextInt(0x400) & (random.nextInt(9) == 0 ? -1 : -4);
        canonical = canonical & 0xFFFF_0000 & ~(31 << def.field('s').shift()) | base | offset;
        word = MicroAsm.encode(encoding, canonical).orElse(0);
      }
      if (word != 0 && !writesBase(encoding.def(), canonical)) {
        return word;
      }
    }
  }

  /** r26 to r28 keep the handler and the addresses. */
  private static boolean writesBase(InsnDef def, int canonical) {
    if (def.name().equals("lwp")) {
      int first = def.field('t').of(canonical);
      return first >= 25 && first <= DATA;
    }
    if (!def.returns(int.class)) {
      return false;
    }
    int register = def.field(def.destination()).of(canonical);
    return register >= 26 && register <= DATA;
  }

  @Test
  void randomProgramsLeaveTheSameStateAtEverySlice() {
    int translations = 0;
    for (long seed : Seeds.of("microMIPS in both engines", LongStream.range(1, 20).toArray())) {
      int code = TranslatorTest.code(seed);
      TestCore interpreted = core(seed, false);
      TestCore translated = core(seed, true);
      compare(seed, interpreted, translated);
      CodePage page = (CodePage) translated.ram.decoded[(code & 0x1FFF_FFFF) >>> 12];
      translations += page == null ? 0 : page.view(code | 1).translations;
    }
    assertTrue(translations > 20 || System.getProperty("vzrig.seed") != null, "too few translated");
  }

  private static void compare(long seed, TestCore interpreted, TestCore translated) {
    Random slices = new Random(seed);
    String before = "";
    for (int i = 0; i < 300; i++) {
      int cycles = 1 + slices.nextInt(i < 150 ? 40 : 400);
      interpreted.run(cycles);
      translated.run(cycles);
      String state = TranslatorTest.state(interpreted);
      assertEquals(
          state,
          TranslatorTest.state(translated),
          "seed " + seed + ", slice " + i + ", after " + before);
      before = state;
    }
  }
}
