package org.vzrig.appliance.gdb;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Frames of the GDB remote protocol: {@code $text#checksum}, acknowledged until told not to. */
final class Packets {
  /** What {@link #read} returns for Ctrl-C. */
  static final String BREAK = "\3";

  private static final int LONGEST = 1 << 16;

  private final InputStream in;
  private final OutputStream out;
  private volatile boolean acknowledge = true;

  Packets(InputStream in, OutputStream out) {
    this.in = new BufferedInputStream(in);
    this.out = new BufferedOutputStream(out);
  }

  /** From now on neither side acknowledges. */
  void withoutAcknowledgement() {
    acknowledge = false;
  }

  /** The next packet or {@link #BREAK}; null at the end of the stream. */
  @Nullable String read() throws IOException {
    while (true) {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      if (c == 3) {
        return BREAK;
      }
      if (c == '$') {
        String text = body();
        if (text != null) {
          return text;
        }
      }
    }
  }

  /** Null when the checksum is wrong; then the peer was asked to repeat. */
  private @Nullable String body() throws IOException {
    StringBuilder text = new StringBuilder();
    int sum = 0;
    for (int c = in.read(); c != '#'; c = in.read()) {
      if (c < 0 || text.length() == LONGEST) {
        throw new IOException("the debugger's packet does not end");
      }
      sum += c;
      text.append((char) c);
    }
    int expected = Character.digit(in.read(), 16) << 4 | Character.digit(in.read(), 16);
    boolean good = expected == (sum & 0xFF);
    if (acknowledge) {
      synchronized (out) {
        out.write(good ? '+' : '-');
        out.flush();
      }
    }
    return good ? text.toString() : null;
  }

  /** Sends one packet of ASCII text without the protocol's special characters. */
  void write(String text) throws IOException {
    int sum = text.chars().sum() & 0xFF;
    synchronized (out) {
      out.write("$%s#%02x".formatted(text, sum).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
  }
}
