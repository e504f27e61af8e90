package org.vzrig.bench.compare;

import java.util.List;

/** A kernel of the image {@code hypervisor/guests/kernels}, and how fast it has to be. */
record Kernel(char letter, String name, Kind kind) {
  /** What a kernel exercises, with the floor of its ratio to QEMU. */
  enum Kind {
    INTEGER(0.6),
    FPU(3),
    SYSTEM(3),
    OTHER(0);

    final double floor;

    Kind(double floor) {
      this.floor = floor;
    }
  }

  /** Floor of the geometric mean of the integer kernels. */
  static final double INTEGER_MEAN = 1.0;

  static final List<Kernel> ALL =
      List.of(
          new Kernel('a', "sieve", Kind.INTEGER),
          new Kernel('b', "CRC-32", Kind.INTEGER),
          new Kernel('c', "matrix 64x64", Kind.INTEGER),
          new Kernel('d', "quicksort", Kind.INTEGER),
          new Kernel('e', "list walk", Kind.INTEGER),
          new Kernel('f', "recursion", Kind.INTEGER),
          new Kernel('g', "bytecode VM", Kind.INTEGER),
          new Kernel('h', "strings", Kind.INTEGER),
          new Kernel('k', "soft-float", Kind.INTEGER),
          new Kernel('i', "n-body", Kind.FPU),
          new Kernel('j', "FFT", Kind.FPU),
          new Kernel('l', "port writes", Kind.SYSTEM),
          new Kernel('m', "port reads", Kind.SYSTEM),
          new Kernel('n', "syscalls", Kind.SYSTEM),
          new Kernel('o', "interrupts", Kind.SYSTEM),
          new Kernel('p', "console status", Kind.OTHER));
}
