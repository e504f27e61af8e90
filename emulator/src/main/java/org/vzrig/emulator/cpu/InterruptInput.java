package org.vzrig.emulator.cpu;

/**
 * The core's external interrupt controller (EIC) input, driven by the interrupt controller of the
 * chip.
 */
public interface InterruptInput {
  /**
   * What the interrupt controller asks for now; called at every change.
   *
   * @param ripl requested priority 1..7, or 0 for no request
   * @param vectorOffset offset of the vector from EBase, bytes
   * @param shadowSet shadow register set 0..7 for the handler
   */
  void request(int ripl, int vectorOffset, int shadowSet);
}
