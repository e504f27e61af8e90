package org.vzrig.hil.serial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A serial port of another computer, or of a vzrig, over the network: the client of RFC 2217
 * (Telnet Com Port Control Option) on Telnet (RFC 854) in binary transmission (RFC 856).
 */
public final class Rfc2217Line implements SerialLine {
  /** What names of such lines begin with. */
  public static final String PREFIX = "rfc2217://";

  private static final Pattern NAME = Pattern.compile("rfc2217://([^/:]+):(\\d{1,5})/?");
  private static final int CONNECT_MILLIS = 5_000;
  private static final long ANSWER_NANOS = 3_000_000_000L;
  private static final int BUFFER = 4096;

  private static final int IAC = 255;
  private static final int DONT = 254;
  private static final int DO = 253;
  private static final int WONT = 252;
  private static final int WILL = 251;
  private static final int SB = 250;
  private static final int SE = 240;
  private static final int BINARY = 0;
  private static final int NO_GO_AHEAD = 3;
  private static final int COM_PORT = 44;

  private static final int SET_BAUDRATE = 1;
  private static final int SET_DATASIZE = 2;
  private static final int SET_PARITY = 3;
  private static final int SET_STOPSIZE = 4;
  private static final int SET_CONTROL = 5;
  private static final int PURGE_DATA = 12;
  private static final int DTR_ON = 8;
  private static final int DTR_OFF = 9;
  private static final int RTS_ON = 11;
  private static final int RTS_OFF = 12;

  private final String name;
  private final Socket socket;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream early = new ByteArrayOutputStream();
  private State state = State.DATA;
  private int verb;
  private boolean agreed;
  private boolean refused;
  private int baud;
  private volatile boolean closed;

  private enum State {
    DATA,
    COMMAND,
    OPTION,
    SUBNEGOTIATION,
    SUBNEGOTIATION_IAC
  }

  private Rfc2217Line(String name, Socket socket) {
    this.name = name;
    this.socket = socket;
  }

