package org.vzrig.boards;

import java.util.Optional;

/**
 * A socket for a memory card in SPI mode.
 *
 * @param spi number of the SPI module, 1 to 6
 * @param select pin of the select line, active low
 * @param detect pin of the switch that a card closes to ground, where the board has one
 */
public record SdSlot(int spi, Pin select, Optional<Pin> detect) {
  /** A socket without a switch. */
  static SdSlot of(int spi, String select) {
    return new SdSlot(spi, Pin.of(select), Optional.empty());
  }
}
