package org.vzrig.appliance.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix socket, which Java's channels cannot. Any thread; never waits: what the
 * receiver has no room for fails.
 */
@SuppressWarnings("restricted") // such sockets are only to be had from the C library
final class UnixDatagram implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
  private static final int EAGAIN = 11;

  /** struct sockaddr_un: sun_family and sun_path[108]. */
  private static final int PATH_BYTES = 108;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option KEEP_ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final String address;
  private final int descriptor;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment sockaddr;
  private final int length;

  /**
   * A sender.
   *
   * @param address a path, or a name of the abstract namespace behind an {@code @}
   * @throws IOException when the address is too long, or there are no more descriptors
   */
  UnixDatagram(String address) throws IOException {
    this.address = address;
    byte[] path = address.getBytes(StandardCharsets.UTF_8);
    if (path.length == 0 || path.length >= PATH_BYTES) {
      throw new IOException(address + ": expected an address of 1 to 107 bytes");
    }
    if (path[0] == '@') {
      path[0] = 0;
    }
    sockaddr = arena.allocate(2 + PATH_BYTES, 2);
    sockaddr.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(path, 0, sockaddr, JAVA_BYTE, 2, path.length);
    length = 2 + path.length + (path[0] == 0 ? 0 : 1);
    try (Arena local = Arena.ofConfined()) {
      MemorySegment state = local.allocate(STATE);
      descriptor = call(() -> (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
      check(descriptor, state);
    }
  }

  /**
   * Sends {@code bytes} as one datagram.
   *
   * @return false when the receiver has no room now
   * @throws IOException when nobody receives there
   */
  synchronized boolean send(byte[] bytes) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment state = local.allocate(STATE);
      MemorySegment data = local.allocateFrom(JAVA_BYTE, bytes);
      long sent =
          call(
              () ->
                  (long)
                      SENDTO.invokeExact(
                          state,
                          descriptor,
                          data,
                          (long) bytes.length,
                          MSG_DONTWAIT_NOSIGNAL,
                          sockaddr,
                          length));
      if (sent < 0 && (int) ERRNO.get(state, 0L) == EAGAIN) {
        return false;
      }
      check(sent, state);
      return true;
    }
  }

  private void check(long result, MemorySegment state) throws IOException {
    if (result < 0) {
      throw new IOException(address + ": " + reason((int) ERRNO.get(state, 0L)));
    }
  }

  private static String reason(int errno) {
    return switch (errno) {
      case 2 -> "no such socket";
      case 13 -> "permission denied";
      case 111 -> "nobody receives there";
      default -> "error " + errno;
    };
  }

  @Override
  public synchronized void close() {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment state = local.allocate(STATE);
      int _ = call(() -> (int) CLOSE.invokeExact(state, descriptor));
    }
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private interface Call<T> {
    T run() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, KEEP_ERRNO);
  }
}
