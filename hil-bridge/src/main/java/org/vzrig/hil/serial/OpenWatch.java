package org.vzrig.hil.serial;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.vzrig.hil.host.CLib;

/** Counts who opens and closes a device file, through Linux's inotify. Used by one thread. */
final class OpenWatch {
  private static final int NONBLOCK_CLOEXEC = 0x80800;
  private static final int IN_CLOSE_WRITE = 0x08;
  private static final int IN_CLOSE_NOWRITE = 0x10;
  private static final int IN_OPEN = 0x20;
  private static final int HEADER = 16;
  private static final int BUFFER = 4096;

  private static final MethodHandle INIT = CLib.function("inotify_init1", "i");
  private static final MethodHandle ADD = CLib.function("inotify_add_watch", "ipi");
  private static final MethodHandle READ = CLib.function("read", "ipl");
  private static final MethodHandle CLOSE = CLib.function("close", "i");

  private final int inotify;
  private final MemorySegment events;
  private volatile long opens;
  private volatile long closes;

  /** Watches {@code file} from now on, with buffers from {@code arena}. */
  OpenWatch(String file, Arena arena) throws IOException {
    inotify = CLib.check(CLib.call(INIT, NONBLOCK_CLOEXEC), "inotify_init1");
    events = arena.allocate(BUFFER, 8);
    try (Arena local = Arena.ofConfined()) {
      int mask = IN_OPEN | IN_CLOSE_WRITE | IN_CLOSE_NOWRITE;
      CLib.check(
          CLib.call(ADD, inotify, local.allocateFrom(file), mask), "inotify_add_watch " + file);
    }
  }

  /** What to poll: readable when something was opened or closed. */
  int descriptor() {
    return inotify;
  }

  /** Takes note of what has happened. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only one thread writes them
  void update() {
    long count = CLib.call(READ, inotify, events, (long) BUFFER).value();
    for (long at = 0; at + HEADER <= count; ) {
      int mask = events.get(ValueLayout.JAVA_INT, at + 4);
      if ((mask & IN_OPEN) != 0) {
        opens++;
      } else if ((mask & (IN_CLOSE_WRITE | IN_CLOSE_NOWRITE)) != 0) {
        closes++;
      }
      at += HEADER + events.get(ValueLayout.JAVA_INT, at + 12);
    }
  }

  /** How often it was opened. */
  long opens() {
    return opens;
  }

  /** How many have it open now. */
  long open() {
    return opens - closes;
  }

  void close() {
    CLib.call(CLOSE, inotify);
  }
}
