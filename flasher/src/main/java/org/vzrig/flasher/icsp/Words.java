package org.vzrig.flasher.icsp;

import org.vzrig.flasher.Programmer;

/** Bytes as little-endian words and back. */
final class Words {
  private Words() {}

  static int[] of(byte[] bytes) {
    int[] words = new int[bytes.length / 4];
    for (int i = 0; i < words.length; i++) {
      words[i] = Programmer.word(bytes, 4 * i);
    }
    return words;
  }

  static void copy(int[] words, byte[] into, int at) {
    for (int i = 0; i < words.length; i++) {
      for (int b = 0; b < 4 && at + 4 * i + b < into.length; b++) {
        into[at + 4 * i + b] = (byte) (words[i] >>> 8 * b);
      }
    }
  }
}
