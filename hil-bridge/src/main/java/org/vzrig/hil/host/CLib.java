package org.vzrig.hil.host;

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

/** Functions of the C library that Java has not, with their errno. */
public final class CLib {
  /** A signal came in between. */
  public static final int EINTR = 4;

  /** The other side is gone. */
  public static final int EIO = 5;

  /** Nothing to be had now. */
  public static final int EAGAIN = 11;

  private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /**
   * What a function returned.
   *
   * @param value its value, negative for failure
   * @param errno why it failed
   */
  public record Result(long value, int errno) {
    /** Whether the same call may succeed later. */
    public boolean later() {
      return value < 0 && (errno == EAGAIN || errno == EINTR);
    }
  }

  private CLib() {}

  /**
   * The value of {@code result}.
   *
   * @throws IOException when it is a failure; it names {@code what} and errno
   */
  public static int check(Result result, String what) throws IOException {
    if (result.value < 0) {
      throw new IOException(what + " failed with error " + result.errno);
    }
    return (int) result.value;
  }

  /** Calls a function and keeps errno. */
  public static Result call(MethodHandle function, Object... arguments) {
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
  public static MethodHandle function(String name, String parameters) {
    return function(name, parameters, Linker.Option.captureCallState("errno"));
  }

  /** The same for a function whose arguments from number {@code fixed} on are variable. */
  public static MethodHandle variadic(String name, String parameters, int fixed) {
    return function(
        name,
        parameters,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  @SuppressWarnings("restricted") // ptys and inotify are only to be had from the C library
  private static MethodHandle function(String name, String parameters, Linker.Option... options) {
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
        linker.defaultLookup().find(name).orElseThrow(), descriptor, options);
  }
}
