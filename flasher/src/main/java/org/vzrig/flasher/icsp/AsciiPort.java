package org.vzrig.flasher.icsp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.hil.serial.SerialLine;

/**
 * The "ascii ICSP" adapter, an Arduino that takes printable characters. Its receive buffer has 512
 * bytes, so after 440 of them a sync character is awaited.
 */
public final class AsciiPort extends BitTap {
  private static final int SYNC_ATTEMPTS = 40;
  private static final int BUFFERED = 440;
  private static final int BATCH = 24;
  private static final Duration REPLY = Duration.ofMillis(250);
  private static final String KEY = "0100110101000011" + "0100100001010000";

  private final SerialLine line;
  private final Deadline deadline;
  private final String description;
  private int unacknowledged;

  private AsciiPort(SerialLine line, Deadline deadline, String description) {
    this.line = line;
    this.deadline = deadline;
    this.description = description;
  }

  /** Synchronises with the adapter on {@code line}; closes the line if none answers. */
  public static AsciiPort open(SerialLine line, Deadline deadline) throws IOException {
    try {
      AsciiPort port = new AsciiPort(line, deadline, "");
      for (int i = 0; i < SYNC_ATTEMPTS; i++) {
        port.send(">");
        if (port.receive(1).equals("<")) {
          port.send("?");
          String name = port.receive(14);
          if (name.startsWith("ascii ICSP v1")) {
            return new AsciiPort(line, deadline, name);
          }
        }
        line.discard();
      }
      throw new FlashException(Reason.NO_TARGET, "no ascii ICSP adapter answers on " + line.name());
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return description;
  }

  private void send(String text) throws IOException {
    deadline.check("talking to the ICSP adapter");
    try {
      line.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static FlashException gone(IOException e) {
    return new FlashException(Reason.PROTOCOL, String.valueOf(e.getMessage()), e);
  }

  /** At most {@code count} characters; fewer if they do not come in time. */
  private String receive(int count) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      int read = read(bytes, have, count - have);
      if (read == 0) {
        break;
      }
      have += read;
    }
    return new String(bytes, 0, have, StandardCharsets.US_ASCII);
  }

  private int read(byte[] into, int offset, int length) throws FlashException {
    try {
      return line.read(into, offset, length, deadline.limit(REPLY));
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /** Sends characters that cause no reply, and waits for the adapter when it may have many. */
  private void stream(String text) throws IOException {
    if (unacknowledged + text.length() > BUFFERED) {
      send(">");
      unacknowledged = 0;
      String reply = receive(1);
      if (!reply.equals("<")) {
        throw lost("<", reply);
      }
    }
    unacknowledged += text.length();
    send(text);
  }

  private static FlashException lost(String expected, String found) {
    return new FlashException(
        Reason.PROTOCOL,
        "the ICSP adapter is out of step: expected %s, found \"%s\""
            .formatted(expected, found.replaceAll("[^ -~]", "?")));
  }

  private String ask(String text, int replies) throws IOException {
    stream(text);
    unacknowledged = 0;
    String reply = receive(replies);
    if (reply.length() != replies) {
      throw lost(replies + " characters", reply);
    }
    return reply;
  }

  @Override
  public void enter() throws IOException {
    stream("5.88888.32.8." + KEY + ".8.3.8......");
    deadline.clock().sleepMillis(150);
  }

  @Override
  public void reset() throws IOException {
    stream("eeeeed");
  }

  @Override
  public void instruction(int value) throws IOException {
    stream("e" + shift(5, value, false));
  }

  @Override
  public void write(int bits, long value) throws IOException {
    stream(shift(bits, value, false));
  }

  @Override
  public long read(int bits, long value) throws IOException {
    String text = shift(bits, value, true);
    return decode(ask(text, (int) text.chars().filter(Character::isUpperCase).count()));
  }

  /** The last bit goes out with TMS high; reading is one bit ahead, on the header's last clock. */
  private static String shift(int bits, long value, boolean read) {
    StringBuilder text = new StringBuilder(read ? "A" : "a");
    long rest = value;
    int left = bits;
    for (; left > 4; left -= 4) {
      text.append((char) ((read ? 'I' : 'i') + (int) (rest & 0xF)));
      rest >>>= 4;
    }
    for (; left > 1; left--) {
      text.append((char) ((read ? 'D' : 'd') + 2 * (int) (rest & 1)));
      rest >>>= 1;
    }
    return text.append((char) ('e' + 2 * (int) (rest & 1))).append('z').toString();
  }

  /** The first character holds the least significant bit; letters hold four bits. */
  private static long decode(String reply) throws FlashException {
    long value = 0;
    for (int i = reply.length() - 1; i >= 0; i--) {
      char c = reply.charAt(i);
      if (c >= 'I' && c <= 'X') {
        value = value << 4 | c - 'I';
      } else if (c == '0' || c == '1') {
        value = value << 1 | c - '0';
      } else {
        throw lost("0, 1 or I to X", reply);
      }
    }
    return value;
  }

  @Override
  public void fastData(int... words) throws IOException {
    for (int at = 0; at < words.length; at += BATCH) {
      int count = Math.min(BATCH, words.length - at);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        // only the header is read: the bit before the data is PrAcc
        long bits = Integer.toUnsignedLong(words[at + i]) << 1;
        text.append('A').append(shift(33, bits, false).substring(1));
      }
      String taken = ask(text.toString(), count);
      if (taken.contains("0")) {
        throw notTaken();
      }
    }
  }

  @Override
  public void pause(int millis) throws IOException {
    stream("8".repeat(Math.max(1, millis / 10)));
    deadline.clock().sleepMillis(millis);
  }

  @Override
  public void leave(boolean power) throws IOException {
    stream(power ? "88888.6........." : "88888.4.........");
    deadline.clock().sleepMillis(100);
  }

  @Override
  public void close() {
    line.close();
  }
}
