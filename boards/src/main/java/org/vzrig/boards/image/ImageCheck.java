package org.vzrig.boards.image;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.vzrig.boards.DevCfg;
import org.vzrig.boards.Loader;

/** What can be wrong with an image for a certain part, though the file itself is well formed. */
public final class ImageCheck {
  private ImageCheck() {}

  /**
   * Bytes at addresses that the part does not have, one problem for each run of them.
   *
   * @param holds whether the part can hold a byte at a physical address
   * @param where what the part has, for the message, such as "flash of PIC32MZ2048EFG100"
   */
  public static List<Problem> outside(Image image, IntPredicate holds, String where) {
    List<Problem> problems = new ArrayList<>();
    long expected = -1;
    for (Segment piece : image.pieces()) {
      for (int i = 0; i < piece.data().length; i++) {
        long address = piece.start() + i;
        if (holds.test((int) address)) {
          continue;
        }
        if (address != expected) {
          problems.add(
              Problem.at(piece.origin(), (int) address, "expected an address in the " + where));
        }
        expected = address + 1;
      }
    }
    return problems;
  }

  /**
   * Whether an image that goes through a chipKIT boot loader would move the loader's addresses: the
   * word at offset F8 of the first 512-byte aligned packet counts as image base unless it is all
   * ones.
   *
   * @param first physical address of the first packet
   */
  public static List<Problem> redirects(Image image, Loader loader, int first) {
    OptionalInt base = image.word(first + 0xF8);
    boolean harmless =
        (first & 0x1FF) != 0
            || base.isEmpty()
            || base.getAsInt() == -1
            || (base.getAsInt() & 0xFFFF_0000) == loader.imageBase();
    return harmless
        ? List.of()
        : List.of(
            Problem.at(
                image.origin(first + 0xF8).orElseThrow(),
                first + 0xF8,
                ("the chipKIT boot loader takes this word as image base: expected %08X or"
                        + " FFFFFFFF, found %08X, which would redirect every later address")
                    .formatted(loader.imageBase(), base.getAsInt())));
  }

  /**
   * The configuration words of a PIC32MZ in the image; words that the image leaves out read as
   * erased.
   */
  public static DevCfg devcfg(Image image) {
    int a = DevCfg.ADDRESS;
    return new DevCfg(
        image.word(a).orElse(-1),
        image.word(a + 4).orElse(-1),
        image.word(a + 8).orElse(-1),
        image.word(a + 0xC).orElse(-1),
        image.word(a + 0x1C).orElse(-1),
        image.word(a + 0x2C).orElse(0x7FFF_FFFF));
  }
}
