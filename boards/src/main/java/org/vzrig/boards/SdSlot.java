package org.vzrig.boards;

/**
 * A socket for a memory card in SPI mode.
 *
 * @param spi number of the SPI module, 1 to 6
 * @param select pin of the select line, active low
 */
public record SdSlot(int spi, Pin select) {}
