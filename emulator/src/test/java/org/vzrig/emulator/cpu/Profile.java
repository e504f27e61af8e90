package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * A kind of random program: which instructions it has, which state it compares and which core QEMU
 * shows.
 *
 * @param name for messages
 * @param model argument of QEMU's {@code -cpu}
 * @param elfFlags e_flags besides those of MIPS32 release 2 and o32
 * @param status bits of our Status register besides user mode
 * @param fpu which FPU registers there are
 * @param classes where its instructions are declared
 */
record Profile(
    String name, String model, int elfFlags, int status, FpuRegisters fpu, List<Class<?>> classes) {
  /** The register model of the FPU. */
  enum FpuRegisters {
    NONE,
    /** Status.FR = 0: a double is a pair of registers. */
    PAIRS,
    /** Status.FR = 1. */
    WIDE
  }

  private static final int EF_MIPS_NAN2008 = 0x400;
  private static final int EF_MIPS_MICROMIPS = 0x0200_0000;
  private static final List<Class<?>> INTEGER_CLASSES =
      List.of(IntegerInsns.class, BranchInsns.class, MemoryInsns.class);

  /** Everything integer that user mode may execute. */
  static final Profile INTEGER =
      new Profile("integer", "24Kc", 0, 0, FpuRegisters.NONE, INTEGER_CLASSES);

  /** FPU with Status.FR = 0; the P5600 has the NaNs of IEEE 754-2008, as the M5150 has. */
  static final Profile FPU_PAIRS =
      new Profile(
          "FPU, FR=0",
          "P5600",
          EF_MIPS_NAN2008,
          Status.CU1,
          FpuRegisters.PAIRS,
          with(FpuInsns.class, FpuSingleInsns.class, FpuDoubleInsns.class));

  /** FPU with Status.FR = 1. */
  static final Profile FPU_WIDE =
      new Profile(
          "FPU, FR=1",
          "P5600",
          EF_MIPS_NAN2008,
          Status.CU1 | Status.FR,
          FpuRegisters.WIDE,
          with(FpuInsns.class, FpuSingleInsns.class, FpuDoubleInsns.class));

  /** Everything integer in microMIPS; changes to MIPS32 and back at every snapshot. */
  static final Profile MICROMIPS =
      new Profile(
          "microMIPS",
          "M14K",
          EF_MIPS_MICROMIPS,
          0,
          FpuRegisters.NONE,
          List.of(IntegerInsns.class, BranchInsns.class, MemoryInsns.class, MicroInsns.class));

  /** The DSP ASE, revision 2. */
  static final Profile DSP =
      new Profile(
          "DSP",
          "74Kf",
          0,
          Status.MX,
          FpuRegisters.NONE,
          with(
              DspInsns.class,
              DspArithmeticInsns.class,
              DspShiftInsns.class,
              DspAccumulatorInsns.class));

  private static List<Class<?>> with(Class<?>... more) {
    List<Class<?>> classes = new ArrayList<>(INTEGER_CLASSES);
    classes.addAll(List.of(more));
    return List.copyOf(classes);
  }

  boolean has(InsnDef def) {
    return classes.contains(def.method().getDeclaringClass());
  }

  /** Whether the random instructions are microMIPS. */
  boolean micro() {
    return (elfFlags & EF_MIPS_MICROMIPS) != 0;
  }

  boolean floats() {
    return fpu != FpuRegisters.NONE;
  }

  boolean dsp() {
    return (status & Status.MX) != 0;
  }

  boolean pairs() {
    return fpu == FpuRegisters.PAIRS;
  }
}
