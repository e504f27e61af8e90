package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells at which speed a line was read that sends at another one: plays what should have come
 * through a receiver of each usual speed and looks which result resembles what did come.
 *
 * <p>A receiver waits for a start bit and samples the middles of the bits that follow by its own
 * clock, as in figure "UART Reception" of the PIC32 family reference manual, section 21.
 */
public final class BaudGuess {
  private static final int[] USUAL = {
    1200, 2400, 4800, 9600, 14_400, 19_200, 28_800, 38_400, 57_600, 76_800, 115_200, 230_400,
    250_000, 460_800, 500_000, 921_600, 1_000_000
  };
  private static final double ALIKE = 0.8;
  private static final int LONGEST = 1000;

  private BaudGuess() {}

  /**
   * A guess.
   *
   * @param ratio speed of the sender by that of the reader
   * @param likeness how well it explains what came, 0 to 1
   */
  public record Guess(double ratio, double likeness) {
    /** The sender's speed when the line is read at {@code reader}. */
    public long sender(long reader) {
      double exact = reader * ratio;
      long best = Math.round(exact);
      for (int usual : USUAL) {
        if (Math.abs(usual - exact) < exact * 0.02) {
          best = usual;
        }
      }
      return best;
    }
  }

  /** The speed that explains best why {@code seen} came when {@code sent} should have come. */
  public static Optional<Guess> guess(byte[] sent, byte[] seen) {
    double[] found = histogram(seen, seen.length);
    Guess best = new Guess(1, ALIKE);
    for (double ratio : ratios()) {
      byte[] read = read(sent, ratio, 1);
      double likeness = cosine(histogram(read, read.length), found);
      byte[] two = read(sent, ratio, 2);
      likeness = Math.max(likeness, cosine(histogram(two, two.length), found));
      if (likeness > best.likeness) {
        best = new Guess(ratio, likeness);
      }
    }
    return best.ratio == 1 ? Optional.empty() : Optional.of(best);
  }

  private static List<Double> ratios() {
    List<Double> ratios = new ArrayList<>();
    for (int sender : USUAL) {
      double ratio = sender / 115_200.0;
      ratios.add(ratio);
      ratios.add(1 / ratio);
    }
    ratios.add(2.0 / 3);
    ratios.add(1.5);
    return ratios.stream().filter(r -> Math.abs(r - 1) > 0.03).distinct().toList();
  }

  /**
   * What a receiver gets of {@code sent}.
   *
   * @param ratio speed of the sender by that of the receiver
   * @param stopBits of the sender, which sends without pauses
   */
  public static byte[] read(byte[] sent, double ratio, int stopBits) {
    int count = Math.min(sent.length, LONGEST);
    int perByte = 9 + stopBits;
    double bit = ratio; // the receiver's bit, in bits of the sender
    double end = (double) count * perByte;
    List<Byte> got = new ArrayList<>();
    double at = 0;
    while (at < end) {
      double start = nextLow(sent, count, perByte, at);
      if (start >= end) {
        break;
      }
      int value = 0;
      for (int k = 0; k < 8; k++) {
        value |= level(sent, count, perByte, start + (1.5 + k) * bit) << k;
      }
      got.add((byte) value);
      at = start + 9.5 * bit;
    }
    byte[] bytes = new byte[got.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = got.get(i);
    }
    return bytes;
  }

  /** The next moment from {@code from} on at which the line goes low, or is low already. */
  private static double nextLow(byte[] sent, int count, int perByte, double from) {
    double at = from;
    while (at < (double) count * perByte && level(sent, count, perByte, at) != 0) {
      at = Math.floor(at) + 1;
    }
    return at;
  }

  /** The line's level at a time in bits of the sender. */
  private static int level(byte[] sent, int count, int perByte, double time) {
    long bits = (long) time;
    int index = (int) (bits / perByte);
    int bit = (int) (bits % perByte);
    if (index >= count || bit > 8) {
      return 1;
    }
    return bit == 0 ? 0 : sent[index] >> bit - 1 & 1;
  }

  private static double[] histogram(byte[] bytes, int count) {
    double[] histogram = new double[256];
    for (int i = 0; i < Math.min(count, 2 * LONGEST); i++) {
      histogram[bytes[i] & 0xFF]++;
    }
    return histogram;
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return aa == 0 || bb == 0 ? 0 : ab / Math.sqrt(aa * bb);
  }
}
