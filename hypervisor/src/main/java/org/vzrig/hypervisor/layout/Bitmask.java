package org.vzrig.hypervisor.layout;

import java.util.Arrays;

/** Which 32-bit words of a page pair may be reached. Immutable. */
public final class Bitmask {
  private final int[] bits;

  /** One bit per word, the pair's first word in bit 0 of {@code bits[0]}. */
  public Bitmask(int... bits) {
    this.bits = bits.clone();
  }

  /** Whether the word at this byte offset from the pair's first byte may be reached. */
  public boolean allows(int offset) {
    int word = offset >>> 2;
    return (bits[word >>> 5] >>> (word & 31) & 1) != 0;
  }

  /** The words that hold the bits. */
  public int[] words() {
    return bits.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bitmask mask && Arrays.equals(bits, mask.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }

  @Override
  public String toString() {
    return Arrays.toString(bits);
  }
}
