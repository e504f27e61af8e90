package org.vzrig.appliance.term;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * The terminal that standard input and output are, with a raw keyboard: every key, Ctrl-C too,
 * arrives as it was typed. Closing it brings the settings back.
 */
public final class Terminal implements AutoCloseable {
  /** The key that leaves: Ctrl-]. */
  public static final int LEAVE = 0x1D;

  /** The key that resets the board: Ctrl-\. */
  public static final int RESET = 0x1C;

  private static final int STDIN = 0;
  private static final int STDOUT = 1;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment before;
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private boolean open = true;

  private Terminal() {
    before = Libc.makeRaw(STDIN, arena);
  }

  /** Whether both standard input and standard output are a terminal. */
  public static boolean present() {
    return System.getProperty("os.name").equals("Linux")
        && Libc.isTerminal(STDIN)
        && Libc.isTerminal(STDOUT);
  }

  /** Makes the keyboard raw. */
  public static Terminal open() {
    return new Terminal();
  }

  /** Height and width in characters; 0 when unknown. */
  int rows() {
    return Libc.size(STDOUT).rows();
  }

  int columns() {
    return Libc.size(STDOUT).columns();
  }

  /** Reads keys on a thread of its own and hands them to {@code keys} until input ends. */
  public void readKeys(IntConsumer keys, Runnable ended) {
    readInput(keys, ended);
  }

  /** Reads standard input on a thread of its own and hands it to {@code keys} until it ends. */
  public static void readInput(IntConsumer keys, Runnable ended) {
    Thread.ofPlatform().name("keyboard").daemon().start(() -> read(keys, ended));
  }

  private static void read(IntConsumer keys, Runnable ended) {
    byte[] buffer = new byte[256];
    try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        for (int i = 0; i < count; i++) {
          keys.accept(buffer[i] & 0xFF);
        }
      }
    } catch (IOException e) {
      // the terminal has gone away: the same as its end
    }
    ended.run();
  }

  /** Writes bytes. */
  public synchronized void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
  }

  /** Writes text. */
  public void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      Libc.set(STDIN, before);
      arena.close();
    }
  }
}
