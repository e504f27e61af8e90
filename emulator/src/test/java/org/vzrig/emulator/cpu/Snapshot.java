package org.vzrig.emulator.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The state of the core as a random program writes it: words of registers and of the data area. */
final class Snapshot {
  /** The words, in their order. */
  static final List<String> WORDS = words();

  /** Bytes of a snapshot. */
  static final int SIZE = 4 * WORDS.size();

  /** Words of the data area, and signal counters after it. */
  static final int DATA_WORDS = 16;

  /** Even, so that every snapshot is aligned for doubles. */
  static final int COUNTER_WORDS = 12;

  private final byte[] bytes;

  private Snapshot(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A state that is all zeros. */
  static Snapshot zeros() {
    return new Snapshot(new byte[SIZE]);
  }

  /** The snapshots that a program has put out. */
  static List<Snapshot> all(byte[] output) {
    if (output.length % SIZE != 0) {
      throw new AssertionError("half a snapshot: " + output.length + " bytes");
    }
    List<Snapshot> snapshots = new ArrayList<>();
    for (int at = 0; at < output.length; at += SIZE) {
      snapshots.add(new Snapshot(Arrays.copyOfRange(output, at, at + SIZE)));
    }
    return snapshots;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (int r = 0; r < 32; r++) {
      words.add(Disassembler.register(r));
    }
    for (int a = 0; a < 4; a++) {
      words.add("hi" + a);
      words.add("lo" + a);
    }
    words.add("dspctl");
    words.add("fcsr");
    for (int f = 0; f < 32; f++) {
      words.add("f" + f);
      words.add("f" + f + "h");
    }
    for (int i = 0; i < 16; i++) {
      words.add("data%+d".formatted(i * 4 - 32));
    }
    for (int signal = 0; signal < 12; signal++) {
      words.add("signals" + signal);
    }
    return List.copyOf(words);
  }

  /** Offset of a word by its name. */
  static int offset(String word) {
    int index = WORDS.indexOf(word);
    if (index < 0) {
      throw new IllegalArgumentException(word);
    }
    return 4 * index;
  }

  int word(String name) {
    return buffer().getInt(offset(name));
  }

  private ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  Snapshot with(String name, int value) {
    Snapshot copy = new Snapshot(bytes.clone());
    copy.buffer().putInt(offset(name), value);
    return copy;
  }

  /** A line for every word that differs. */
  static String differences(Snapshot ours, Snapshot theirs) {
    StringBuilder text = new StringBuilder();
    for (String word : WORDS) {
      if (ours.word(word) != theirs.word(word)) {
        text.append(
            "  %-8s ours %08x, QEMU %08x%n".formatted(word, ours.word(word), theirs.word(word)));
      }
    }
    return text.toString();
  }

  /** All words, eight in a line. */
  String dump() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS.size(); i++) {
      text.append("%8s %08x".formatted(WORDS.get(i), word(WORDS.get(i))));
      text.append(i % 8 == 7 ? "\n" : "");
    }
    return text.append('\n').toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Snapshot s && Arrays.equals(bytes, s.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
