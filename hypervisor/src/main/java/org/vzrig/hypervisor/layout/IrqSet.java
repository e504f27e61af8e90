package org.vzrig.hypervisor.layout;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The interrupts of one guest.
 *
 * @param owned numbers of real interrupts that belong to the guest
 * @param emulated names of emulators by number; {@code insert_timer} for 0, which every guest has
 */
public record IrqSet(NavigableSet<Integer> owned, NavigableMap<Integer, String> emulated) {
  /** Interrupt words of the controller (IFS0 to IFS6). */
  private static final int WORDS = 7;

  /** Priority words of the controller (IPC0 to IPC53). */
  private static final int PRIORITY_WORDS = 54;

  /** Bits in IFSx and IECx of the owned interrupts, 7 words. */
  public int[] ownedMask() {
    return mask(owned::contains);
  }

  /** Bits in IFSx and IECx of the emulated interrupts, 7 words. */
  public int[] emulatedMask() {
    return mask(emulated::containsKey);
  }

  /** Bits in IPCx of the owned interrupts, 54 words, 1F per interrupt. */
  public int[] ownedPriorityMask() {
    return priorityMask(owned);
  }

  /** Bits in IPCx of the emulated interrupts, 54 words, 1F per interrupt. */
  public int[] emulatedPriorityMask() {
    return priorityMask(emulated.keySet());
  }

  private static int[] mask(IntPredicate member) {
    int[] words = new int[WORDS];
    for (int irq = 0; irq < 32 * WORDS; irq++) {
      words[irq / 32] |= member.test(irq) ? 1 << irq % 32 : 0;
    }
    return words;
  }

  private static int[] priorityMask(Set<Integer> irqs) {
    int[] words = new int[PRIORITY_WORDS];
    for (int irq : irqs) {
      words[irq / 4] |= 0x1F << 8 * (irq % 4);
    }
    return words;
  }
}
