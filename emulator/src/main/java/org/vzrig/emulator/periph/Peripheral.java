package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.RegisterBlock;

/** A module of the chip. */
public interface Peripheral {
  /** The module's registers. */
  RegisterBlock registers();

  /** Brings registers and inner state to their reset state and takes pending events out. */
  void reset();

  /** PMD switches the module's clock: off resets the module and hides its registers. */
  default void powered(boolean on) {
    if (on != registers().powered()) {
      registers().powered(on);
      reset();
    }
  }
}
