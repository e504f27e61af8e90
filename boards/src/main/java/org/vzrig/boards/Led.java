package org.vzrig.boards;

/**
 * A light of a board.
 *
 * @param name name printed on the board or in its documentation, such as LD1
 * @param colour colour in lower case, or "plain" where the board's documents give none
 * @param pin pin that drives it
 * @param activeLow whether it is lit while the pin is low
 */
public record Led(String name, String colour, Pin pin, boolean activeLow) {}
