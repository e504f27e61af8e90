package org.vzrig.flasher.sim;

import java.nio.charset.StandardCharsets;

/** The ascii ICSP adapter with a chip behind it. */
public final class SimAscii implements SimTarget {
  private static final int KEY = 0x4D43_4850;

  private final SimTap tap;
  private int key;
  private boolean powered;

  /** An adapter whose cable goes to {@code tap}. */
  public SimAscii(SimTap tap) {
    this.tap = tap;
  }

  /** Whether the chip gets power. */
  public boolean powered() {
    return powered;
  }

  @Override
  public void receive(int value, Reply reply) {
    String answer = answer((char) value);
    if (!answer.isEmpty()) {
      reply.send(answer.getBytes(StandardCharsets.US_ASCII), 10_000);
    }
  }

  private String answer(char c) {
    if (c >= 'd' && c <= 'g') {
      clock(c - 'd');
    } else if (c >= 'D' && c <= 'G') {
      return Integer.toString(clock(c - 'D'));
    } else if (c >= 'i' && c <= 'x') {
      nibble(c - 'i');
    } else if (c >= 'I' && c <= 'X') {
      return Character.toString('I' + nibble(c - 'I'));
    } else {
      return control(c);
    }
    return "";
  }

  /** Bit 1 is TDI, bit 0 is TMS. */
  private int clock(int pair) {
    return powered && key == KEY ? tap.clock(pair >> 1, pair & 1) : 0;
  }

  private int nibble(int bits) {
    int out = 0;
    for (int i = 0; i < 4; i++) {
      out |= clock((bits >> i & 1) << 1) << i;
    }
    return out;
  }

  private String control(char c) {
    switch (c) {
      case '>' -> {
        return "<";
      }
      case '?' -> {
        return "ascii ICSP v1E";
      }
      case 'a', 'A' -> {
        clock(1);
        clock(0);
        int bit = clock(0);
        return c == 'A' ? Integer.toString(bit) : "";
      }
      case 'z' -> {
        clock(1);
        clock(0);
      }
      case '0', '1' -> key = key << 1 | c - '0';
      case '4' -> powered = false;
      case '5' -> powered = true;
      default -> {}
    }
    return "";
  }
}
