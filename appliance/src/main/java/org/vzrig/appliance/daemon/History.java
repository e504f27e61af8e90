package org.vzrig.appliance.daemon;

import java.nio.charset.StandardCharsets;

/** The last bytes of a stream. One thread at a time. */
final class History {
  private final byte[] bytes;
  private long count;

  /** Keeps the last {@code capacity} bytes. */
  History(int capacity) {
    bytes = new byte[capacity];
  }

  void add(String latin1) {
    for (int i = 0; i < latin1.length(); i++) {
      bytes[(int) (count++ % bytes.length)] = (byte) latin1.charAt(i);
    }
  }

  /** What is kept, a character 0 to 255 for each byte. */
  String text() {
    int kept = (int) Math.min(count, bytes.length);
    byte[] text = new byte[kept];
    for (int i = 0; i < kept; i++) {
      text[i] = bytes[(int) ((count - kept + i) % bytes.length)];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
