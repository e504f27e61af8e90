package org.vzrig.hypervisor.config;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A device that a guest gets, from the library or written in place.
 *
 * @param where the line of the {@code device =} or {@code .device} in the guest's block
 * @param name its name; empty when it has none
 * @param regions register blocks
 * @param irqs interrupt numbers
 * @param shared whether several guests may have it
 * @param emulator name of the emulator that serves it, or null for the real device
 * @param cfgpgPosition bit position of its permission group in CFGPG; present for what does DMA
 * @param dmaSet number of the peripheral set that DMA of this guest may reach
 * @param pmdBits the bit to clear in PMDn, by n (1 to 7)
 */
public record Device(
    Where where,
    String name,
    List<Region> regions,
    List<Irq> irqs,
    boolean shared,
    @Nullable String emulator,
    OptionalInt cfgpgPosition,
    OptionalInt dmaSet,
    Map<Integer, Integer> pmdBits) {
  /**
   * An interrupt number of a device.
   *
   * @param where the line that names it, in the library or in place
   * @param number 0 to 213
   */
  public record Irq(Where where, int number) {}
}
