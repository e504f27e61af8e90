package org.vzrig.appliance.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.vzrig.hil.serial.JsscLine;
import org.vzrig.hil.serial.Pty;
import org.vzrig.hil.serial.SerialLine;

/**
 * A bad cable between a board's pty and another one: bytes are changed on their way from it. It is
 * plugged in when somebody opens its far end.
 */
final class Relay implements AutoCloseable {
  /** What becomes of the bytes that come together. */
  @FunctionalInterface
  interface Cable {
    /** What arrives of the first {@code count} of {@code bytes}; may take its time. */
    byte[] carry(byte[] bytes, int count) throws IOException;
  }

  private final Pty far;
  private final Path link;
  private final Cable cable;
  private final Thread thread;
  private volatile boolean closed;

  /** A cable to the board's end {@code link}. */
  Relay(Path link, Cable cable) throws IOException {
    far = Pty.open();
    this.link = link;
    this.cable = cable;
    thread = Thread.ofPlatform().daemon().name("relay").start(this::run);
  }

  /** What is to be opened instead of the board. */
  String name() {
    return far.slaveName();
  }

  private void run() {
    byte[] buffer = new byte[256];
    try (SerialLine board = plugged()) {
      while (!closed) {
        int count = board.read(buffer, 0, buffer.length, Duration.ofMillis(5));
        byte[] out = cable.carry(buffer, count);
        far.write(out, 0, out.length);
      }
    } catch (IOException e) {
      closed = true; // the board is gone: its test tells why
    }
  }

  /** The board's end, as soon as somebody has opened the far one. */
  private SerialLine plugged() throws IOException {
    byte[] nothing = new byte[16];
    while (!closed && far.opens() == 0) {
      far.read(nothing, 0, nothing.length, Duration.ofMillis(1)); // looks who has opened it, too
    }
    return JsscLine.open(link.toString(), 115_200);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    far.close();
  }
}
