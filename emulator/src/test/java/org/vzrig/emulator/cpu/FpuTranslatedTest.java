package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Operations of the FPU on the corners of its formats, in a loop that is translated: results and
 * FCSR, with the Cause that is worked out late, are those of the interpreter at every slice.
 */
class FpuTranslatedTest {
  private static final int CODE = 0xA000_1000;
  private static final int DATA = 0xA000_4000;
  private static final int PAIRS = 64;
  private static final int OPERATIONS = 24;
  private static final int SLICES = 400;

  private static final int DATA_REGISTER = 20;
  private static final int END_REGISTER = 21;
  private static final int CONTROL_REGISTER = 22;

  /** Flags that programs run with: as after reset, flushing, Inexact known, everything trapped. */
  private static final List<Integer> CONTROLS =
      List.of(
          0,
          Fcsr.FS,
          Fcsr.FS | Fcsr.INEXACT << Fcsr.FLAGS_SHIFT,
          Fcsr.INEXACT << Fcsr.FLAGS_SHIFT,
          Fcsr.FS | Fcsr.INEXACT << Fcsr.FLAGS_SHIFT | Fcsr.UP,
          Fcsr.ENABLES);

  private static final List<InsnDef> OPERATIONS_OF_FPU =
      InsnTable.MIPS32.all().stream()
          .filter(InsnDef::usesFpu)
          .filter(FpuTranslatedTest::alone)
          .toList();

  private static boolean alone(InsnDef def) {
    return def.flow() == Flow.NEXT && !def.operands().contains("cpu");
  }

  @Test
  void resultsAndFlagsAreThoseOfTheInterpreter() {
    for (long seed : Seeds.of("FPU in both engines", LongStream.range(0, 12).toArray())) {
      TestCore interpreted = core(seed, false);
      TestCore translated = core(seed, true);
      for (int slice = 0; slice < SLICES; slice++) {
        int cycles = 1 + (slice * 37) % 211;
        assertEquals(
            TranslatorTest.state(interpreted.run(cycles)),
            TranslatorTest.state(translated.run(cycles)),
            "seed " + seed + ", slice " + slice);
      }
      assertNotNull(translated.ram.decoded[(CODE & 0x1FFF_FFFF) >>> 12]);
    }
  }

  private static TestCore core(long seed, boolean translated) {
    TestCore core = new TestCore();
    if (translated) {
      core.cpu.translateEagerly(7, 1);
    } else {
      core.cpu.engine(Cpu.Engine.INTERPRETER);
    }
    Random random = Seeds.random(seed);
    core.at(TestCore.BOOT, new Asm().li(8, CODE).op("jr", 's', 8).nop());
    core.skipWhatRaises();
    core.at(CODE, program(new RandomWords(random), seed));
    RandomFloats floats = new RandomFloats(new RandomWords(random), Profile.FPU_WIDE);
    for (int i = 0; i < 2 * PAIRS; i++) {
      FloatFormat format = random.nextInt(4) == 0 ? FloatFormat.SINGLE : FloatFormat.DOUBLE;
      long value = floats.value(format);
      core.ram.store((DATA & 0x1FFF_FFFF) + 8 * i, 4, (int) value);
      core.ram.store((DATA & 0x1FFF_FFFF) + 8 * i + 4, 4, (int) (value >>> 32));
    }
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV | Status.CU1 | (seed % 3 == 0 ? 0 : Status.FR));
    return core;
  }

  /** Walks over the operands again and again. */
  private static Asm program(RandomWords random, long seed) {
    int control = CONTROLS.get((int) Math.floorMod(seed, (long) CONTROLS.size()));
    Asm asm =
        new Asm()
            .li(END_REGISTER, DATA + 16 * PAIRS)
            .li(CONTROL_REGISTER, control)
            .op("ctc1", 't', CONTROL_REGISTER, 'S', 31);
    int outer = asm.words().size();
    asm.li(DATA_REGISTER, DATA);
    int loop = asm.words().size();
    asm.op("ldc1", 's', DATA_REGISTER, 'T', 2, 'i', 0)
        .op("ldc1", 's', DATA_REGISTER, 'T', 4, 'i', 8)
        .op("lwc1", 's', DATA_REGISTER, 'T', 3, 'i', 4);
    for (int i = 0; i < OPERATIONS; i++) {
      asm.word(operation(random));
      if (random.oneIn(12)) {
        asm.op("cfc1", 't', 9, 'S', 31);
      }
    }
    asm.op("addiu", 's', DATA_REGISTER, 't', DATA_REGISTER, 'i', 16);
    asm.op("bne", 's', DATA_REGISTER, 't', END_REGISTER, 'i', loop - asm.words().size() - 1).nop();
    asm.op("beq", 's', 0, 't', 0, 'i', outer - asm.words().size() - 1).nop();
    return asm;
  }

  /** Registers are few, so that operations see each other's results. */
  private static int operation(RandomWords random) {
    InsnDef def = OPERATIONS_OF_FPU.get(random.below(OPERATIONS_OF_FPU.size()));
    int word = random.word(def);
    for (char register : new char[] {'D', 'R', 'S', 'T'}) {
      word = def.has(register) ? set(def.field(register), word, random.below(8)) : word;
    }
    for (char register : new char[] {'d', 's', 't'}) {
      word = def.has(register) ? set(def.field(register), word, 8 + random.below(8)) : word;
    }
    return word;
  }

  private static int set(InsnDef.Field field, int word, int value) {
    return word & ~(31 << field.shift()) | value << field.shift();
  }
}
