package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Attributes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interpreter and the translator do the same, instruction for instruction. */
class TranslatorTest {
  private static final int CODE = 0xA000_2000;
  private static final int WORDS = 160;

  /** From here on programs of {@link #WORDS} go on in the next page. */
  private static final int ACROSS = CODE + 0xDA0;

  /** Instructions that would leave the program or need set-up that it does not have. */
  static final Set<String> LEFT_OUT =
      Set.of(
          "reserved",
          "eret",
          "deret",
          "iret",
          "wait",
          "sdbbp",
          "mtc0",
          "mtgc0",
          "tlbwi",
          "tlbwr",
          "tlbgwi",
          "tlbgwr",
          "tlbinv",
          "tlbinvf",
          "tlbginv",
          "tlbginvf",
          "ei",
          "di",
          "jr",
          "jalr",
          "jalx",
          "j",
          "jal",
          "wrpgpr",
          "hypcall",
          "tlbr",
          "tlbgr",
          "tlbp",
          "tlbgp");

  private final List<InsnDef> candidates =
      InsnTable.MIPS32.all().stream().filter(d -> !LEFT_OUT.contains(d.name())).toList();

  /** Every second program lies in two pages. */
  static int code(long seed) {
    return (seed & 1) == 0 ? CODE : ACROSS + 4 * (int) (seed % 64);
  }

