package org.vzrig.appliance.daemon;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.port.ByteRing;

/**
 * What users type on the console: one of them at a time, on the line that everybody else's input
 * takes too. Nothing that was accepted is lost: who types faster than the line waits.
 */
public final class ConsoleInput implements Attachment {
  private static final int KEYS = 1 << 12;
  private static final int LINE_AHEAD = 64;
  private static final long WAIT_NANOS = 2_000_000;

  /** A board that takes nothing for this long does not listen. */
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final ReentrantLock typing = new ReentrantLock();

  private volatile @Nullable Line line;
  private @Nullable Object writer;
  private String writerName = "";

  private record Line(PoweredMachine machine, ByteRing keys) {}

  @Override
  public void attach(PoweredMachine machine) {
    ByteRing keys = new ByteRing(KEYS);
    int uart = machine.target().consoleNumber();
    machine
        .thread()
        .betweenSlices(
            () -> {
              if (keys.size() > 0 && machine.target().console().pendingInput() < LINE_AHEAD) {
                keys.drain(value -> machine.type(uart, value));
              }
            });
    line = new Line(machine, keys);
  }

  @Override
  public void detach() {
    line = null;
  }

  /** Makes {@code who} the one who types; false when another one is. */
  public synchronized boolean claim(Object who, String name) {
    if (writer == null) {
      writer = who;
      writerName = name;
    }
    return who.equals(writer);
  }

  /** {@code who} does not type any more, if it did. */
  public synchronized void release(Object who) {
    if (who.equals(writer)) {
      writer = null;
    }
  }

  /** Who types. */
  public synchronized Optional<String> writer() {
    return writer == null ? Optional.empty() : Optional.of(writerName);
  }

  /** What lets the hypervisor give what follows to {@code guest}: Ctrl-E and its digit. */
  static String choose(int guest) {
    return "\5" + guest;
  }

  /**
   * Types {@code bytes}, a character 0 to 255 each, for {@code guest}: its number, 0 for the
   * hypervisor, or negative for whom the line has chosen. Waits while the line is busy.
   *
   * @return false when no machine runs, or it does not take all of it
   */
  public boolean type(String bytes, int guest) {
    typing.lock();
    try {
      return ((guest < 0 ? "" : choose(guest)) + bytes).chars().allMatch(this::put);
    } finally {
      typing.unlock();
    }
  }

  private boolean put(int value) {
    Line now = line;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (now != null && now.equals(line) && now.machine.alive() && System.nanoTime() < end) {
      if (now.keys.size() < KEYS && now.keys.offer(value)) {
        now.machine.thread().wake();
        return true;
      }
      LockSupport.parkNanos(WAIT_NANOS);
    }
    return false;
  }
}
