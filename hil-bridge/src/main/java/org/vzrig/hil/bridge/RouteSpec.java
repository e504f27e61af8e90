package org.vzrig.hil.bridge;

import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the bytes of a UART go to and come from, as users write it. */
public sealed interface RouteSpec {
  /** What the forms of a route are, for messages and help. */
  String FORMS = "stdio, pty[:LINK], tcp:PORT, rfc2217:PORT, serial:DEVICE[@BAUD] or log:FILE";

  /** What makes a route reset the board. */
  enum Reset {
    /** Nothing. */
    NONE,
    /** A program opens the pty, as opening the port of a chipKIT does. */
    OPEN,
    /** A program sets the pty to 1200 baud. */
    TOUCH,
    /** An RFC 2217 client asserts DTR. */
    DTR,
    /** An RFC 2217 client asserts RTS. */
    RTS
  }

  /** The terminal that vzrig was started from; whoever owns it ties it to the machine. */
  record Stdio() implements RouteSpec {
    @Override
    public String toString() {
      return "stdio";
    }
  }

  /**
   * A new pseudo-terminal.
   *
   * @param link symbolic link that names it while it exists
   * @param reset {@link Reset#OPEN}, {@link Reset#TOUCH} or {@link Reset#NONE}
   */
  record PtyRoute(Optional<Path> link, Reset reset) implements RouteSpec {
    @Override
    public String toString() {
      return link.map(path -> "pty:" + path).orElse("pty");
    }
  }

  /** Raw TCP for any number of clients. */
  record Tcp(InetSocketAddress address) implements RouteSpec {
    @Override
    public String toString() {
      return "tcp:" + shown(address);
    }
  }

  /**
   * Telnet with the COM port option (RFC 2217) for any number of clients.
   *
   * @param reset {@link Reset#DTR}, {@link Reset#RTS} or {@link Reset#NONE}
   */
  record Rfc2217(InetSocketAddress address, Reset reset) implements RouteSpec {
    @Override
    public String toString() {
      return "rfc2217:" + shown(address);
    }
  }

  /**
   * A serial port of the host.
   *
   * @param device path, such as one below /dev/serial/by-id that survives another plug
   * @param baud fixed speed, 0 to follow the UART's
   */
  record SerialPortRoute(String device, int baud) implements RouteSpec {
    @Override
    public String toString() {
      return "serial:" + device + (baud == 0 ? "" : "@" + baud);
    }
  }

  /** A file that gets what the UART sends, byte for byte, behind what it holds. */
  record Log(Path file) implements RouteSpec {
    @Override
    public String toString() {
      return "log:" + file;
    }
  }

  /**
   * Parses {@link #FORMS}; pty and rfc2217 may end in {@code ,reset=HOW}.
   *
   * @throws IllegalArgumentException that says what was expected and what was found
   */
  static RouteSpec parse(String text) {
    int colon = text.indexOf(':');
    String kind = head(text, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    if (colon >= 0 && rest.isEmpty()) {
      throw wrong(text);
    }
    return switch (kind) {
      case "stdio" -> stdio(text);
      case "pty" -> pty(text, rest);
      case "tcp" -> new Tcp(address(text, rest));
      case "rfc2217" -> rfc2217(text, rest);
      case "serial" -> serial(text, rest);
      case "log" -> new Log(path(text, rest));
      default -> throw wrong(text);
    };
  }

  private static String head(String text, int colon) {
    String kind = colon < 0 ? text : text.substring(0, colon);
    int comma = kind.indexOf(',');
    return comma < 0 ? kind : kind.substring(0, comma);
  }

  private static RouteSpec stdio(String text) {
    if (!text.equals("stdio")) {
      throw wrong(text);
    }
    return new Stdio();
  }

  private static RouteSpec pty(String text, String rest) {
    String where = rest.isEmpty() ? text.substring("pty".length()) : rest;
    Reset reset = Reset.TOUCH;
    int comma = where.lastIndexOf(",reset=");
    if (comma >= 0) {
      reset =
          switch (where.substring(comma + ",reset=".length())) {
            case "open" -> Reset.OPEN;
            case "1200" -> Reset.TOUCH;
            case "none" -> Reset.NONE;
            default -> throw wrong(text, "reset=open, reset=1200 or reset=none");
          };
      where = where.substring(0, comma);
    }
    boolean noLink = where.isEmpty();
    if (!noLink && rest.isEmpty()) {
      throw wrong(text);
    }
    return new PtyRoute(noLink ? Optional.empty() : Optional.of(path(text, where)), reset);
  }

  private static RouteSpec rfc2217(String text, String rest) {
    int comma = rest.lastIndexOf(",reset=");
    if (comma < 0) {
      return new Rfc2217(address(text, rest), Reset.DTR);
    }
    Reset reset =
        switch (rest.substring(comma + ",reset=".length())) {
          case "dtr" -> Reset.DTR;
          case "rts" -> Reset.RTS;
          case "none" -> Reset.NONE;
          default -> throw wrong(text, "reset=dtr, reset=rts or reset=none");
        };
    return new Rfc2217(address(text, rest.substring(0, comma)), reset);
  }

  private static RouteSpec serial(String text, String rest) {
    int at = rest.lastIndexOf('@');
    if (at < 0) {
      return new SerialPortRoute(rest, 0);
    }
    String baud = rest.substring(at + 1);
    if (at == 0 || !baud.matches("[1-9]\\d{1,6}")) {
      throw wrong(text, "serial:DEVICE@BAUD with a speed such as 115200");
    }
    return new SerialPortRoute(rest.substring(0, at), Integer.parseInt(baud));
  }

  private static InetSocketAddress address(String text, String rest) {
    int colon = rest.lastIndexOf(':');
    String host = colon < 0 ? "127.0.0.1" : rest.substring(0, colon).replaceAll("[\\[\\]]", "");
    String port = rest.substring(colon + 1);
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 0xFFFF || host.isEmpty()) {
      throw wrong(text, "a port from 0 to 65535, or HOST:PORT");
    }
    return new InetSocketAddress(host, Integer.parseInt(port));
  }

  private static Path path(String text, String rest) {
    try {
      return Path.of(rest);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(text + ": not a file name: " + e.getReason(), e);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return wrong(text, FORMS);
  }

  private static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("expected %s, found '%s'".formatted(expected, text));
  }

  private static String shown(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
