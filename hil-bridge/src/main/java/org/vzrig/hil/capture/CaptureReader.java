package org.vzrig.hil.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a capture file, also one that is still being written or whose writer was killed. */
public final class CaptureReader implements CaptureSource {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;
  private long position;
  private long whole;
  private byte[] body = new byte[1024];
  private int next;
  private int end;
  private final long[] lastNanos = new long[CaptureFormat.MAX_SIDES];
  private String damage = "";

  /**
   * Reads from {@code in}, which {@link #close} closes.
   *
   * @param name what messages call it
   * @throws IOException when this is no capture, or one of another version
   */
  public CaptureReader(InputStream in, String name) throws IOException {
    this.in = in;
    this.name = name;
    byte[] magic = new byte[CaptureFormat.MAGIC.length];
    int have = in.readNBytes(magic, 0, magic.length);
    position = have;
    whole = have;
    if (have < magic.length && !Arrays.equals(magic, 0, have, CaptureFormat.MAGIC, 0, have)
        || have == magic.length && !Arrays.equals(magic, CaptureFormat.MAGIC)) {
      throw new IOException(notOurs(magic, have));
    }
  }

  /** Opens {@code file}. */
  public static CaptureReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    try {
      return new CaptureReader(in, file.toString());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** Whether {@code file} begins as a capture does, of whatever version. */
  public static boolean recognises(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(6);
      return Arrays.equals(start, Arrays.copyOf(CaptureFormat.MAGIC, 6));
    }
  }

  private String notOurs(byte[] magic, int have) {
    boolean other = have >= 6 && Arrays.equals(magic, 0, 6, CaptureFormat.MAGIC, 0, 6);
    return other
        ? "%s: expected a capture of version 1, found version %c".formatted(name, magic[6])
        : name + ": expected a capture, which begins with VZRCAP1";
  }

  @Override
  public boolean read(CaptureEvent event) throws IOException {
    if (!damage.isEmpty() || !record()) {
      return false;
    }
    try {
      decode(event);
    } catch (IndexOutOfBoundsException e) {
      damage("a record that does not hold what its kind needs");
      return false;
    }
    whole = position;
    return true;
  }

  @Override
  public String damage() {
    return damage;
  }

  /** Bytes of the file up to and with the last sound record. */
  long wholeBytes() {
    return whole;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads a body into {@link #body}; false at the end or where the file is damaged. */
  private boolean record() throws IOException {
    try {
      if (!more()) {
        return false;
      }
      int length = length();
      if (length <= 0 || length > CaptureFormat.MAX_BODY) {
        return damage("a record of " + length + " bytes");
      }
      if (body.length < length + 2) {
        body = new byte[Math.max(length + 2, body.length * 2)];
      }
      copy(length + 2);
      int check = body[length] & 0xFF | (body[length + 1] & 0xFF) << 8;
      if (check != CaptureFormat.check(body, 0, length)) {
        return damage("a record whose check is wrong");
      }
      next = 0;
      end = length;
      return true;
    } catch (EOFException e) {
      return damage("half a record: its writer was killed, or is still writing");
    }
  }

  private boolean damage(String what) {
    damage =
        "%s: at byte %d stands %s; what is behind it was not read".formatted(name, whole, what);
    return false;
  }

  private void decode(CaptureEvent event) throws IOException {
    int first = octet();
    event.side = first >>> 4;
    int kind = first & 0xF;
    long delta = CaptureFormat.unzigzag(varint());
    if (kind == CaptureFormat.HEADER) {
      lastNanos[event.side] = 0;
    }
    lastNanos[event.side] += delta;
    event.nanos = lastNanos[event.side];
    switch (kind) {
      case CaptureFormat.HEADER -> {
        event.kind = CaptureEvent.Kind.HEADER;
        event.header = CaptureHeader.decoded(body, next, end);
      }
      case CaptureFormat.SENT -> run(event, CaptureEvent.Kind.SENT);
      case CaptureFormat.RECEIVED -> run(event, CaptureEvent.Kind.RECEIVED);
      case CaptureFormat.WIDE_SENT -> wide(event, CaptureEvent.Kind.SENT);
      case CaptureFormat.WIDE_RECEIVED -> wide(event, CaptureEvent.Kind.RECEIVED);
      case CaptureFormat.BREAK -> {
        event.kind = CaptureEvent.Kind.BREAK;
        event.uart = octet();
      }
      case CaptureFormat.PIN -> {
        int value = (int) varint();
        event.edge(event.nanos, value >>> 1, (value & 1) != 0);
      }
      case CaptureFormat.NOTE -> note(event);
      case CaptureFormat.END -> event.kind = CaptureEvent.Kind.END;
      default ->
          throw new IOException(
              "%s: at byte %d stands a record of kind %d, which version 1 does not have"
                  .formatted(name, whole, kind));
    }
  }

  private void run(CaptureEvent event, CaptureEvent.Kind kind) {
    event.kind = kind;
    event.uart = octet();
    event.step = varint();
    event.count = end - next;
    short[] values = event.room(event.count);
    for (int i = 0; i < event.count; i++) {
      values[i] = (short) (body[next + i] & 0xFF);
    }
  }

  private void wide(CaptureEvent event, CaptureEvent.Kind kind) {
    int uart = octet();
    event.bytes(kind, event.nanos, uart, (int) varint());
  }

  private void note(CaptureEvent event) {
    event.kind = CaptureEvent.Kind.NOTE;
    int kind = octet();
    CaptureNote[] kinds = CaptureNote.values();
    event.note = kind < kinds.length ? kinds[kind] : CaptureNote.REMARK;
    event.text = new String(body, next, end - next, StandardCharsets.UTF_8);
  }

  private int octet() {
    if (next == end) {
      throw new IndexOutOfBoundsException();
    }
    return body[next++] & 0xFF;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = octet();
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException();
  }

  private int length() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      need();
      int part = buffer[at++];
      position++;
      value |= (part & 0x7F) << shift;
      if (part >= 0) {
        return value;
      }
    }
    return -1;
  }

  private void copy(int count) throws IOException {
    int done = 0;
    while (done < count) {
      need();
      int part = Math.min(filled - at, count - done);
      System.arraycopy(buffer, at, body, done, part);
      at += part;
      done += part;
    }
    position += count;
  }

  private boolean more() throws IOException {
    if (at == filled) {
      at = 0;
      filled = Math.max(0, in.read(buffer));
    }
    return filled > 0;
  }

  private void need() throws IOException {
    if (!more()) {
      throw new EOFException();
    }
  }
}
