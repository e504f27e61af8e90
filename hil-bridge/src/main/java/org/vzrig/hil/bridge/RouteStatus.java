package org.vzrig.hil.bridge;

/**
 * What became of a route so far. Counts are bytes since it was attached.
 *
 * @param uart number of the UART, 1 to 6
 * @param id number of the route, never used twice
 * @param spec what was asked for, in the form of {@link RouteSpec}
 * @param where what it became: the pty's name, the address with the port that was chosen
 * @param state what it does now, in words
 * @param sent taken by the outside; with several clients, by the one that took most
 * @param received from the outside
 * @param lost not taken in time, or while a port was unplugged
 * @param unheard sent while nobody had the pty open or was connected
 */
public record RouteStatus(
    int uart,
    int id,
    String spec,
    String where,
    String state,
    long sent,
    long received,
    long lost,
    long unheard) {
  /** One line for people. */
  public String line() {
    StringBuilder text = new StringBuilder("uart%d %s".formatted(uart, spec));
    if (!spec.endsWith(where)) {
      text.append(" (").append(where).append(')');
    }
    text.append(": %d bytes out, %d in, ".formatted(sent, received));
    text.append(lost == 0 ? "none lost" : lost + " LOST");
    if (unheard > 0) {
      text.append(", %d while nobody listened".formatted(unheard));
    }
    return text.toString();
  }
}
