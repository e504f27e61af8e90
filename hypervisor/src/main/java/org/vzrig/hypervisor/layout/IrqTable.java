package org.vzrig.hypervisor.layout;

import java.util.List;

/**
 * Who gets an interrupt that the controller presents.
 *
 * @param owner id of the guest by interrupt number, 0 for nobody; 216 entries
 * @param emulator name of the emulator by interrupt number, empty for none; 216 entries, without
 *     the timer
 */
public record IrqTable(List<Integer> owner, List<String> emulator) {
  /** Entries in tinyVP's tables. */
  public static final int SIZE = 216;
}
