package org.vzrig.hil.gpio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.vzrig.hil.host.CLib;

/** One line of a {@link ChipDevice} that was taken. Any thread may use it, one at a time. */
final class LineHandle implements AutoCloseable {
  // struct gpio_v2_line_values: bits, mask
  private static final long GET_VALUES = 0xC010B40EL;
  private static final long SET_VALUES = 0xC010B40FL;
  private static final int VALUES_BYTES = 16;

  // struct gpio_v2_line_event: timestamp_ns, id, offset, seqno, line_seqno, padding[6]
  private static final int EVENT_BYTES = 48;
  private static final int EVENT_ID = 8;
  private static final int EVENT_SEQNO = 20;
  private static final int RISING = 1;
  private static final int AT_ONCE = 64;
  private static final short POLLIN = 1;

  private static final MethodHandle IOCTL = CLib.variadic("ioctl", "ilp", 2);
  private static final MethodHandle READ = CLib.function("read", "ipl");
  private static final MethodHandle POLL = CLib.function("poll", "pli");
  private static final MethodHandle CLOSE = CLib.function("close", "i");

  private final Arena arena = Arena.ofShared();
  private final int descriptor;
  private final MemorySegment values = arena.allocate(VALUES_BYTES, 8);
  private final MemorySegment events = arena.allocate((long) AT_ONCE * EVENT_BYTES, 8);
  private final MemorySegment pollfd = arena.allocate(8, 4);
  private int seqno;
  private long lost;
  private boolean closed;

  LineHandle(int descriptor) {
    this.descriptor = descriptor;
    pollfd.set(ValueLayout.JAVA_INT, 0, descriptor);
    pollfd.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
  }

  synchronized boolean get() throws IOException {
    ioctl(GET_VALUES, 0);
    return (values.get(ValueLayout.JAVA_LONG, 0) & 1) != 0;
  }

  synchronized void set(boolean high) throws IOException {
    ioctl(SET_VALUES, high ? 1 : 0);
  }

  private void ioctl(long request, long bits) throws IOException {
    ensureOpen();
    values.set(ValueLayout.JAVA_LONG, 0, bits);
    values.set(ValueLayout.JAVA_LONG, 8, 1);
    CLib.check(CLib.call(IOCTL, descriptor, request, values), "the line");
  }

  /** Tells {@code sink} the edges that have come, and returns how many. */
  synchronized int edges(GpioLines.EdgeSink sink) throws IOException {
    int all = 0;
    int count;
    do {
      ensureOpen();
      count = waiting() ? read() : 0;
      for (int i = 0; i < count; i++) {
        tell((long) i * EVENT_BYTES, sink);
      }
      all += count;
    } while (count == AT_ONCE);
    return all;
  }

  private boolean waiting() {
    pollfd.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
    return CLib.call(POLL, pollfd, 1L, 0).value() > 0;
  }

  private int read() throws IOException {
    CLib.Result result = CLib.call(READ, descriptor, events, events.byteSize());
    return result.later() ? 0 : CLib.check(result, "the line's edges") / EVENT_BYTES;
  }

  private void tell(long at, GpioLines.EdgeSink sink) {
    int now = events.get(ValueLayout.JAVA_INT, at + EVENT_SEQNO);
    lost += now - seqno - 1;
    seqno = now;
    boolean rising = events.get(ValueLayout.JAVA_INT, at + EVENT_ID) == RISING;
    sink.edge(events.get(ValueLayout.JAVA_LONG, at), rising);
  }

  /** Edges that the kernel had no room for. */
  synchronized long lost() {
    return lost;
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("the line was let go of");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      CLib.call(CLOSE, descriptor);
      arena.close();
    }
  }
}
