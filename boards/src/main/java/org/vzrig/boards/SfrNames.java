package org.vzrig.boards;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The data sheet's names of the special function registers, their CLR, SET and INV aliases
 * included.
 */
public final class SfrNames {
  private static final Map<Integer, String> NAMES = new HashMap<>(8192);
  private static final Map<String, Integer> ADDRESSES = new HashMap<>(8192);
  private static final String[] ALIASES = {"", "CLR", "SET", "INV"};

  static {
    SfrTable.define(SfrNames::add);
  }

  private SfrNames() {}

  /**
   * Name of the register at {@code address}, physical or in KSEG0 or KSEG1, such as U4STASET; a
   * byte inside a register is shown as U4STA+2, an unknown address as its eight digits.
   */
  public static String of(int address) {
    int physical = address & 0x1FFF_FFFF;
    String name = NAMES.get(physical & ~3);
    if (name == null) {
      return "%08X".formatted(physical);
    }
    return (physical & 3) == 0 ? name : name + "+" + (physical & 3);
  }

  /** Whether {@code address} belongs to a register with a name. */
  public static boolean known(int address) {
    return NAMES.containsKey(address & 0x1FFF_FFFC);
  }

  /** Physical address of the register called {@code name}, aliases such as LATGINV included. */
  public static OptionalInt address(String name) {
    Integer address = ADDRESSES.get(name);
    return address == null ? OptionalInt.empty() : OptionalInt.of(address);
  }

  private static void add(int address, String name, boolean aliases) {
    for (int alias = 0; alias < (aliases ? ALIASES.length : 1); alias++) {
      String full = name + ALIASES[alias];
      NAMES.put(address + 4 * alias, full);
      ADDRESSES.put(full, address + 4 * alias);
    }
  }
}
