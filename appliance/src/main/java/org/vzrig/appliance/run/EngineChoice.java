package org.vzrig.appliance.run;

import org.vzrig.emulator.cpu.Cpu;

/** What {@code --engine} takes. */
enum EngineChoice {
  AUTO(Cpu.Engine.AUTO),
  TRANSLATOR(Cpu.Engine.TRANSLATOR),
  INTERPRETER(Cpu.Engine.INTERPRETER),
  /** Two machines, one with each engine. */
  LOCKSTEP(Cpu.Engine.TRANSLATOR);

  final Cpu.Engine engine;

  EngineChoice(Cpu.Engine engine) {
    this.engine = engine;
  }
}
