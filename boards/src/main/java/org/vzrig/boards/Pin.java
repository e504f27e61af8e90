package org.vzrig.boards;

/**
 * An I/O pin of the chip by its port letter and bit, such as RG6.
 *
 * @param port port letter A to K (without I)
 * @param bit bit in the port, 0 to 15
 */
public record Pin(char port, int bit) {
  /** The letters of the ports, in order. */
  public static final String PORTS = "ABCDEFGHJK";

  /** Pins of a port. */
  public static final int PER_PORT = 16;

  /** Checks the letter and the bit. */
  public Pin {
    if (PORTS.indexOf(port) < 0 || bit < 0 || bit > 15) {
      throw new IllegalArgumentException("no such pin: R" + port + bit);
    }
  }

  /** Parses the data sheet's name, such as {@code RG6}. */
  public static Pin of(String name) {
    if (name.length() < 3 || name.charAt(0) != 'R') {
      throw new IllegalArgumentException("expected a pin such as RG6, found " + name);
    }
    return new Pin(name.charAt(1), Integer.parseInt(name.substring(2)));
  }

  /** Index of the port: A is 0, K is 9. */
  public int portIndex() {
    return PORTS.indexOf(port);
  }

  /** Index among all pins of all ports: RA0 is 0, RA1 is 1, RB0 is 16. */
  public int index() {
    return portIndex() * PER_PORT + bit;
  }

  /** The pin with this {@link #index}. */
  public static Pin at(int index) {
    return new Pin(PORTS.charAt(index / PER_PORT), index % PER_PORT);
  }

  @Override
  public String toString() {
    return "R" + port + bit;
  }
}