  private TestCore core(long seed, boolean translated) {
    int code = code(seed);
    TestCore core = new TestCore();
    if (translated) {
      core.cpu.translateEagerly(7, 1);
    } else {
      core.cpu.engine(Cpu.Engine.INTERPRETER);
    }
    core.at(TestCore.BOOT, new Asm().li(8, code).op("jr", 's', 8).nop());
    core.skipWhatRaises();
    Random random = new Random(seed);
    int[] words = program(random, code);
    for (int i = 0; i < words.length; i++) {
      core.ram.store((code & 0x1FFF_FFFF) + 4 * i, 4, words[i]);
    }
    for (int r = 1; r < 32; r++) {
      core.cpu.gpr(0, r, random.nextInt());
    }
    int units = Status.CU1 | Status.FR | Status.MX;
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV | units);
    core.cpu.gpr(0, 28, 0xA000_0800);
    core.cpu.gpr(0, 27, 0xBF80_0000);
    return core;
  }

  private int[] program(Random random, int code) {
    int[] words = new int[WORDS];
    boolean slot = false;
    for (int i = 0; i < WORDS - 2; i++) {
      int word = word(random, i, slot);
      words[i] = word;
      slot = InsnTable.MIPS32.decode(word).flow().hasDelaySlot();
    }
    words[WORDS - 2] = 2 << 26 | (code >>> 2) & 0x03FF_FFFF;
    return words;
  }

  private int word(Random random, int index, boolean slot) {
    while (true) {
      InsnDef def = candidates.get(random.nextInt(candidates.size()));
      boolean device = random.nextInt(12) == 0;
      int word = def.match() | random.nextInt() & ~def.mask();
      if (def.flow().hasDelaySlot() && (slot || index >= WORDS - 4)) {
        continue;
      }
      word = avoid(def, 't', avoid(def, 'd', word));
      if (def.flow().branches()) {
        word = word & 0xFFFF_0000 | random.nextInt(WORDS - 3) - index - 1 & 0xFFFF;
      } else if (def.method().getDeclaringClass() == MemoryInsns.class && def.has('s')) {
        word = word & ~(31 << 21) | (device ? 27 : 28) << 21;
        word =
            word & 0xFFFF_0000
                | (device ? 0 : random.nextInt(0x400) & (random.nextInt(9) == 0 ? -1 : -4));
      }
      if (!device || !def.name().contains("l") || def.name().equals("lw")) {
        return word;
      }
    }
  }

  /** r26 to r28 keep the handler and the addresses. */
  private static int avoid(InsnDef def, char letter, int word) {
    if (!def.has(letter)) {
      return word;
    }
    InsnDef.Field field = def.field(letter);
    int register = field.of(word);
    return register >= 26 && register <= 28 ? word & ~(31 << field.shift()) : word;
  }

  static String state(TestCore core) {
    StringBuilder s =
        new StringBuilder(core.cpu.cycles() + " pc=" + Integer.toHexString(core.cpu.pc()));
    for (int r = 1; r < 32; r++) {
      s.append(" r").append(r).append('=').append(Integer.toHexString(core.cpu.gpr(0, r)));
    }
    for (Cp0Reg reg :
        List.of(
            Cp0Reg.EPC,
            Cp0Reg.CAUSE,
            Cp0Reg.STATUS,
            Cp0Reg.BADVADDR,
            Cp0Reg.BADINSTR,
            Cp0Reg.BADINSTRP,
            Cp0Reg.NESTEDEPC)) {
      s.append(' ').append(reg).append('=').append(Integer.toHexString(core.root(reg)));
    }
    for (int i = 0; i < 32; i++) {
      s.append(" f").append(i).append('=').append(Long.toHexString(core.cpu.fpuRegister(i)));
    }
    s.append(" fcsr=").append(core.cpu.fcsr()).append(" dsp=").append(core.cpu.dspControl());
    for (int i = 0; i < 4; i++) {
      s.append(" ac").append(i).append('=').append(Long.toHexString(core.cpu.accumulator(i)));
    }
    return s.append(" device=")
        .append(core.device)
        .append(" ram=")
        .append(Arrays.hashCode(core.ram.bytes))
        .toString();
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
        26, 27, 28, 29, 30
      })
  void randomProgramsLeaveTheSameStateAtEverySlice(long seed) {
    TestCore interpreted = core(seed, false);
    TestCore translated = core(seed, true);
    Random slices = new Random(seed);
    String before = "";
    for (int i = 0; i < 300; i++) {
      int cycles = 1 + slices.nextInt(i < 150 ? 40 : 400);
      interpreted.run(cycles);
      translated.run(cycles);
      String state = state(interpreted);
      assertEquals(state, state(translated), "seed " + seed + ", slice " + i + ", after " + before);
      before = state;
    }
    CodePage page = (CodePage) translated.ram.decoded[(code(seed) & 0x1FFF_FFFF) >>> 12];
    assertTrue(page != null && page.translations > 0, "nothing was translated");
  }

  @ParameterizedTest
  @ValueSource(ints = {CODE, CODE + 0xFF8, CODE + 0xFF0, CODE + 0xFE8})
  void aLoopThatRewritesItselfIsFollowed(int code) {
    TestCore[] cores = {new TestCore(), new TestCore()};
    cores[0].cpu.engine(Cpu.Engine.INTERPRETER);
    cores[1].cpu.translateEagerly(7, 1);
    int add = new Asm().op("addiu", 's', 2, 't', 2, 'i', 1).words().get(0);
    for (TestCore core : cores) {
      core.at(TestCore.BOOT, new Asm().li(8, code).li(5, add).li(4, code).op("jr", 's', 8).nop());
      core.at(
          code,
          new Asm()
              .op("addiu", 's', 2, 't', 2, 'i', 1)
              .op("addiu", 's', 6, 't', 6, 'i', 1)
              .op("andi", 's', 6, 't', 7, 'i', 63)
              .op("bne", 's', 7, 't', 0, 'i', -4)
              .nop()
              .op("addiu", 's', 5, 't', 5, 'i', 1)
              .op("beq", 'i', -7)
              .op("sw", 's', 4, 't', 5));
    }
    for (int i = 0; i < 200; i++) {
      cores[0].run(97);
      cores[1].run(97);
      assertEquals(state(cores[0]), state(cores[1]), "slice " + i);
    }
    assertTrue(cores[0].r(2) > 10_000);
  }

  /** Whenever a thread behind the core's comes with a translation, of whichever version of it. */
  @Test
  void codeThatChangesWhileItIsBeingTranslatedIsFollowed() {
    TestCore[] cores = {new TestCore(), new TestCore()};
    cores[0].cpu.engine(Cpu.Engine.INTERPRETER);
    cores[1].cpu.engine(Cpu.Engine.AUTO);
    for (TestCore core : cores) {
      core.at(TestCore.BOOT, new Asm().li(8, CODE).op("jr", 's', 8).nop());
      core.at(CODE, new Asm().nop().op("beq", 'i', -2).nop());
    }
    for (int round = 1; cores[1].cpu.translations() < 3; round++) {
      boolean rewrite = Integer.bitCount(round) == 1;
      int add = new Asm().op("addiu", 's', 2, 't', 2, 'i', round & 0xFFF).words().get(0);
      for (TestCore core : cores) {
        if (rewrite) {
          core.ram.store(CODE & 0x1FFF_FFFF, 4, add);
        }
        core.run(20_000);
      }
      assertEquals(state(cores[0]), state(cores[1]), "round " + round);
    }
  }

  @Test
  void aLoopIsLeftWhereItsSecondPageIsMappedElsewhere() {
    TestCore[] cores = {new TestCore(), new TestCore()};
    cores[0].cpu.engine(Cpu.Engine.INTERPRETER);
    cores[1].cpu.translateEagerly(7, 1);
    for (TestCore core : cores) {
      core.at(TestCore.BOOT, new Asm().li(8, 0x4FF8).op("jr", 's', 8).nop());
      Asm first = new Asm().op("addiu", 's', 2, 't', 2, 'i', 1).nop();
      core.at(TestCore.RAM + 0x10FF8, first);
      core.at(TestCore.RAM + 0x20000, second(3));
      core.at(TestCore.RAM + 0x30000, second(4));
      core.cpu.root().set(Cp0Reg.STATUS, 0);
    }
    for (int i = 0; i < 100; i++) {
      for (TestCore core : cores) {
        int lo = TlbEntry.V | TlbEntry.D | TlbEntry.G;
        int next = (i & 1) == 0 ? 0x20 : 0x30;
        core.cpu
            .rootTlb()
            .write(0, new TlbEntry(0x4000, 0x10 << 6 | lo, next << 6 | lo, 0x1800, 0));
        core.run(101 + i % 7);
      }
      assertEquals(state(cores[0]), state(cores[1]), "slice " + i);
    }
    assertTrue(cores[1].cpu.translations() > 1, "nothing was translated");
    assertTrue(cores[0].r(3) > 500 && cores[0].r(4) > 500, "one of the pages was not executed");
  }

  private static Asm second(int counts) {
    return new Asm()
        .op("addiu", 's', counts, 't', counts, 'i', 1)
        .op("beq", 'i', -4)
        .op("addiu", 's', 5, 't', 5, 'i', 1);
  }

  @Test
  void generatedMethodsStaySmall() {
    for (long seed = 1; seed <= 20; seed++) {
      TestCore core = core(seed, false);
      CodePage page = new CodePage(core.ram, (CODE & 0x1FFF_FFFF) >>> 12);
      CodePage next = new CodePage(core.ram, ((CODE & 0x1FFF_FFFF) >>> 12) + 1);
      for (int pc = code(seed); pc < code(seed) + 4 * WORDS; pc += 4) {
        boolean first = pc < CODE + 0x1000;
        RegionPlan plan = new RegionPlan(first ? page : next, pc, RegionPlan.MAX_INSNS, at -> next);
        if (!plan.blocks().isEmpty()) {
          int length = codeLength(Translator.bytes(plan));
          assertTrue(length < InterpreterGenerator.HUGE_METHOD, "seed " + seed + ": " + length);
        }
      }
    }
  }

  private static int codeLength(byte[] bytes) {
    return java.lang.classfile.ClassFile.of().parse(bytes).methods().stream()
        .mapToInt(m -> m.findAttribute(Attributes.code()).orElseThrow().codeLength())
        .max()
        .orElseThrow();
  }

  @Test
  void waitLeavesTranslatedCode() {
    TestCore core = new TestCore();
    core.cpu.translateEagerly(3, 2);
    core.at(
        TestCore.BOOT,
        new Asm().op("addiu", 's', 4, 't', 4, 'i', 1).op("wait").op("beq", 'i', -3).nop().stop());
    for (int wakes = 1; wakes < 100; wakes++) {
      core.run(40);
      assertEquals(wakes, core.r(4));
      assertEquals(TestCore.BOOT + 8, core.cpu.pc());
      core.cpu.request(1, 0x200, 0);
      core.run(1);
      core.cpu.request(0, 0, 0);
    }
  }
}
