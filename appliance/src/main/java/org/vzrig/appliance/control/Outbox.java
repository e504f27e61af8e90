package org.vzrig.appliance.control;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.vzrig.appliance.daemon.Json;

/**
 * Lines on their way to a client. Events never wait: what does not fit is counted, and the client
 * is told how many it has missed as soon as there is room. Answers wait, which only keeps the
 * client itself waiting.
 */
final class Outbox {
  /** Bytes that may wait for a client. */
  static final int LIMIT = 1 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<byte[]> lines = new ArrayDeque<>();
  private int bytes;
  private long missed;
  private boolean closed;

  /** Adds an event; false when it did not fit. */
  boolean event(byte[] line) {
    lock.lock();
    try {
      if (closed) {
        return true;
      }
      if (bytes + line.length > LIMIT) {
        missed++;
        return false;
      }
      tellMissed();
      add(line);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void tellMissed() {
    if (missed > 0) {
      add(Json.line(Json.object().put("event", "missed").put("count", missed)));
      missed = 0;
    }
  }

  /** Adds an answer; waits while too much waits already. */
  void answer(byte[] line) throws InterruptedException {
    lock.lock();
    try {
      while (bytes > LIMIT && !closed) {
        changed.await();
      }
      add(line);
    } finally {
      lock.unlock();
    }
  }

  private void add(byte[] line) {
    lines.add(line);
    bytes += line.length;
    changed.signalAll();
  }

  /** The next line, for which it waits; an empty one at the end. */
  byte[] take() throws InterruptedException {
    lock.lock();
    try {
      while (lines.isEmpty() && !closed) {
        changed.await();
      }
      byte[] line = lines.poll();
      if (line == null) {
        return new byte[0];
      }
      bytes -= line.length;
      if (bytes == 0) {
        tellMissed();
      }
      changed.signalAll();
      return line;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
