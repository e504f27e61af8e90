package org.vzrig.hil.gpio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.vzrig.hil.host.CLib;

/**
 * A GPIO chip's character device, in version 2 of the kernel's interface ({@code linux/gpio.h},
 * since Linux 5.10). Structures, numbers and flags are those of that header.
 */
final class ChipDevice implements AutoCloseable {
  /** GPIO_V2_LINE_FLAG_INPUT. */
  static final long INPUT = 1 << 2;

  /** GPIO_V2_LINE_FLAG_OUTPUT. */
  static final long OUTPUT = 1 << 3;

  /** GPIO_V2_LINE_FLAG_EDGE_RISING and _FALLING. */
  static final long EDGES = 3 << 4;

  private static final int O_RDWR = 2;
  private static final int O_CLOEXEC = 0x80000;
  private static final int ENODEV = 19;
  private static final int EBUSY = 16;
  private static final int EINVAL = 22;
  private static final int ENOTTY = 25;
  private static final int NAME_BYTES = 32;

  // struct gpiochip_info: name[32], label[32], lines
  private static final long GET_CHIPINFO = 0x8044B401L;
  private static final int CHIPINFO_BYTES = 68;

  // struct gpio_v2_line_info: name[32], consumer[32], offset, ...
  private static final long GET_LINEINFO = 0xC100B405L;
  private static final int LINEINFO_BYTES = 256;
  private static final int LINEINFO_OFFSET = 64;

  // struct gpio_v2_line_request: offsets[64], consumer[32], config, num_lines, event_buffer_size,
  // padding[5], fd
  private static final long GET_LINE = 0xC250B407L;
  private static final int REQUEST_BYTES = 592;
  private static final int REQUEST_CONSUMER = 256;
  private static final int REQUEST_CONFIG = 288;
  private static final int REQUEST_LINES = 560;
  private static final int REQUEST_EVENTS = 564;
  private static final int REQUEST_FD = 588;

  // struct gpio_v2_line_config: flags, num_attrs, padding[5], attrs[10] of id, padding, value, mask
  private static final int CONFIG_ATTRS = REQUEST_CONFIG + 8;
  private static final int CONFIG_ATTR = REQUEST_CONFIG + 32;
  private static final int ATTR_OUTPUT_VALUES = 2;

  /** The most that the kernel keeps for a line. */
  private static final int EVENTS = 1024;

  private static final String CONSUMER = "vzrig";
  private static final MethodHandle OPEN = CLib.function("open", "pi");
  private static final MethodHandle CLOSE = CLib.function("close", "i");
  private static final MethodHandle IOCTL = CLib.variadic("ioctl", "ilp", 2);

  private final Path path;
  private final int descriptor;

  private ChipDevice(Path path, int descriptor) {
    this.path = path;
    this.descriptor = descriptor;
  }

  /**
   * Opens the chip at {@code path}.
   *
   * @throws IOException when there is none, or it may not be used
   */
  static ChipDevice open(Path path) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      CLib.Result opened = CLib.call(OPEN, local.allocateFrom(path.toString()), O_RDWR | O_CLOEXEC);
      return new ChipDevice(path, CLib.check(opened, "opening " + path));
    }
  }

  /** What it is. */
  GpioChip chip() throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment info = local.allocate(CHIPINFO_BYTES, 8);
      CLib.Result result = CLib.call(IOCTL, descriptor, GET_CHIPINFO, info);
      if (result.value() < 0) {
        throw new IOException(path + " is not a GPIO chip");
      }
      return new GpioChip(
          String.valueOf(path.getFileName()),
          info.asSlice(NAME_BYTES, NAME_BYTES).getString(0),
          info.get(ValueLayout.JAVA_INT, 2 * NAME_BYTES),
          "");
    }
  }

  /**
   * Takes line {@code offset}.
   *
   * @param flags how it is used
   * @param high the level of an output
   * @throws IOException when somebody has it, or the chip cannot do that
   */
  LineHandle request(int offset, long flags, boolean high) throws IOException {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment request = local.allocate(REQUEST_BYTES, 8);
      request.set(ValueLayout.JAVA_INT, 0, offset);
      request.setString(REQUEST_CONSUMER, CONSUMER);
      request.set(ValueLayout.JAVA_LONG, REQUEST_CONFIG, flags);
      if ((flags & OUTPUT) != 0) {
        request.set(ValueLayout.JAVA_INT, CONFIG_ATTRS, 1);
        request.set(ValueLayout.JAVA_INT, CONFIG_ATTR, ATTR_OUTPUT_VALUES);
        request.set(ValueLayout.JAVA_LONG, CONFIG_ATTR + 8, high ? 1 : 0);
        request.set(ValueLayout.JAVA_LONG, CONFIG_ATTR + 16, 1);
      }
      request.set(ValueLayout.JAVA_INT, REQUEST_LINES, 1);
      request.set(ValueLayout.JAVA_INT, REQUEST_EVENTS, (flags & EDGES) != 0 ? EVENTS : 0);
      CLib.Result result = CLib.call(IOCTL, descriptor, GET_LINE, request);
      if (result.value() < 0) {
        throw refused(offset, result.errno());
      }
      return new LineHandle(request.get(ValueLayout.JAVA_INT, REQUEST_FD));
    }
  }

  private IOException refused(int offset, int errno) {
    return new IOException(
        switch (errno) {
          case EBUSY -> "in use by " + consumer(offset);
          case EINVAL, ENOTTY -> "the kernel refuses it: Linux 5.10 or later is needed";
          case ENODEV -> "the chip is gone";
          default -> "the kernel refuses it with error " + errno;
        });
  }

  /** Who has line {@code offset}, as far as the kernel knows. */
  String consumer(int offset) {
    try (Arena local = Arena.ofConfined()) {
      MemorySegment info = local.allocate(LINEINFO_BYTES, 8);
      info.set(ValueLayout.JAVA_INT, LINEINFO_OFFSET, offset);
      CLib.Result result = CLib.call(IOCTL, descriptor, GET_LINEINFO, info);
      String name = info.asSlice(NAME_BYTES, NAME_BYTES).getString(0);
      return result.value() < 0 || name.isEmpty() ? "somebody else" : "'" + name + "'";
    }
  }

  @Override
  public void close() {
    CLib.call(CLOSE, descriptor);
  }
}
