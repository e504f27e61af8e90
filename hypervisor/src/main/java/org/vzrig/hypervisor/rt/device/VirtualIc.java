package org.vzrig.hypervisor.rt.device;

import static org.vzrig.hypervisor.rt.core.InterruptUnit.CLR;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IEC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IFS;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.INV;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IPC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.OFF;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.SET;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.SOURCES;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.WORDS;

import java.util.Arrays;
import java.util.Set;

/** A guest's own copy of the interrupt controller's registers, and which sources it may touch. */
public final class VirtualIc {
  /** No source. */
  public static final int NONE = -1;

  private final int[] words = new int[OFF / 16];
  private final int[] offsets = new int[SOURCES];
  private final int[] owned = new int[OFF / 16];
  private final int[] emulated = new int[OFF / 16];

  /**
   * A controller with all registers 0.
   *
   * @param ownedSources IRQ numbers of the chip that belong to this guest
   * @param emulatedSources IRQ numbers that exist for the guest only
   */
  public VirtualIc(Set<Integer> ownedSources, Set<Integer> emulatedSources) {
    ownedSources.forEach(irq -> allow(owned, irq));
    emulatedSources.forEach(irq -> allow(emulated, irq));
  }

  private static void allow(int[] masks, int irq) {
    masks[IFS / 16 + irq / 32] |= 1 << irq;
    masks[IEC / 16 + irq / 32] |= 1 << irq;
    masks[IPC / 16 + irq / 4] |= 0x1F << irq % 4 * 8;
  }

  /** Back to reset: every register 0. */
  public void reset() {
    Arrays.fill(words, 0);
    Arrays.fill(offsets, 0);
  }

  /** The register at {@code offset} (aliases included) as the guest last left it. */
  public int word(int offset) {
    return words[offset / 16];
  }

  /** Sets the register at {@code offset}. */
  public void word(int offset, int value) {
    words[offset / 16] = value;
  }

  /** Bits of the register at {@code offset} that are the guest's own in the chip. */
  public int owned(int offset) {
    return owned[offset / 16];
  }

  /** Bits of the register at {@code offset} that exist for the guest only. */
  public int emulated(int offset) {
    return emulated[offset / 16];
  }

  /** The OFF register of source {@code irq}. */
  public int vectorOffset(int irq) {
    return offsets[irq];
  }

  /** Sets the OFF register of source {@code irq}. */
  public void vectorOffset(int irq, int value) {
    offsets[irq] = value;
  }

  /** What a register holds after a write of {@code value} to it or to one of its aliases. */
  public static int written(int old, int offset, int value) {
    return switch (offset & 12) {
      case CLR -> old & ~value;
      case SET -> old | value;
      case INV -> old ^ value;
      default -> value;
    };
  }

  /** Sets the flag of source {@code irq}. */
  public void raise(int irq) {
    words[IFS / 16 + irq / 32] |= 1 << irq;
  }

  /** Clears the flag of source {@code irq}. */
  public void clear(int irq) {
    words[IFS / 16 + irq / 32] &= ~(1 << irq);
  }

  /** Whether the flag of source {@code irq} is set. */
  public boolean raised(int irq) {
    return (words[IFS / 16 + irq / 32] >>> irq & 1) != 0;
  }

  /** Priority (0 to 7) that the guest gave source {@code irq}. */
  public int priority(int irq) {
    return rank(irq) >>> 2;
  }

  /** Priority and subpriority as one number. */
  private int rank(int irq) {
    return words[IPC / 16 + irq / 4] >>> irq % 4 * 8 & 0x1F;
  }

  /**
   * The source that the controller presents: flag and enable set, priority 1 or more; the highest
   * priority, then the highest subpriority, then the lowest number; or {@link #NONE}.
   */
  public int present() {
    int best = NONE;
    int bestRank = 3;
    for (int word = 0; word < WORDS; word++) {
      int ready = words[IFS / 16 + word] & words[IEC / 16 + word];
      for (; ready != 0; ready &= ready - 1) {
        int irq = word * 32 + Integer.numberOfTrailingZeros(ready);
        if (irq < SOURCES && rank(irq) > bestRank) {
          best = irq;
          bestRank = rank(irq);
        }
      }
    }
    return best;
  }
}
