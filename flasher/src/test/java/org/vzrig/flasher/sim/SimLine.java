package org.vzrig.flasher.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.vzrig.hil.serial.SerialLine;

/** A serial line on virtual time between the flasher and a simulated target, with a fault on it. */
public final class SimLine implements SerialLine.Opener {
  private record Arrival(long time, byte value) {}

  private final VirtualTime time;
  private final SimTarget target;
  private final Fault fault;
  private final boolean resets;
  private final ArrayDeque<Arrival> arriving = new ArrayDeque<>();
  private int requestBytes;
  private int replyBytes;
  private int replies;
  private boolean silent;
  private int opened;
  private boolean inUse;
  private long busyUntil;

  /** A line to {@code target}; opening it resets the target if {@code resets}. */
  public SimLine(VirtualTime time, SimTarget target, Fault fault, boolean resets) {
    this.time = time;
    this.target = target;
    this.fault = fault;
    this.resets = resets;
  }

  @Override
  public String name() {
    return "sim";
  }

  /** How often the line was opened. */
  public int opened() {
    return opened;
  }

  /** Whether somebody has not closed it. */
  public boolean inUse() {
    return inUse;
  }

  /** Bytes that have left for the target. */
  public int requestBytes() {
    return requestBytes;
  }

  /** Bytes that have come back. */
  public int replyBytes() {
    return replyBytes;
  }

  @Override
  public SerialLine open(int bitsPerSecond) throws IOException {
    if (inUse) {
      throw new IOException("sim: in use");
    }
    opened++;
    inUse = true;
    arriving.clear();
    if (resets) {
      silent = false;
      target.reset();
    }
    return new Open(bitsPerSecond);
  }

  private boolean strikes(Fault.Kind kind, int count) {
    return fault.kind() == kind && fault.at() == count;
  }

  private final class Open implements SerialLine {
    private int baud;
    private boolean closed;

    Open(int baud) {
      this.baud = baud;
    }

    @Override
    public String name() {
      return "sim";
    }

    private long byteNanos() {
      return 10_000_000_000L / baud;
    }

    private void ensureOpen() throws IOException {
      if (closed) {
        throw new IOException("sim: closed");
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      ensureOpen();
      long sent = Math.max(time.nanos(), busyUntil);
      for (byte b : bytes) {
        sent += byteNanos();
        int value = b & 0xFF;
        if (strikes(Fault.Kind.CLOSE_PORT, requestBytes)) {
          requestBytes++;
          close();
          throw new IOException("sim: unplugged or no longer answering");
        }
        if (strikes(Fault.Kind.SILENCE, requestBytes)) {
          silent = true;
        }
        if (strikes(Fault.Kind.CORRUPT_REQUEST_BYTE, requestBytes)) {
          value ^= 0x40;
        }
        boolean lost = strikes(Fault.Kind.LOSE_REQUEST_BYTE, requestBytes);
        requestBytes++;
        if (!lost && !silent) {
          long at = sent;
          target.receive(value, (reply, delay) -> reply(reply, at + delay));
        }
      }
      busyUntil = sent;
    }

    private void reply(byte[] reply, long at) {
      int number = replies++;
      long start = strikes(Fault.Kind.LATE_REPLY, number) ? at + 7_000_000_000L : at;
      if (strikes(Fault.Kind.LOSE_REPLY, number)) {
        return;
      }
      byte[] bytes = reply.clone();
      if (strikes(Fault.Kind.WRONG_SEQUENCE, number)) {
        bytes[1] ^= 0x10;
        bytes[bytes.length - 1] ^= 0x10;
      }
      if (strikes(Fault.Kind.REFUSE, number)) {
        bytes[bytes.length - 1] ^= (byte) (bytes[6] ^ 0xC0);
        bytes[6] = (byte) 0xC0;
      }
      queue(bytes, start);
      if (strikes(Fault.Kind.DUPLICATE_REPLY, number)) {
        queue(bytes, start + bytes.length * byteNanos());
      }
    }

    private void queue(byte[] bytes, long start) {
      long at = Math.max(start, arriving.isEmpty() ? 0 : arriving.getLast().time());
      for (byte b : bytes) {
        at += byteNanos();
        byte value = strikes(Fault.Kind.CORRUPT_REPLY_BYTE, replyBytes) ? (byte) (b ^ 0x08) : b;
        boolean lost = strikes(Fault.Kind.LOSE_REPLY_BYTE, replyBytes);
        replyBytes++;
        if (!lost) {
          arriving.add(new Arrival(at, value));
        }
      }
    }

    @Override
    public int read(byte[] into, int offset, int length, Duration timeout) throws IOException {
      ensureOpen();
      long end = time.nanos() + timeout.toNanos();
      if (arriving.isEmpty() || arriving.peek().time() > end) {
        time.sleep(end - time.nanos());
        return 0;
      }
      time.sleep(arriving.peek().time() - time.nanos());
      int count = 0;
      while (count < length && !arriving.isEmpty() && arriving.peek().time() <= time.nanos()) {
        into[offset + count++] = arriving.poll().value();
      }
      return count;
    }

    @Override
    public int baud() {
      return baud;
    }

    @Override
    public void baud(int bitsPerSecond) {
      baud = bitsPerSecond;
    }

    @Override
    public boolean control(boolean dtr, boolean rts) {
      return resets;
    }

    @Override
    public void discard() {
      arriving.removeIf(a -> a.time() <= time.nanos());
    }

    @Override
    public void close() {
      closed = true;
      inUse = false;
    }
  }
}
