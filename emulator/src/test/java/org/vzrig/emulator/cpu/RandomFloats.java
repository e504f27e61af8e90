package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.emulator.cpu.Segment.Item;
import org.vzrig.emulator.cpu.Segment.Word;

/** Floating-point operands and FCSR values that reach the corners of the formats. */
final class RandomFloats {
  /** FCCR, FEXR, FENR, FCSR; FIR tells the part, and the numbers between are not defined. */
  static final List<Integer> CONTROLS = List.of(25, 26, 28, 31);

  /**
   * Bits that programs write to them: QEMU ignores a write with reserved bits, and does not know
   * FS, FO and FN as the part does.
   */
  private static final List<Integer> WRITTEN =
      List.of(
          0xFF, Fcsr.CAUSE | Fcsr.FLAGS, Fcsr.ENABLES | Fcsr.RM, ~(Fcsr.FS | Fcsr.FO | Fcsr.FN));

  private static final int INTERESTING_WIDTHS = 70;

  private final RandomWords random;
  private final Profile profile;

  RandomFloats(RandomWords random, Profile profile) {
    this.random = random;
    this.profile = profile;
  }

  /** Bits of a value of the format. */
  long value(FloatFormat f) {
    boolean negative = random.oneIn(2);
    return switch (random.below(8)) {
      case 0 -> f.sign(negative);
      case 1 -> f.infinity(negative) | (random.oneIn(2) ? 0 : fraction(f));
      case 2 -> f.sign(negative) | fraction(f);
      case 3 -> nearEnd(f, negative);
      case 4 -> of(f, random.below(2000) - 1000);
      default -> ordinary(f, negative);
    };
  }

  private static long of(FloatFormat f, int value) {
    return f.equals(FloatFormat.SINGLE)
        ? Float.floatToRawIntBits(value) & 0xFFFF_FFFFL
        : Double.doubleToRawLongBits(value);
  }

  /** Few or many bits of the fraction. */
  private long fraction(FloatFormat f) {
    long bits = (long) random.anyInt() << 32 | random.anyInt() & 0xFFFF_FFFFL;
    int cut = random.below(f.fraction() + 1);
    return f.fractionOf(random.oneIn(2) ? bits >>> cut << cut : bits >>> cut + 63 - f.fraction());
  }

  /** Exponents around 0, so that sums, products and conversions to integers meet. */
  private long ordinary(FloatFormat f, boolean negative) {
    int exponent = f.bias() + random.below(2 * INTERESTING_WIDTHS) - INTERESTING_WIDTHS;
    return f.sign(negative) | (long) exponent << f.fraction() | fraction(f);
  }

  private long nearEnd(FloatFormat f, boolean negative) {
    int distance = 1 + random.below(f.fraction() + 3);
    int exponent = random.oneIn(2) ? distance : f.special() - distance;
    return f.sign(negative) | (long) exponent << f.fraction() | fraction(f);
  }

  /** Code that puts a value into an FPU register, through general register {@code temp}. */
  Item constant(int temp) {
    Asm asm = new Asm();
    int register = random.below(32);
    if (random.oneIn(2)) {
      asm.li(temp, (int) value(FloatFormat.SINGLE)).op("mtc1", 't', temp, 'S', register);
    } else {
      long bits = value(FloatFormat.DOUBLE);
      int even = profile.pairs() ? register & ~1 : register;
      asm.li(temp, (int) bits).op("mtc1", 't', temp, 'S', even);
      asm.li(temp, (int) (bits >>> 32)).op("mthc1", 't', temp, 'S', even);
    }
    return item(asm);
  }

  /** Code that writes a control register: any rounding mode, at times enabled exceptions. */
  Item control(int temp) {
    int number = CONTROLS.get(random.below(CONTROLS.size()));
    int value = random.anyInt() & WRITTEN.get(CONTROLS.indexOf(number));
    if (!random.oneIn(4)) {
      value &= ~Fcsr.ENABLES;
    }
    if (!random.oneIn(4)) {
      value &= ~Fcsr.CAUSE;
    }
    return item(new Asm().li(temp, value).op("ctc1", 't', temp, 'S', number));
  }

  private static Item item(Asm asm) {
    List<Word> words = new ArrayList<>();
    asm.words().forEach(w -> words.add(Word.plain(w)));
    return new Item(words);
  }
}
