package org.vzrig.hil.bridge;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A file that gets what the UART sends. */
final class LogWire implements Wire {
  private final Path file;
  private final FileOutputStream out;

  LogWire(Path file) throws IOException {
    this.file = file;
    out = new FileOutputStream(file.toFile(), true);
  }

  @Override
  public String where() {
    return file.toString();
  }

  @Override
  public String state() {
    return "open";
  }

  @Override
  public boolean heard() {
    return true;
  }

  @Override
  public boolean drained() {
    return true;
  }

  @Override
  public int take(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    return length;
  }

  /** Nothing ever comes from a file. */
  @Override
  public int read(byte[] into, Duration timeout) {
    LockSupport.parkNanos(Duration.ofHours(1).toNanos());
    return 0;
  }

  @Override
  public void baud(int bitsPerSecond) {
    // a file has no speed
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // everything was written by then
    }
  }
}
