package org.vzrig.flasher.mpsse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/** The functions of libusb 1.0 that we use; results below 0 are errors. (libusb.h) */
@SuppressWarnings("restricted")
final class LibUsb {
  static final int ERROR_ACCESS = -3;
  static final int ERROR_TIMEOUT = -7;

  /** Offsets into struct libusb_device_descriptor. */
  static final int ID_VENDOR = 8;

  static final int ID_PRODUCT = 10;
  static final int I_PRODUCT = 15;
  static final int I_SERIAL_NUMBER = 16;
  static final int DESCRIPTOR_BYTES = 18;

  private static final String LIBRARY = "libusb-1.0.so.0";

  private final MethodHandle init;
  private final MethodHandle getDeviceList;
  private final MethodHandle freeDeviceList;
  private final MethodHandle getDescriptor;
  private final MethodHandle getMaxPacketSize;
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle getString;
  private final MethodHandle kernelDriverActive;
  private final MethodHandle detachKernelDriver;
  private final MethodHandle claim;
  private final MethodHandle release;
  private final MethodHandle control;
  private final MethodHandle bulk;
  private final MethodHandle errorName;

  private LibUsb(SymbolLookup library) {
    init = function(library, "init", JAVA_INT, ADDRESS);
    getDeviceList =
        handle(library, "get_device_list", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
    freeDeviceList =
        handle(library, "free_device_list", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
    getDescriptor = function(library, "get_device_descriptor", JAVA_INT, ADDRESS, ADDRESS);
    getMaxPacketSize = function(library, "get_max_packet_size", JAVA_INT, ADDRESS, JAVA_BYTE);
    open = function(library, "open", JAVA_INT, ADDRESS, ADDRESS);
    close = handle(library, "close", FunctionDescriptor.ofVoid(ADDRESS));
    getString =
        function(
            library,
            "get_string_descriptor_ascii",
            JAVA_INT,
            ADDRESS,
            JAVA_BYTE,
            ADDRESS,
            JAVA_INT);
    kernelDriverActive = function(library, "kernel_driver_active", JAVA_INT, ADDRESS, JAVA_INT);
    detachKernelDriver = function(library, "detach_kernel_driver", JAVA_INT, ADDRESS, JAVA_INT);
    claim = function(library, "claim_interface", JAVA_INT, ADDRESS, JAVA_INT);
    release = function(library, "release_interface", JAVA_INT, ADDRESS, JAVA_INT);
    control =
        function(
            library,
            "control_transfer",
            JAVA_INT,
            ADDRESS,
            JAVA_BYTE,
            JAVA_BYTE,
            JAVA_SHORT,
            JAVA_SHORT,
            ADDRESS,
            JAVA_SHORT,
            JAVA_INT);
    bulk =
        function(
            library,
            "bulk_transfer",
            JAVA_INT,
            ADDRESS,
            JAVA_BYTE,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            JAVA_INT);
    errorName = function(library, "error_name", ADDRESS, JAVA_INT);
  }

  /** What {@link #call} calls. */
  @FunctionalInterface
  interface Call<T> {
    /** Calls the library. */
    T run() throws Throwable;
  }

  /**
   * Loads the library.
   *
   * @throws FlashException if it is not installed
   */
  static LibUsb load() throws FlashException {
    try {
      return new LibUsb(SymbolLookup.libraryLookup(LIBRARY, Arena.global()));
    } catch (IllegalArgumentException e) {
      throw new FlashException(
          Reason.PORT, LIBRARY + " is missing (Debian: apt install libusb-1.0-0)", e);
    }
  }

  private static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    return handle(library, name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow("libusb_" + name), type);
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code result}, unless it is an error. */
  int check(String doing, int result) throws FlashException {
    if (result < 0) {
      MemorySegment name = call(() -> (MemorySegment) errorName.invokeExact(result));
      throw new FlashException(
          Reason.PORT, doing + ": " + name.reinterpret(Byte.MAX_VALUE).getString(0));
    }
    return result;
  }

  int init(MemorySegment context) {
    return call(() -> (int) init.invokeExact(context));
  }

  long getDeviceList(MemorySegment context, MemorySegment list) {
    return call(() -> (long) getDeviceList.invokeExact(context, list));
  }

  void freeDeviceList(MemorySegment list) {
    call(
        () -> {
          freeDeviceList.invokeExact(list, 1);
          return 0;
        });
  }

  int getDeviceDescriptor(MemorySegment device, MemorySegment descriptor) {
    return call(() -> (int) getDescriptor.invokeExact(device, descriptor));
  }

  int getMaxPacketSize(MemorySegment device, byte endpoint) {
    return call(() -> (int) getMaxPacketSize.invokeExact(device, endpoint));
  }

  int open(MemorySegment device, MemorySegment handle) {
    return call(() -> (int) open.invokeExact(device, handle));
  }

  void close(MemorySegment handle) {
    call(
        () -> {
          close.invokeExact(handle);
          return 0;
        });
  }

  /** The string with {@code index}, empty if there is none. */
  String string(MemorySegment handle, byte index) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(256);
      int length = call(() -> (int) getString.invokeExact(handle, index, text, 255));
      return length <= 0 ? "" : text.getString(0);
    }
  }

  int kernelDriverActive(MemorySegment handle) {
    return call(() -> (int) kernelDriverActive.invokeExact(handle, 0));
  }

  int detachKernelDriver(MemorySegment handle) {
    return call(() -> (int) detachKernelDriver.invokeExact(handle, 0));
  }

  int claimInterface(MemorySegment handle) {
    return call(() -> (int) claim.invokeExact(handle, 0));
  }

  int releaseInterface(MemorySegment handle) {
    return call(() -> (int) release.invokeExact(handle, 0));
  }

  int controlTransfer(
      MemorySegment handle, int type, int request, int value, int index, MemorySegment data) {
    return call(
        () ->
            (int)
                control.invokeExact(
                    handle,
                    (byte) type,
                    (byte) request,
                    (short) value,
                    (short) index,
                    data,
                    (short) data.byteSize(),
                    1000));
  }

  int bulkTransfer(
      MemorySegment handle, byte endpoint, MemorySegment data, MemorySegment count, int millis) {
    return call(
        () -> (int) bulk.invokeExact(handle, endpoint, data, (int) data.byteSize(), count, millis));
  }
}
