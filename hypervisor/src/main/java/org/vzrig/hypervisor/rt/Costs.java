package org.vzrig.hypervisor.rt;

/**
 * What root's work costs the machine, in cycles of SYSCLK.
 *
 * <p>The Java hypervisor itself takes no virtual time; these fixed prices stand for the MIPS code
 * that a board would run, so that guests see believable and repeatable times. They were chosen so
 * that two guests' periods of 100 ms and 1 s, and the 135 us of a guest that programs the DMA
 * without end, come out as under tinyVP's own binary on this core.
 */
final class Costs {
  /** A root TLB refill from the page tree. */
  static final int REFILL = 40;

  /** Any other exit of a guest. */
  static final int EXIT = 408;

  /** An interrupt that root takes. */
  static final int INTERRUPT = 500;

  /** A switch to another thread, on top. */
  static final int SWITCH = 450;

  private Costs() {}
}