  /** Opens {@code name}, such as rfc2217://host:2217, each time it is asked to. */
  public static Opener opener(String name) {
    return new Opener() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public SerialLine open(int bitsPerSecond) throws IOException {
        return Rfc2217Line.open(name, bitsPerSecond);
      }
    };
  }

  private static Rfc2217Line open(String name, int bitsPerSecond) throws IOException {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new IOException(name + ": expected rfc2217://HOST:PORT");
    }
    Socket socket = new Socket();
    Rfc2217Line line = new Rfc2217Line(name, socket);
    try {
      int port = Integer.parseInt(parts.group(2));
      socket.connect(new InetSocketAddress(parts.group(1), port), CONNECT_MILLIS);
      socket.setTcpNoDelay(true);
      line.negotiate();
      line.command(SET_DATASIZE, 8);
      line.command(SET_PARITY, 1);
      line.command(SET_STOPSIZE, 1);
      line.baud(bitsPerSecond);
      return line;
    } catch (UnknownHostException e) {
      line.close();
      throw new IOException(name + ": no such host", e);
    } catch (IllegalArgumentException | SocketException | SocketTimeoutException e) {
      line.close();
      throw new IOException(name + ": nothing listens there (" + e.getMessage() + ")", e);
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  private void negotiate() throws IOException {
    send(IAC, WILL, COM_PORT, IAC, WILL, BINARY, IAC, DO, BINARY, IAC, DO, NO_GO_AHEAD);
    long end = System.nanoTime() + ANSWER_NANOS;
    byte[] data = new byte[BUFFER];
    while (!agreed && !refused && System.nanoTime() < end) {
      int count = receive(data, 0, data.length, Duration.ofMillis(100));
      early.write(data, 0, count);
    }
    if (!agreed) {
      throw new IOException(name + ": what listens there does not speak RFC 2217");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    ByteArrayOutputStream escaped = new ByteArrayOutputStream(bytes.length + 8);
    for (byte value : bytes) {
      if ((value & 0xFF) == IAC) {
        escaped.write(IAC);
      }
      escaped.write(value);
    }
    send(escaped.toByteArray());
  }

  @Override
  public int read(byte[] into, int offset, int length, Duration timeout) throws IOException {
    if (early.size() > 0) {
      byte[] all = early.toByteArray();
      int count = Math.min(all.length, length);
      System.arraycopy(all, 0, into, offset, count);
      early.reset();
      early.write(all, count, all.length - count);
      return count;
    }
    return receive(into, offset, length, timeout);
  }

  private int receive(byte[] into, int offset, int length, Duration timeout) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    do {
      int count = arrived(Math.min(length, BUFFER), end - System.nanoTime());
      int used = 0;
      for (int i = 0; i < count; i++) {
        if (data(buffer[i] & 0xFF)) {
          into[offset + used++] = buffer[i];
        }
      }
      if (used > 0) {
        return used;
      }
    } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
    return 0;
  }

  private int arrived(int length, long nanos) throws IOException {
    try {
      socket.setSoTimeout((int) Math.max(1, nanos / 1_000_000));
      int count = socket.getInputStream().read(buffer, 0, length);
      if (count < 0) {
        throw gone(null);
      }
      return count;
    } catch (SocketTimeoutException e) {
      return 0;
    } catch (SocketException e) {
      throw gone(e);
    }
  }

  /** Takes a byte from the network; whether it is one of the line. */
  private boolean data(int value) throws IOException {
    switch (state) {
      case DATA -> {
        if (value != IAC) {
          return true;
        }
        state = State.COMMAND;
      }
      case COMMAND -> {
        verb = value;
        boolean option = value >= WILL && value <= DONT;
        state = option ? State.OPTION : value == SB ? State.SUBNEGOTIATION : State.DATA;
        return value == IAC;
      }
      case OPTION -> {
        state = State.DATA;
        option(value);
      }
      case SUBNEGOTIATION -> state = value == IAC ? State.SUBNEGOTIATION_IAC : state;
      case SUBNEGOTIATION_IAC -> state = value == SE ? State.DATA : State.SUBNEGOTIATION;
    }
    return false;
  }

  private void option(int option) throws IOException {
    boolean known = option == BINARY || option == NO_GO_AHEAD || option == COM_PORT;
    if (option == COM_PORT) {
      agreed |= verb == DO;
      refused |= verb == DONT;
    } else if (!known && verb == WILL) {
      send(IAC, DONT, option);
    } else if (!known && verb == DO) {
      send(IAC, WONT, option);
    }
  }

  private void command(int command, int... values) throws IOException {
    int[] all = new int[values.length + 6];
    all[0] = IAC;
    all[1] = SB;
    all[2] = COM_PORT;
    all[3] = command;
    System.arraycopy(values, 0, all, 4, values.length);
    all[all.length - 2] = IAC;
    all[all.length - 1] = SE;
    send(all);
  }

  private void send(int... values) throws IOException {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    send(bytes);
  }

  private void send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException e) {
      throw gone(e);
    }
  }

  private IOException gone(@org.jspecify.annotations.Nullable Exception cause) {
    return new IOException(name + (closed ? ": closed" : ": the connection is gone"), cause);
  }

  @Override
  public int baud() {
    return baud;
  }

  @Override
  public void baud(int bitsPerSecond) throws IOException {
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    for (byte value : ByteBuffer.allocate(4).putInt(bitsPerSecond).array()) {
      if ((value & 0xFF) == IAC) {
        values.write(IAC);
      }
      values.write(value);
    }
    byte[] bytes = values.toByteArray();
    int[] numbers = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      numbers[i] = bytes[i] & 0xFF;
    }
    command(SET_BAUDRATE, numbers);
    baud = bitsPerSecond;
  }

  @Override
  public boolean control(boolean dtr, boolean rts) throws IOException {
    command(SET_CONTROL, dtr ? DTR_ON : DTR_OFF);
    command(SET_CONTROL, rts ? RTS_ON : RTS_OFF);
    return true;
  }

  @Override
  public void discard() throws IOException {
    command(PURGE_DATA, 1);
    early.reset();
    byte[] rest = new byte[BUFFER];
    while (socket.getInputStream().available() > 0) {
      receive(rest, 0, rest.length, Duration.ZERO);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone then, which is what was asked for
    }
  }
}
