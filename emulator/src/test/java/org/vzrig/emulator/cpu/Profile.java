package org.vzrig.emulator.cpu;

import java.util.List;

/**
 * A kind of random program: which instructions it has, which state it compares and which core QEMU
 * shows.
 *
 * @param name for messages
 * @param model argument of QEMU's {@code -cpu}
 * @param elfFlags e_flags besides those of MIPS32 release 2 and o32
 * @param status bits of our Status register besides user mode
 * @param classes where its instructions are declared
 */
record Profile(String name, String model, int elfFlags, int status, List<Class<?>> classes) {
  /** Everything integer that user mode may execute. */
  static final Profile INTEGER =
      new Profile(
          "integer",
          "24Kc",
          0,
          0,
          List.of(IntegerInsns.class, BranchInsns.class, MemoryInsns.class));

  boolean has(InsnDef def) {
    return classes.contains(def.method().getDeclaringClass());
  }
}
