package org.vzrig.hil.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a capture file of one or more sides. Any thread may call it; times are nanoseconds of the
 * side's own clock since its beginning.
 *
 * <p>Complete records reach the operating system with {@link #flush}. Bytes that follow each other
 * at an equal pace share a record, which stays open for {@link #OPEN_NANOS} at most when {@link
 * #idle} is called as it asks: whatever ends the process, no more than that record is missing.
 */
public final class CaptureWriter implements AutoCloseable {
  /** How long a run of bytes waits for its next byte. */
  static final long OPEN_NANOS = 20_000_000;

  private static final List<CaptureNote> KINDS = List.of(CaptureNote.values());
  private static final int BUFFER = 1 << 16;
  private static final int NONE = -1;
  private static final long LONGEST_STEP = 1_000_000_000;

  private final String name;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final long[] lastNanos = new long[CaptureFormat.MAX_SIDES];
  private int sides;
  private byte[] body = new byte[512];
  private int used;

  private int runSide = NONE;
  private int runKind;
  private int runUart;
  private long runNanos;
  private long runStep;
  private int runCount;
  private long runTouched;
  private final byte[] run = new byte[CaptureFormat.MAX_RUN];

  private CaptureWriter(Path file, FileChannel channel) {
    name = file.toString();
    this.channel = channel;
  }

  /** Begins a new file; one that exists is replaced. */
  public static CaptureWriter create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    CaptureWriter writer = new CaptureWriter(file, channel);
    writer.buffer.put(CaptureFormat.MAGIC);
    writer.push();
    return writer;
  }

  /**
   * Goes on with {@code file} where it ends: behind its last whole record, should a torn one follow
   * because a writer was killed. A file that does not exist, or is empty, is begun.
   *
   * @throws IOException when the file is something else
   */
  public static CaptureWriter append(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return create(file);
    }
    long whole = wholeBytes(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.truncate(whole);
    channel.position(whole);
    return new CaptureWriter(file, channel);
  }

  private static long wholeBytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        CaptureReader reader = new CaptureReader(in, file.toString())) {
      CaptureEvent event = new CaptureEvent();
      while (reader.read(event)) {
        // only the end counts
      }
      return reader.wholeBytes();
    }
  }

  /** Begins a side; returns its number for the other methods. */
  public synchronized int side(CaptureHeader header) throws IOException {
    if (sides == CaptureFormat.MAX_SIDES) {
      throw new IOException(name + ": a capture holds at most 16 sides");
    }
    int side = sides++;
    closeRun();
    begin(CaptureFormat.HEADER, side, 0);
    lastNanos[side] = 0;
    bytes(header.encoded());
    finish();
    push();
    return side;
  }

  /** The chip has sent {@code value} (8 or 9 bits) through UART {@code uart}. */
  public synchronized void sent(int side, long nanos, int uart, int value) throws IOException {
    put(side, CaptureFormat.SENT, nanos, uart, value);
  }

  /** {@code value} was put on the line to UART {@code uart}: somebody typed it. */
  public synchronized void received(int side, long nanos, int uart, int value) throws IOException {
    put(side, CaptureFormat.RECEIVED, nanos, uart, value);
  }

  /** The chip has sent a break. */
  public synchronized void sentBreak(int side, long nanos, int uart) throws IOException {
    closeRun();
    begin(CaptureFormat.BREAK, side, nanos);
    octet(uart);
    finish();
  }

  /**
   * A pin is high or low from now on.
   *
   * @param pin index as {@link org.vzrig.boards.Pin#index}
   */
  public synchronized void pin(int side, long nanos, int pin, boolean level) throws IOException {
    closeRun();
    begin(CaptureFormat.PIN, side, nanos);
    varint((long) pin << 1 | (level ? 1 : 0));
    finish();
  }

  /** Something that a reader should know. */
  public synchronized void note(int side, long nanos, CaptureNote kind, String text)
      throws IOException {
    closeRun();
    begin(CaptureFormat.NOTE, side, nanos);
    octet(KINDS.indexOf(kind));
    bytes(text.getBytes(StandardCharsets.UTF_8));
    finish();
  }

  /** The side was recorded up to {@code nanos}, whatever happened last. */
  public synchronized void end(int side, long nanos) throws IOException {
    closeRun();
    begin(CaptureFormat.END, side, nanos);
    finish();
    push();
  }

  /** Hands all whole records to the operating system. */
  public synchronized void flush() throws IOException {
    push();
  }

  /** Nothing has come for a moment; returns after how many nanoseconds to be called again. */
  public synchronized long idle() throws IOException {
    if (runSide == NONE) {
      return Long.MAX_VALUE;
    }
    long left = runTouched + OPEN_NANOS - System.nanoTime();
    if (left > 0) {
      return left;
    }
    closeRun();
    push();
    return Long.MAX_VALUE;
  }

  @Override
  public synchronized void close() throws IOException {
    try (channel) {
      if (channel.isOpen()) {
        closeRun();
        push();
      }
    }
  }

  private void put(int side, int kind, long nanos, int uart, int value) throws IOException {
    if (value >>> 8 != 0) {
      closeRun();
      begin(kind + CaptureFormat.WIDE_SENT - CaptureFormat.SENT, side, nanos);
      octet(uart);
      varint(value);
      finish();
    } else if (!joinsRun(side, kind, nanos, uart)) {
      closeRun();
      runSide = side;
      runKind = kind;
      runUart = uart;
      runNanos = nanos;
      addToRun(value);
    } else {
      runStep = runCount == 1 ? nanos - runNanos : runStep;
      addToRun(value);
    }
  }

  private void addToRun(int value) {
    run[runCount++] = (byte) value;
    runTouched = System.nanoTime();
  }

  private boolean joinsRun(int side, int kind, long nanos, int uart) {
    if (side != runSide || kind != runKind || uart != runUart || runCount == run.length) {
      return false;
    }
    long behind = nanos - runNanos;
    return runCount == 1 ? behind >= 0 && behind < LONGEST_STEP : behind == runStep * runCount;
  }

  private void closeRun() throws IOException {
    if (runSide == NONE) {
      return;
    }
    int side = runSide;
    runSide = NONE;
    begin(runKind, side, runNanos);
    octet(runUart);
    varint(runStep);
    bytes(run, runCount);
    runCount = 0;
    runStep = 0;
    finish();
  }

  private void begin(int kind, int side, long nanos) {
    used = 0;
    octet(kind | side << 4);
    varint(CaptureFormat.zigzag(nanos - lastNanos[side]));
    lastNanos[side] = nanos;
  }

  private void octet(int value) {
    if (used == body.length) {
      body = Arrays.copyOf(body, used * 2);
    }
    body[used++] = (byte) value;
  }

  private void varint(long value) {
    long rest = value;
    while (rest >>> 7 != 0) {
      octet((int) rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  private void bytes(byte[] bytes) {
    bytes(bytes, bytes.length);
  }

  private void bytes(byte[] bytes, int count) {
    if (used + count > body.length) {
      body = Arrays.copyOf(body, Math.max(used + count, body.length * 2));
    }
    System.arraycopy(bytes, 0, body, used, count);
    used += count;
  }

  private void finish() throws IOException {
    if (used > CaptureFormat.MAX_BODY) {
      throw new IOException(name + ": a record of " + used + " bytes is too long");
    }
    if (buffer.remaining() < 8) {
      push();
    }
    int length = used;
    while (length >>> 7 != 0) {
      buffer.put((byte) (length & 0x7F | 0x80));
      length >>>= 7;
    }
    buffer.put((byte) length);
    copy(body, used);
    int check = CaptureFormat.check(body, 0, used);
    copy(new byte[] {(byte) check, (byte) (check >>> 8)}, 2);
  }

  private void copy(byte[] from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      if (!buffer.hasRemaining()) {
        push();
      }
      int part = Math.min(buffer.remaining(), count - done);
      buffer.put(from, done, part);
      done += part;
    }
  }

  private void push() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } finally {
      buffer.compact();
    }
  }
}
