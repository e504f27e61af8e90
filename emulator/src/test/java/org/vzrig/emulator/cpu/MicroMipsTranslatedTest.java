package org.vzrig.emulator.cpu;

/** The same with code that is translated as early as possible. */
class MicroMipsTranslatedTest extends MicroMipsTest {
  MicroMipsTranslatedTest() {
    core.cpu.translateEagerly(1, 1);
  }
}
