package org.vzrig.emulator.cpu;

import org.vzrig.emulator.bus.CpuBus;

/** Which engine executes the core's instructions, and what it has translated. */
abstract sealed class CoreEngine extends CoreMemory permits Cpu {
  private static final Interpreter MIPS32 = InterpreterGenerator.generate();
  static final Interpreter INTERPRETER = CoreEngine::interpret;
  private static final int EAGER_CHUNK = 64;
  private static final int EAGER_HOT = 2;

  /** For tests: every core translates whatever it executes, as soon as it does. */
  private static final boolean EVERYTHING = Boolean.getBoolean("vzrig.translate.everything");

  transient Interpreter engine;

  /** What was translated. */
  transient Translations translated = new Translations();

  CoreEngine(CpuBus bus) {
    super(bus);
    engine = (EVERYTHING ? new Dispatcher(INTERPRETER, 1, 1) : new Dispatcher(INTERPRETER))::run;
    translated.behind(!EVERYTHING);
  }

  /** Chooses the engine; all do the same, instruction for instruction. */
  public void engine(Cpu.Engine choice) {
    engine =
        switch (choice) {
          case INTERPRETER -> INTERPRETER;
          case TRANSLATOR -> new Dispatcher(INTERPRETER, EAGER_CHUNK, EAGER_HOT)::run;
          case AUTO -> new Dispatcher(INTERPRETER)::run;
        };
    plain = choice == Cpu.Engine.INTERPRETER;
    translated.behind(choice == Cpu.Engine.AUTO);
  }

  /** How many regions this core has translated so far. */
  public long translations() {
    return translated.made();
  }

  /** How many translated regions there are now. */
  public int regions() {
    return translated.size();
  }

  /**
   * Tells {@code watcher} with true before the thread that runs the core does something for the
   * translator, and with false afterwards: for measurements.
   */
  public void watchTranslation(TranslationWatcher watcher) {
    translated.watch(watcher);
  }

  /** For tests: keeps at most {@code most} translated regions. */
  void keepRegions(int most) {
    translated.keep(most);
  }

  /** For tests: translates after {@code hot} samples, one every {@code chunk} instructions. */
  void translateEagerly(int chunk, int hot) {
    engine = new Dispatcher(INTERPRETER, chunk, hot)::run;
    plain = false;
    translated.behind(false);
  }

  private static void interpret(Cpu cpu) {
    ((cpu.pc & 1) == 0 ? MIPS32 : Micro.INTERPRETER).run(cpu);
  }

  /** Generated when microMIPS code is first met. */
  private static final class Micro {
    static final Interpreter INTERPRETER = MicroInterpreterGenerator.generateMicro();
  }
}
