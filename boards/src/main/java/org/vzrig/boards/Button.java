package org.vzrig.boards;

/**
 * A push button of a board.
 *
 * @param name name printed on the board or in its documentation, such as BTN1
 * @param pin pin that reads it
 * @param activeLow whether the pin reads low while the button is pressed
 */
public record Button(String name, Pin pin, boolean activeLow) {}
