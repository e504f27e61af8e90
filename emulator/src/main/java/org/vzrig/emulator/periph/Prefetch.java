package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.RegisterBlock;

/**
 * The prefetch module's registers (data sheet section 9). Wait states cost no time here: one
 * instruction takes one cycle wherever it comes from.
 */
public final class Prefetch implements Peripheral {
  private final RegisterBlock registers = new RegisterBlock(0x1F8E_0000, 0x100);

  /** The module. */
  public Prefetch() {
    registers.at(0x00, "PRECON").reset(7).rw(0x0400_0037);
    registers.at(0x10, "PRESTAT").rw(0xFF).clearOnly(0x0C00_0000);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
  }
}
