package org.vzrig.flasher.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.usb.HidChannel;
import org.vzrig.hil.serial.SerialLine;

/**
 * Answers with given bytes, the next ones whenever somebody reads, whatever was sent before. So a
 * recorded session replays, and a fuzzer can go on from there.
 */
public final class Replay implements SerialLine, HidChannel, BulkChannel {
  private final VirtualTime time;
  private final byte[] replies;
  private final Kind kind;
  private int at;
  private int answered;
  private boolean closed;

  /** How the bytes are cut. */
  public enum Kind {
    /** Bytes or whole reports. */
    STREAM,
    /** Packets behind a byte with their length, one each time somebody reads. */
    PACKETS,
    /** Answers behind two bytes with their length, one for each frame that is sent. */
    ANSWERS
  }

  /** Answers with {@code replies}. */
  public Replay(VirtualTime time, byte[] replies, Kind kind) {
    this.time = time;
    this.replies = replies.clone();
    this.kind = kind;
  }

  /** Whether it was released. */
  public boolean closed() {
    return closed;
  }

  private byte[] next(int most, Duration timeout) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    int end = kind == Kind.ANSWERS ? answered : replies.length;
    byte[] some = Arrays.copyOfRange(replies, at, Math.min(end, at + most));
    at += some.length;
    time.sleep(some.length == 0 ? timeout.toNanos() : 1_000_000);
    return some;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    time.sleep(100_000);
    if (kind == Kind.ANSWERS && answered + 2 < replies.length) {
      at = answered + 2; // what was not read is lost
      int length = (replies[answered] & 0xFF) << 8 | replies[answered + 1] & 0xFF;
      answered = Math.min(replies.length, at + length);
    }
  }

  @Override
  public int read(byte[] into, int offset, int length, Duration timeout) throws IOException {
    byte[] some = next(length, timeout);
    System.arraycopy(some, 0, into, offset, some.length);
    return some.length;
  }

  /** A report, or for an FTDI adapter a packet. */
  @Override
  public byte[] read(Duration timeout) throws IOException {
    if (kind != Kind.PACKETS) {
      return next(HidChannel.REPORT, timeout);
    }
    byte[] length = next(1, timeout);
    return length.length == 0 ? length : next(length[0] & 0xFF, timeout);
  }

  @Override
  public int baud() {
    return 115_200;
  }

  @Override
  public void baud(int bitsPerSecond) {}

  @Override
  public boolean control(boolean dtr, boolean rts) {
    return true;
  }

  @Override
  public void discard() {}

  @Override
  public void request(int request, int value, int index) {}

  @Override
  public int ask(int request, int value, int index) throws IOException {
    return 0;
  }

  @Override
  public void close() {
    closed = true;
  }
}
