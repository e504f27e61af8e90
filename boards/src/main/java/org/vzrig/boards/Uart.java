package org.vzrig.boards;

/**
 * A UART of a board as it is wired for the console.
 *
 * @param number 1 to 6
 * @param baud usual speed in bits per second
 * @param receive pin that U<i>n</i>RX is routed to
 * @param receiveSelect value of U<i>n</i>RXR that selects this pin
 * @param transmit pin that U<i>n</i>TX is routed to
 * @param transmitSelect value of the transmit pin's RP<i>xn</i>R register that selects U<i>n</i>TX
 */
public record Uart(
    int number, int baud, Pin receive, int receiveSelect, Pin transmit, int transmitSelect) {}
