package org.vzrig.hil.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import jssc.SerialPort;
import jssc.SerialPortException;

/**
 * A serial port of the host through jSSC. The library's listeners and timed reads keep a core busy,
 * and a blocked read survives an unplug; asking for the number of bytes that have arrived does
 * neither, so that is how this class waits.
 */
public final class JsscLine implements SerialLine {
  private static final long POLL_NANOS = 200_000;
  private static final long IDLE_POLL_NANOS = 4_000_000;

  private final SerialPort port;
  private final PortLock lock;
  private int baud;
  private volatile long activeAt = System.nanoTime();
  private volatile boolean closed;

  private JsscLine(SerialPort port, PortLock lock) {
    this.port = port;
    this.lock = lock;
  }

  /**
   * Opens {@code name}, such as /dev/ttyUSB0 or COM5, for this process alone.
   *
   * @throws IOException with what is wrong and what helps
   */
  public static JsscLine open(String name, int bitsPerSecond) throws IOException {
    checkAccess(name);
    PortLock lock = PortLock.take(name);
    SerialPort port = new SerialPort(name);
    JsscLine line = new JsscLine(port, lock);
    try {
      port.openPort();
      line.baud(bitsPerSecond);
      return line;
    } catch (SerialPortException e) {
      line.close();
      throw new IOException(name + ": " + reason(e), e);
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  /** Opens {@code name} each time it is asked to. */
  public static Opener opener(String name) {
    return new Opener() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public SerialLine open(int bitsPerSecond) throws IOException {
        return JsscLine.open(name, bitsPerSecond);
      }
    };
  }

  /** Tells the usual mistakes apart before the library sees the port. */
  private static void checkAccess(String name) throws IOException {
    Path path = Path.of(name);
    if (!path.isAbsolute()) {
      return;
    }
    if (!Files.exists(path)) {
      throw new IOException(name + ": no such device (is the board plugged in?)");
    }
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw new IOException(
          name + ": permission denied (add yourself to the group that owns it, often dialout)");
    }
  }

  private static String reason(SerialPortException e) {
    return switch (e.getExceptionType()) {
      case SerialPortException.TYPE_PORT_BUSY -> "in use by another program";
      case SerialPortException.TYPE_PORT_NOT_FOUND -> "no such device";
      case SerialPortException.TYPE_PERMISSION_DENIED ->
          "permission denied (add yourself to the group that owns it, often dialout)";
      case SerialPortException.TYPE_INCORRECT_SERIAL_PORT -> "not a serial port";
      default -> e.getExceptionType();
    };
  }

  @Override
  public String name() {
    return port.getPortName();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    activeAt = System.nanoTime();
    try {
      if (!port.writeBytes(bytes)) {
        throw gone(null);
      }
    } catch (SerialPortException e) {
      throw gone(e);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length, Duration timeout) throws IOException {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (true) {
        int count = Math.min(port.getInputBufferBytesCount(), length);
        if (count > 0) {
          activeAt = System.nanoTime();
          System.arraycopy(port.readBytes(count), 0, into, offset, count);
          return count;
        }
        if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
          return 0;
        }
        LockSupport.parkNanos(pollNanos());
      }
    } catch (SerialPortException e) {
      throw gone(e);
    }
  }

  /** A line that has long been silent is looked at less often, so that it costs little. */
  private long pollNanos() {
    return Math.clamp((System.nanoTime() - activeAt) / 64, POLL_NANOS, IDLE_POLL_NANOS);
  }

  private IOException gone(@org.jspecify.annotations.Nullable Exception cause) {
    return new IOException(
        name() + (closed ? ": closed" : ": unplugged or no longer answering"), cause);
  }

  @Override
  public int baud() {
    return baud;
  }

  @Override
  public void baud(int bitsPerSecond) throws IOException {
    try {
      // the library flushes the output before it sets the speed; both outputs stay asserted, as
      // they are after opening: releasing DTR resets chipKIT boards
      if (!port.setParams(bitsPerSecond, 8, 1, 0, true, true) && !pseudoTerminal()) {
        throw new IOException(name() + ": cannot run at " + bitsPerSecond + " baud");
      }
      baud = bitsPerSecond;
    } catch (SerialPortException e) {
      throw gone(e);
    }
  }

  /** Setting the parameters ends with the control outputs, which a pseudo-terminal has not. */
  private boolean pseudoTerminal() throws IOException {
    return Path.of(name()).toRealPath().startsWith("/dev/pts");
  }

  @Override
  public boolean control(boolean dtr, boolean rts) throws IOException {
    try {
      return port.setDTR(dtr) && port.setRTS(rts);
    } catch (SerialPortException e) {
      return false;
    }
  }

  @Override
  public void discard() throws IOException {
    try {
      port.purgePort(SerialPort.PURGE_RXCLEAR);
    } catch (SerialPortException e) {
      throw gone(e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (port.isOpened()) {
        port.closePort();
      }
    } catch (SerialPortException e) {
      // unplugged: the system has closed it already
    } finally {
      lock.release();
    }
  }
}
