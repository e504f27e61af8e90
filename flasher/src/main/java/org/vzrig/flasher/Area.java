package org.vzrig.flasher;

/**
 * A range of addresses that a target can program.
 *
 * @param first first physical address
 * @param last last physical address
 */
public record Area(int first, int last) {
  @Override
  public String toString() {
    return "%08x-%08x".formatted(first, last);
  }
}
