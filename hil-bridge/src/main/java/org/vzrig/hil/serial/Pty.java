package org.vzrig.hil.serial;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import org.vzrig.hil.host.CLib;

/**
 * The master side of a pseudo-terminal of the host: what another program opens as a serial port
 * under {@link #slaveName}. Used by one reading and one writing thread at most.
 */
public final class Pty implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int TERMIOS_BYTES = 64;
  private static final int BUFFER = 4096;
  private static final long FIONREAD = 0x541B;
  private static final int C_CFLAG = 8;
  private static final int CBAUD = 0x100F;
  private static final int[] BAUDS = {
    0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19_200, 38_400
  };

  private static final MethodHandle OPENPT = CLib.function("posix_openpt", "i");
  private static final MethodHandle GRANTPT = CLib.function("grantpt", "i");
  private static final MethodHandle UNLOCKPT = CLib.function("unlockpt", "i");
  private static final MethodHandle PTSNAME = CLib.function("ptsname_r", "ipl");
  private static final MethodHandle READ = CLib.function("read", "ipl");
  private static final MethodHandle WRITE = CLib.function("write", "ipl");
  private static final MethodHandle POLL = CLib.function("poll", "pli");
  private static final MethodHandle CLOSE = CLib.function("close", "i");
  private static final MethodHandle OPEN = CLib.function("open", "pi");
  private static final MethodHandle TCGETATTR = CLib.function("tcgetattr", "ip");
  private static final MethodHandle TCSETATTR = CLib.function("tcsetattr", "iip");
  private static final MethodHandle IOCTL = CLib.variadic("ioctl", "ilp", 2);
  private static final MethodHandle CFMAKERAW = CLib.function("cfmakeraw", "p");

  private final Arena arena = Arena.ofShared();
  private final int master;
  private final int slave;
  private final String slaveName;
  private final MemorySegment readBuffer = arena.allocate(BUFFER);
  private final MemorySegment writeBuffer = arena.allocate(BUFFER);
  private final MemorySegment readPoll = arena.allocate(16, 4);
  private final MemorySegment writePoll = arena.allocate(8, 4);
  private final MemorySegment query = arena.allocate(TERMIOS_BYTES, 8);
  private final OpenWatch watch;
  private boolean closed;

  private Pty(int master) throws IOException {
    this.master = master;
    CLib.check(CLib.call(GRANTPT, master), "grantpt");
    CLib.check(CLib.call(UNLOCKPT, master), "unlockpt");
    slaveName = nameOf(master);
    slave = openRaw();
    watch = new OpenWatch(slaveName, arena);
  }

  /**
   * Opens a new pseudo-terminal in raw mode. The slave side is kept open here, so that the raw mode
   * stays and reading goes on between two programs that use it.
   *
   * @throws IOException if the host has none to give
   */
  public static Pty open() throws IOException {
    return new Pty(
        CLib.check(CLib.call(OPENPT, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC), "posix_openpt"));
  }

  /** Path of the side that other programs open, such as /dev/pts/3. */
  public String slaveName() {
    return slaveName;
  }

  /** How many other programs have it open, as of the last {@link #read}. */
  public long openers() {
    return watch.open();
  }

  /** How often other programs have opened it, as of the last {@link #read}. */
  public long opens() {
    return watch.opens();
  }

  /** Bytes that were written and that nobody has read yet. */
  public synchronized int unread() throws IOException {
    ensureOpen();
    CLib.check(CLib.call(IOCTL, slave, FIONREAD, query), "FIONREAD on " + slaveName);
    return query.get(ValueLayout.JAVA_INT, 0);
  }

  /**
   * The speed that a program on the other side has set, one of the usual up to 38400; 0 for any
   * other.
   */
  public synchronized int slaveBaud() throws IOException {
    ensureOpen();
    CLib.check(CLib.call(TCGETATTR, slave, query), "tcgetattr");
    int code = query.get(ValueLayout.JAVA_INT, C_CFLAG) & CBAUD;
    return code < BAUDS.length ? BAUDS[code] : 0;
  }

  /**
   * Reads what has arrived and waits up to {@code timeout} for the first byte.
   *
   * @return number of bytes, 0 if none came in time
   * @throws IOException if the pty is closed
   */
  public synchronized int read(byte[] into, int offset, int length, Duration timeout)
      throws IOException {
    ensureOpen();
    readPoll.set(ValueLayout.JAVA_INT, 8, watch.descriptor());
    readPoll.set(ValueLayout.JAVA_SHORT, 12, POLLIN);
    boolean input = ready(readPoll, 2, POLLIN, timeout);
    watch.update();
    if (!input) {
      return 0;
    }
    int count = transfer(READ, readBuffer, Math.min(length, BUFFER));
    MemorySegment.copy(readBuffer, ValueLayout.JAVA_BYTE, 0, into, offset, count);
    return count;
  }

  /**
   * Writes bytes as far as the other side has room, without waiting.
   *
   * @return number of bytes written
   */
  public int write(byte[] bytes, int offset, int length) throws IOException {
    synchronized (writeBuffer) {
      ensureOpen();
      if (!ready(writePoll, 1, POLLOUT, Duration.ZERO)) {
        return 0;
      }
      int count = Math.min(length, BUFFER);
      MemorySegment.copy(bytes, offset, writeBuffer, ValueLayout.JAVA_BYTE, 0, count);
      return transfer(WRITE, writeBuffer, count);
    }
  }

  @Override
  public synchronized void close() {
    synchronized (writeBuffer) {
      if (!closed) {
        closed = true;
        watch.close();
        CLib.call(CLOSE, slave);
        CLib.call(CLOSE, master);
        arena.close();
      }
    }
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException(slaveName + ": closed");
    }
  }

  private boolean ready(MemorySegment pollfd, int descriptors, short events, Duration timeout) {
    pollfd.set(ValueLayout.JAVA_INT, 0, master);
    pollfd.set(ValueLayout.JAVA_SHORT, 4, events);
    pollfd.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    return CLib.call(POLL, pollfd, (long) descriptors, millis).value() > 0
        && (pollfd.get(ValueLayout.JAVA_SHORT, 6) & events) != 0;
  }

  private int transfer(MethodHandle function, MemorySegment buffer, int length) throws IOException {
    CLib.Result result = CLib.call(function, master, buffer, (long) length);
    boolean later = result.later() || result.value() < 0 && result.errno() == CLib.EIO;
    return later ? 0 : CLib.check(result, "transfer on " + slaveName);
  }

  private static String nameOf(int master) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment name = local.allocate(256);
      int error = (int) CLib.call(PTSNAME, master, name, 256L).value();
      if (error != 0) {
        throw new IOException("ptsname_r failed with error " + error);
      }
      return name.getString(0);
    }
  }

  private int openRaw() throws IOException {
    try (Arena local = Arena.ofConfined()) {
      int opened =
          CLib.check(CLib.call(OPEN, local.allocateFrom(slaveName), O_RDWR | O_NOCTTY), slaveName);
      MemorySegment termios = local.allocate(TERMIOS_BYTES, 8);
      CLib.check(CLib.call(TCGETATTR, opened, termios), "tcgetattr");
      CLib.call(CFMAKERAW, termios);
      CLib.check(CLib.call(TCSETATTR, opened, 0, termios), "tcsetattr");
      return opened;
    }
  }
}
