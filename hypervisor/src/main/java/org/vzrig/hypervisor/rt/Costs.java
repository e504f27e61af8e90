package org.vzrig.hypervisor.rt;

/**
 * What root's work costs the machine, in cycles of SYSCLK.
 *
 * <p>The Java hypervisor itself takes no virtual time; these fixed prices stand for the MIPS code
 * that a board would run, so that guests see believable and repeatable times. They are of the order
 * of tinyVP's paths: a refill is some thirty instructions; an exit or an interrupt saves and
 * restores a frame and runs a few hundred.
 */
final class Costs {
  /** A root TLB refill from the page tree. */
  static final int REFILL = 40;

  /** Any other exit of a guest. */
  static final int EXIT = 400;

  /** An interrupt that root takes. */
  static final int INTERRUPT = 400;

  /** A switch to another thread, on top. */
  static final int SWITCH = 400;

  private Costs() {}
}
