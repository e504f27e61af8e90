package org.vzrig.emulator.periph;

import java.util.HashMap;
import java.util.Map;
import org.vzrig.boards.SfrNames;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;

/**
 * A module of which only the registers exist: they keep what is written, and a driver that probes
 * finds no device and no link. What must answer differently is declared by the module's maker.
 */
public final class PassiveModule implements Peripheral {
  private final RegisterBlock registers;
  private final Map<String, Register> byName = new HashMap<>();

  /** Every named register from {@code base} on, {@code size} bytes (a multiple of 256). */
  public PassiveModule(int base, int size) {
    registers = new RegisterBlock(base, size);
    for (int at = 0; at < size; at += 4) {
      if (SfrNames.known(base + at)) {
        declare(base, at);
      }
    }
  }

  private void declare(int base, int at) {
    String name = SfrNames.of(base + at);
    boolean aliases = SfrNames.of(base + at + 4).equals(name + "CLR");
    boolean alias = name.endsWith("CLR") || name.endsWith("SET") || name.endsWith("INV");
    if (!alias) {
      Register register = aliases ? registers.at(at, name) : registers.plain(at, name);
      byName.put(name, register.rw());
    }
  }

  /** The register called {@code name}. */
  public Register register(String name) {
    Register register = byName.get(name);
    if (register == null) {
      throw new IllegalArgumentException("no register is called " + name);
    }
    return register;
  }

  /** Declares reset values: name, value, name, value and so on. */
  PassiveModule resets(Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      register((String) pairs[i]).reset((Integer) pairs[i + 1]);
    }
    return this;
  }

  /** Declares registers that software cannot write. */
  PassiveModule readOnly(String... names) {
    for (String name : names) {
      register(name).rw(0);
    }
    return this;
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
