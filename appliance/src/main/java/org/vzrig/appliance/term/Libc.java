package org.vzrig.appliance.term;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C library's functions for terminals, as Linux has them. */
@SuppressWarnings("restricted")
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle ISATTY =
      function("isatty", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle TCGETATTR =
      function("tcgetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle TCSETATTR =
      function("tcsetattr", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle CFMAKERAW =
      function("cfmakeraw", FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle IOCTL = ioctl();
  private static final int TCSADRAIN = 1;
  private static final long TIOCGWINSZ = 0x5413;
  // struct termios: c_iflag, c_oflag, c_cflag, c_lflag, c_line, c_cc[32], speeds; with room to
  // spare
  private static final int TERMIOS_BYTES = 128;
  private static final int OFLAG_OFFSET = 4;
  private static final int OPOST_ONLCR = 1 | 4;

  private Libc() {}

  /** Rows and columns. */
  record Size(int rows, int columns) {}

  /** Whether {@code descriptor} is a terminal. */
  static boolean isTerminal(int descriptor) {
    return call(() -> (int) ISATTY.invokeExact(descriptor)) == 1;
  }

  /**
   * Makes the terminal raw, except that a line feed still goes to the start of the next line.
   *
   * @return the settings before, in {@code arena}; null when it is no terminal
   */
  static MemorySegment makeRaw(int descriptor, Arena arena) {
    MemorySegment before = arena.allocate(TERMIOS_BYTES, 8);
    MemorySegment raw = arena.allocate(TERMIOS_BYTES, 8);
    call(() -> (int) TCGETATTR.invokeExact(descriptor, before));
    raw.copyFrom(before);
    call(
        () -> {
          CFMAKERAW.invokeExact(raw);
          return 0;
        });
    raw.set(JAVA_INT, OFLAG_OFFSET, raw.get(JAVA_INT, OFLAG_OFFSET) | OPOST_ONLCR);
    set(descriptor, raw);
    return before;
  }

  /** Gives the terminal the settings {@code termios}. */
  static void set(int descriptor, MemorySegment termios) {
    call(() -> (int) TCSETATTR.invokeExact(descriptor, TCSADRAIN, termios));
  }

  /** The size of the terminal; 0 by 0 when it does not say. */
  static Size size(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment winsize = arena.allocate(8, 8);
      int status = call(() -> (int) IOCTL.invokeExact(descriptor, TIOCGWINSZ, winsize));
      int both = status == 0 ? winsize.get(JAVA_INT, 0) : 0;
      return new Size(both & 0xFFFF, both >>> 16);
    }
  }

  private interface Call {
    int run() throws Throwable;
  }

  private static int call(Call call) {
    try {
      return call.run();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  private static MethodHandle ioctl() {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("ioctl"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
        Linker.Option.firstVariadicArg(2));
  }
}
