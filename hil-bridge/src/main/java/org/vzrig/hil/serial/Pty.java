package org.vzrig.hil.serial;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/**
 * The master side of a pseudo-terminal of the host: what another program opens as a serial port
 * under {@link #slaveName}. Used by one reading and one writing thread at most.
 */
public final class Pty implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int EAGAIN = 11;
  private static final int EINTR = 4;
  private static final int EIO = 5;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int TERMIOS_BYTES = 64;
  private static final int BUFFER = 4096;

  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENPT = function("posix_openpt", "i");
  private static final MethodHandle GRANTPT = function("grantpt", "i");
  private static final MethodHandle UNLOCKPT = function("unlockpt", "i");
  private static final MethodHandle PTSNAME = function("ptsname_r", "ipl");
  private static final MethodHandle READ = function("read", "ipl");
  private static final MethodHandle WRITE = function("write", "ipl");
  private static final MethodHandle POLL = function("poll", "pli");
  private static final MethodHandle CLOSE = function("close", "i");
  private static final MethodHandle OPEN = function("open", "pi");
  private static final MethodHandle TCGETATTR = function("tcgetattr", "ip");
  private static final MethodHandle TCSETATTR = function("tcsetattr", "iip");
  private static final MethodHandle CFMAKERAW = function("cfmakeraw", "p");

  private final Arena arena = Arena.ofShared();
  private final int master;
  private final int slave;
  private final String slaveName;
  private final MemorySegment readBuffer = arena.allocate(BUFFER);
  private final MemorySegment writeBuffer = arena.allocate(BUFFER);
  private final MemorySegment readPoll = arena.allocate(8, 4);
  private final MemorySegment writePoll = arena.allocate(8, 4);
  private boolean closed;

  private Pty(int master) throws IOException {
    this.master = master;
    check(call(GRANTPT, master), "grantpt");
    check(call(UNLOCKPT, master), "unlockpt");
    slaveName = nameOf(master);
    slave = openRaw();
  }

  /**
   * Opens a new pseudo-terminal in raw mode. The slave side is kept open here, so that the raw mode
   * stays and reading goes on between two programs that use it.
   *
   * @throws IOException if the host has none to give
   */
  public static Pty open() throws IOException {
    return new Pty(check(call(OPENPT, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC), "posix_openpt"));
  }

  /** Path of the side that other programs open, such as /dev/pts/3. */
  public String slaveName() {
    return slaveName;
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
    if (!ready(readPoll, POLLIN, timeout)) {
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
      if (!ready(writePoll, POLLOUT, Duration.ZERO)) {
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
        call(CLOSE, slave);
        call(CLOSE, master);
        arena.close();
      }
    }
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException(slaveName + ": closed");
    }
  }

  private boolean ready(MemorySegment pollfd, short events, Duration timeout) {
    pollfd.set(ValueLayout.JAVA_INT, 0, master);
    pollfd.set(ValueLayout.JAVA_SHORT, 4, events);
    pollfd.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
    return call(POLL, pollfd, 1L, millis).value > 0
        && (pollfd.get(ValueLayout.JAVA_SHORT, 6) & events) != 0;
  }

  private int transfer(MethodHandle function, MemorySegment buffer, int length) throws IOException {
    Result result = call(function, master, buffer, (long) length);
    boolean later = result.errno == EAGAIN || result.errno == EINTR || result.errno == EIO;
    return result.value < 0 && later ? 0 : check(result, "transfer on " + slaveName);
  }

  private static String nameOf(int master) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment name = local.allocate(256);
      int error = (int) call(PTSNAME, master, name, 256L).value;
      if (error != 0) {
        throw new IOException("ptsname_r failed with error " + error);
      }
      return name.getString(0);
    }
  }

  private int openRaw() throws IOException {
    try (Arena local = Arena.ofConfined()) {
      int opened = check(call(OPEN, local.allocateFrom(slaveName), O_RDWR | O_NOCTTY), slaveName);
      MemorySegment termios = local.allocate(TERMIOS_BYTES, 8);
      check(call(TCGETATTR, opened, termios), "tcgetattr");
      call(CFMAKERAW, termios);
      check(call(TCSETATTR, opened, 0, termios), "tcsetattr");
      return opened;
    }
  }

  private record Result(long value, int errno) {}

  private static int check(Result result, String what) throws IOException {
    if (result.value < 0) {
      throw new IOException(what + " failed with error " + result.errno);
    }
    return (int) result.value;
  }

  /** Calls a function of the C library and keeps errno. */
  private static Result call(MethodHandle function, Object... arguments) {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment state = local.allocate(ERRNO);
      Object[] all = new Object[arguments.length + 1];
      all[0] = state;
      System.arraycopy(arguments, 0, all, 1, arguments.length);
      long value = ((Number) function.invokeWithArguments(all)).longValue();
      return new Result(value, (int) ERRNO_VALUE.get(state, 0L));
    } catch (Throwable e) {
      throw new IllegalStateException("call to the C library failed", e);
    }
  }

  /** A C function: i is an int, l a size, p a pointer; they return int, or ssize_t with a size. */
  @SuppressWarnings("restricted") // a pty is only to be had from the C library
  private static MethodHandle function(String name, String parameters) {
    MemoryLayout[] layouts =
        parameters
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case 'i' -> (MemoryLayout) ValueLayout.JAVA_INT;
                      case 'l' -> ValueLayout.JAVA_LONG;
                      default -> ValueLayout.ADDRESS;
                    })
            .toArray(MemoryLayout[]::new);
    boolean sized = name.equals("read") || name.equals("write");
    FunctionDescriptor descriptor =
        FunctionDescriptor.of(sized ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT, layouts);
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find(name).orElseThrow(),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }
}
