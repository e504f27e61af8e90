package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;

/**
 * Runs translated code where there is some and the interpreter elsewhere, and has hot code
 * translated.
 *
 * <p>The interpreter works in chunks; where it is found at the end of one is a sample of where time
 * goes. Places that translated code goes to and finds no translation are counted too.
 */
final class Dispatcher {
  private static final int CHUNK = 512;
  private static final int HOT = 8;
  private static final int ARRIVALS = 32;

  /** So many instructions without a branch are followed to find the start of a block. */
  private static final int LONG_BLOCK = 128;

  private final Interpreter interpreter;
  private final int chunk;
  private final int hot;

  /** Instructions until the next sample. */
  private int left;

  /** Where the core was left last: what goes on there is in the middle of something. */
  private int stopped;

  Dispatcher(Interpreter interpreter) {
    this(interpreter, CHUNK, HOT);
  }

  /** Translates what is found {@code hot} times at the end of {@code chunk} instructions. */
  Dispatcher(Interpreter interpreter, int chunk, int hot) {
    this.interpreter = interpreter;
    this.chunk = chunk;
    this.hot = hot;
    left = chunk;
  }

  /**
   * Executes from {@code cpu.pc} as {@link Interpreter#run} does, and takes exceptions and
   * interrupts on the way.
   */
  void run(Cpu cpu) {
    boolean fromOutside = cpu.pc != stopped;
    boolean arrived = false;
    boolean goesOn = true;
    cpu.translated.collect();
    while (goesOn) {
      cpu.depth = 0;
      cpu.lost = false;
      learn(cpu);
      Region.Body body = Region.at(cpu, cpu.pc);
      if (body == null && arrived) {
        body = arrival(cpu);
      }
      goesOn = body == null ? interpret(cpu, fromOutside || arrived) : translated(cpu, body);
      fromOutside = false;
      arrived = body != null;
    }
    stopped = cpu.pc;
  }

  private boolean translated(Cpu cpu, Region.Body body) {
    return switch (body.run(cpu, cpu.gpr, cpu.codePage)) {
      case Region.MISS -> {
        boolean goesOn = step(cpu);
        forgetMiss(cpu);
        yield goesOn;
      }
      case Region.SHORT -> {
        if (cpu.n < cpu.limit) {
          plainly(cpu);
        }
        yield cpu.goesOn();
      }
      case Region.RAISED -> cpu.take() && cpu.goesOn();
      default -> cpu.goesOn();
    };
  }

  /**
   * The budget does not reach for the next block: the interpreter ends at the exact instruction.
   */
  private void plainly(Cpu cpu) {
    cpu.plain = true;
    try {
      interpreter.run(cpu);
    } finally {
      cpu.plain = false;
    }
  }

  /** Lets the interpreter execute one instruction, a branch with its slot; false: leave. */
  private boolean step(Cpu cpu) {
    int end = cpu.n + 1;
    cpu.limit = end;
    plainly(cpu);
    return goesOn(cpu, end);
  }

  /** After the interpreter was told to stop at {@code end}. */
  private static boolean goesOn(Cpu cpu, int end) {
    if (cpu.limit == end) {
      cpu.limit = cpu.goal;
    }
    return cpu.goesOn();
  }

  /** An access that is not to plain memory will miss again: translate anew, with a call there. */
  private static void forgetMiss(Cpu cpu) {
    CodePage page = cpu.slowPage;
    if (page != null) {
      cpu.slowPage = null;
      page.drop(cpu.slowIndex);
    }
  }

  /** Interprets a chunk; {@code block} tells that a block begins here. */
  private boolean interpret(Cpu cpu, boolean block) {
    if (left <= 0) {
      left = chunk;
      if (!sample(cpu, block)) {
        return false;
      }
    }
    int before = cpu.n;
    int end = (int) Math.min(cpu.limit, (long) before + left);
    cpu.limit = end;
    interpreter.run(cpu);
    left -= cpu.n - before;
    return goesOn(cpu, end);
  }

  /** Translation begins where a branch goes to: at the head of a loop or function. */
  private boolean sample(Cpu cpu, boolean block) {
    CodePage page = page(cpu);
    if (page == null || ++page.heat < hot) {
      return true;
    }
    for (int i = 0; !block && hot > 1 && i < LONG_BLOCK; i++) {
      int from = cpu.pc;
      if (!step(cpu)) {
        return false;
      }
      if (cpu.pc != from + 4 && cpu.pc != from + 2) {
        break;
      }
    }
    translate(cpu);
    return true;
  }

  private static @Nullable CodePage page(Cpu cpu) {
    CodePage page = cpu.soft.exec(cpu.pc);
    return page == null ? null : page.view(cpu.pc);
  }

  private void translate(Cpu cpu) {
    CodePage page = page(cpu);
    if (page == null
        || page.region(cpu.pc) != null
        || cpu.translated.underWay(page, cpu.pc)
        || !page.mayTranslate(cpu.cycles())) {
      return;
    }
    page.heat = 0;
    cpu.translated.translate(page, cpu.pc, cpu::codeAt, page.assumed(cpu.fpu));
  }

  private Region.@Nullable Body arrival(Cpu cpu) {
    CodePage page = page(cpu);
    if (page == null || page.arrived(cpu.pc) < Math.min(ARRIVALS, 4 * hot)) {
      return null;
    }
    translate(cpu);
    return Region.at(cpu, cpu.pc);
  }

  /** Translated code came here by an indirect jump: what jumps here often is translated anew. */
  private void learn(Cpu cpu) {
    int from = cpu.jumpedFrom;
    boolean jumped = from != 0 && cpu.jumpedTo == cpu.pc;
    cpu.jumpedFrom = 0;
    if (!jumped || !near(from, cpu.pc)) {
      return;
    }
    CodePage page = page(cpu);
    CodePage origin = cpu.codeAt(from);
    if (page != null
        && origin != null
        && page.arrived(cpu.pc) >= Math.min(ARRIVALS, 4 * hot)
        && origin.jumped(from, cpu.pc)) {
      origin.drop(CodePage.index(from));
    }
  }

  /** Whether one region may contain both. */
  private static boolean near(int from, int to) {
    int distance = (to >> Memory.PAGE_SHIFT) - (from >> Memory.PAGE_SHIFT);
    return distance >= -1 && distance <= 1 && ((from ^ to) & 1) == 0;
  }
}
