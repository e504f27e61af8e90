package org.vzrig.hypervisor.rt;

/** Hears what root and its guests print and who says it, which the line itself does not tell. */
@FunctionalInterface
public interface ConsoleTap {
  /**
   * A character was taken for the line.
   *
   * @param cycle virtual time
   * @param thread id of the guest, 0 for root
   * @param character 0 to 255
   */
  void printed(long cycle, int thread, int character);
}
