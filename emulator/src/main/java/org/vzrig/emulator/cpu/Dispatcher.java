package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;

/**
 * Runs translated code where there is some and the interpreter elsewhere, and has hot code
 * translated.
 *
 * <p>The interpreter works in chunks; where it is found at the end of one is a sample of where time
 * goes.
 */
final class Dispatcher {
  private static final int CHUNK = 512;
  private static final int HOT = 8;

  /** A page that is rewritten again and again is left to the interpreter. */
  private static final int MOST_TRANSLATIONS = 200;

  private final Interpreter interpreter;
  private final int chunk;
  private final int hot;

  Dispatcher(Interpreter interpreter) {
    this(interpreter, CHUNK, HOT);
  }

  /** Translates what is found {@code hot} times at the end of {@code chunk} instructions. */
  Dispatcher(Interpreter interpreter, int chunk, int hot) {
    this.interpreter = interpreter;
    this.chunk = chunk;
    this.hot = hot;
  }

  /** Executes from {@code cpu.pc} as {@link Interpreter#run} does. */
  void run(Cpu cpu) {
    while (true) {
      Region region = region(cpu);
      boolean goesOn = region == null ? interpret(cpu) : translated(cpu, region);
      if (!goesOn) {
        return;
      }
    }
  }

  private static @Nullable Region region(Cpu cpu) {
    CodePage known = cpu.soft.exec(cpu.pc);
    if (known == null) {
      return null;
    }
    CodePage page = known.view(cpu.pc);
    cpu.codePage = page;
    return page.region(cpu.pc);
  }

  private boolean translated(Cpu cpu, Region region) {
    int before = cpu.n;
    region.run(cpu);
    if (cpu.n >= cpu.limit) {
      return false;
    }
    if (cpu.n != before) {
      return true;
    }
    // the budget does not reach for the next block: the interpreter ends at the exact instruction
    cpu.plain = true;
    try {
      interpreter.run(cpu);
    } finally {
      cpu.plain = false;
    }
    return false;
  }

  private boolean interpret(Cpu cpu) {
    int limit = cpu.limit;
    int end = Math.min(limit, cpu.n + chunk);
    cpu.limit = end;
    interpreter.run(cpu);
    if (cpu.limit != end || cpu.waiting) {
      return false;
    }
    cpu.limit = limit;
    if (cpu.n >= limit) {
      return false;
    }
    if (cpu.n >= end) {
      sample(cpu);
    }
    return true;
  }

  private void sample(Cpu cpu) {
    CodePage known = cpu.soft.exec(cpu.pc);
    CodePage page = known == null ? null : known.view(cpu.pc);
    if (page == null
        || (cpu.pc & 1) != 0
        || ++page.heat < hot
        || page.translations >= MOST_TRANSLATIONS) {
      return;
    }
    page.heat = 0;
    Region region = Translator.translate(page, cpu.pc);
    if (region != null) {
      page.translations++;
      page.install(region);
    }
  }
}
