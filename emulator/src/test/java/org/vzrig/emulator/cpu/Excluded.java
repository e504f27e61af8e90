package org.vzrig.emulator.cpu;

import java.util.Map;

/** Instructions of the compared classes that random programs leave out, each with its reason. */
final class Excluded {
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("syscall", "the test's own programs end and put out their state with it"),
          Map.entry("swm", "QEMU's stores only the lower half of each register"),
          Map.entry("jalx", "the cores of qemu-mipsel that it shows have MIPS16 instead"),
          Map.entry("aclr", "no core of qemu-mipsel has the MCU ASE"),
          Map.entry("aset", "no core of qemu-mipsel has the MCU ASE"));

  private Excluded() {}

  static boolean contains(InsnDef def) {
    return REASONS.containsKey(def.name());
  }
}
