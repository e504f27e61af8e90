package org.vzrig.flasher.stk500;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.hil.serial.SerialLine;

/**
 * Commands and their replies over a serial line. Every attempt has its own sequence number, so that
 * a reply that is late or comes twice is never taken for another's.
 */
final class StkLink {
  /** Longest body that a reply can have: a page, two status bytes and the command. */
  static final int LONGEST = 512;

  /**
   * Silence in the middle of a frame that means the rest is lost; USB adapters pause up to 16 ms,
   * busy hosts longer.
   */
  private static final Duration GAP = Duration.ofMillis(250);

  /** The same for LEAVE, which cannot be repeated: the loader is gone when it has answered. */
  private static final Duration LEAVE_GAP = Duration.ofSeconds(2);

  private static final Duration QUIET = Duration.ofMillis(100);

  private final SerialLine line;
  private final Deadline deadline;
  private final StkFrame.Decoder decoder = new StkFrame.Decoder(LONGEST);
  private final byte[] buffer = new byte[1024];
  private int sequence;

  StkLink(SerialLine line, Deadline deadline) {
    this.line = line;
    this.deadline = deadline;
  }

  SerialLine line() {
    return line;
  }

  Deadline deadline() {
    return deadline;
  }

  /**
   * Sends {@code body} once.
   *
   * @return the body of the reply, or null if none came whole in time
   * @throws IOException if the line is gone or the deadline has passed
   */
  byte @Nullable [] attempt(byte[] body, Duration timeout) throws IOException {
    deadline.check("talking to the boot loader");
    sequence = sequence + 1 & 0xFF;
    byte[] frame = new StkFrame(sequence, body).encode();
    write(frame);
    return receive(body[0], timeout.plus(wireTime(frame.length)));
  }

  private void write(byte[] bytes) throws FlashException {
    try {
      line.write(bytes);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private int read(Duration timeout) throws FlashException {
    try {
      return line.read(buffer, 0, buffer.length, timeout);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static FlashException gone(IOException e) {
    return new FlashException(Reason.PROTOCOL, String.valueOf(e.getMessage()), e);
  }

  private Duration wireTime(int bytes) {
    return Duration.ofNanos(bytes * 10_000_000_000L / line.baud());
  }

  private byte @Nullable [] receive(byte command, Duration timeout) throws FlashException {
    long start = deadline.clock().nanos();
    Duration gap = command == StkCommand.LEAVE ? LEAVE_GAP : GAP;
    Duration left = timeout;
    while (!left.isNegative() && !left.isZero()) {
      boolean inFrame = decoder.started();
      Duration wait = deadline.limit(inFrame && gap.compareTo(left) < 0 ? gap : left);
      int count = read(wait);
      if (count == 0) {
        break;
      }
      decoder.add(buffer, count);
      for (StkFrame f = decoder.next(); f != null; f = decoder.next()) {
        if (f.sequence() == sequence && f.body()[0] == command) {
          return f.body();
        }
      }
      if (decoder.damaged()) {
        break;
      }
      left = timeout.minusNanos(deadline.clock().nanos() - start);
    }
    return null;
  }

  /**
   * Brings the loader back to waiting for a frame. A lost byte leaves it waiting for the rest of a
   * frame; filling that up with a byte value that the frame did not hold makes its checksum wrong,
   * so that the loader drops it.
   *
   * @param lost the command that went wrong
   * @param length filler bytes
   */
  void recover(byte[] lost, int length) throws IOException {
    deadline.check("getting back into step with the boot loader");
    drain();
    byte[] filler = new byte[length];
    java.util.Arrays.fill(filler, absentFrom(new StkFrame(sequence, lost).encode()));
    write(filler);
    drain();
  }

  private static byte absentFrom(byte[] frame) {
    boolean[] present = new boolean[256];
    for (byte b : frame) {
      present[b & 0xFF] = true;
    }
    int value = 0x55;
    for (int i = 0; i < 256 && present[value]; i++) {
      value = value + 1 & 0xFF;
    }
    return (byte) value;
  }

  /** Reads until the line has been silent for a moment. */
  void drain() throws IOException {
    for (int i = 0; i < 100 && read(deadline.limit(QUIET)) > 0; i++) {
      deadline.check("waiting for the line to fall silent");
    }
    decoder.clear();
  }
}
