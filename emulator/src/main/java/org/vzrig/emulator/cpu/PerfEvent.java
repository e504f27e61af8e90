package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;

/**
 * What a performance counter can count: PerfCtl.Event of counter 0 and 1. Numbers as in the
 * microAptiv and M51xx manuals' table of events; what the model does not have (caches, stalls,
 * micro TLBs) is not in it and never counts.
 */
enum PerfEvent {
  /** Cycles. */
  CYCLES(0, 0),
  /** Instructions completed. */
  INSTRUCTIONS(1, 1),
  /** Branch instructions. */
  BRANCHES(2, -1),
  /** JR r31. */
  RETURNS(3, -1),
  /** JR of other registers. */
  JUMPS_BY_REGISTER(4, -1),
  /** Instructions of the integer unit. */
  INTEGER(14, -1),
  /** Instructions of the FPU. */
  FLOATING_POINT(-1, 14),
  /** Loads. */
  LOADS(15, -1),
  /** Stores. */
  STORES(-1, 15),
  /** J and JAL. */
  JUMPS(16, -1),
  /** microMIPS instructions. */
  MICROMIPS(-1, 16),
  /** Instructions that do nothing. */
  NO_OPERATIONS(17, -1),
  /** Multiplications and divisions. */
  MULTIPLIES_DIVIDES(-1, 17),
  /** SC. */
  CONDITIONAL_STORES(19, -1),
  /** SC that failed. */
  FAILED_CONDITIONAL_STORES(-1, 19),
  /** Prefetches. */
  PREFETCHES(20, -1),
  /** Exceptions taken. */
  EXCEPTIONS(23, -1);

  private static final PerfEvent[] ALL = values();

  private final int first;
  private final int second;

  PerfEvent(int first, int second) {
    this.first = first;
    this.second = second;
  }

  /** The event with this number of counter 0 or 1; null for one that never comes. */
  static @Nullable PerfEvent of(int counter, int number) {
    for (PerfEvent event : ALL) {
      if ((counter == 0 ? event.first : event.second) == number) {
        return event;
      }
    }
    return null;
  }

  /** Whether it is a measure of time. */
  boolean timed() {
    return this == CYCLES || this == INSTRUCTIONS;
  }

  /** Whether each instruction has to be looked at. */
  boolean looksAtInstructions() {
    return !timed() && this != EXCEPTIONS;
  }

  /**
   * Whether an instruction that has completed is one of these.
   *
   * @param word its MIPS32 word
   * @param micro whether it is a microMIPS instruction
   * @param result what its register t holds now
   */
  boolean counts(InsnDef def, int word, boolean micro, int result) {
    Class<?> unit = def.method().getDeclaringClass();
    String name = def.name();
    return switch (this) {
      case BRANCHES -> def.flow().branches();
      case RETURNS -> jumpsByRegister(def) && def.field('s').of(word) == 31;
      case JUMPS_BY_REGISTER -> jumpsByRegister(def) && def.field('s').of(word) != 31;
      case INTEGER -> unit == IntegerInsns.class;
      case FLOATING_POINT -> unit.getSimpleName().startsWith("Fpu");
      case LOADS -> unit == MemoryInsns.class && name.startsWith("l");
      case STORES -> unit == MemoryInsns.class && name.startsWith("s") && !name.startsWith("sync");
      case JUMPS -> def.flow().jumps() && def.has('j');
      case MICROMIPS -> micro;
      case NO_OPERATIONS -> name.equals("nop") || def.discards(word);
      case MULTIPLIES_DIVIDES -> name.matches("(mult?|div|madd|msub)u?");
      case CONDITIONAL_STORES -> name.equals("sc");
      case FAILED_CONDITIONAL_STORES -> name.equals("sc") && result == 0;
      case PREFETCHES -> name.startsWith("pref");
      default -> false;
    };
  }

  private static boolean jumpsByRegister(InsnDef def) {
    return def.name().equals("jr") || def.name().equals("jr.hb");
  }
}
