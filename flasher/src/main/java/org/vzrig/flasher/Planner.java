package org.vzrig.flasher;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageCheck;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Origin;
import org.vzrig.boards.image.Problem;
import org.vzrig.boards.image.Segment;
import org.vzrig.flasher.Plan.Erase;

/** Makes plans, and refuses images that must not be programmed. */
public final class Planner {
  /** How the problem begins that an image would leave a part without configuration words. */
  public static final String NO_CONFIGURATION =
      "the image has boot flash contents but no configuration words";

  private static final Origin NOWHERE = new Origin("image", 0);

  private final Part part;
  private final Target target;
  private final boolean force;

  /**
   * For {@code part} behind {@code target}.
   *
   * @param force whether to go on where that can make sense: without configuration words, past the
   *     boot loader's redirection, leaving boot flash out
   */
  public Planner(Part part, Target target, boolean force) {
    this.part = part;
    this.target = target;
    this.force = force;
  }

  /**
   * The plan for {@code image}.
   *
   * @throws ImageException with everything that is wrong with the image for this part
   */
  public Plan plan(Image image, boolean changedOnly) throws ImageException {
    List<Problem> problems =
        new ArrayList<>(
            ImageCheck.outside(
                image,
                a -> part.inFlash(a) || part.inBoot(a),
                "%d KiB flash or the boot flash of %s"
                    .formatted(part.flashBytes() >> 10, part.name())));
    if (!force) {
      problems.addAll(target.check(image));
      problems.addAll(bootProblems(image));
    }
    if (!problems.isEmpty()) {
      throw new ImageException(problems);
    }
    List<String> notes = new ArrayList<>();
    List<Block> flash = blocks(image, false);
    List<Block> boot = target.writesBoot() ? blocks(image, true) : List.of();
    if (bootBytes(image) > 0 && !target.writesBoot()) {
      notes.add(
          "boot flash: the boot loader does not write it; the image's %d bytes for it are left out"
              .formatted(bootBytes(image)));
    } else if (bootBytes(image) == 0 && target.writesBoot() && !changedOnly) {
      notes.add("nothing: the image has no configuration words, the erased ones stay");
    }
    return new Plan(part, erase(changedOnly), flash, boot, image.size(), notes);
  }

  private Erase erase(boolean changedOnly) {
    if (changedOnly) {
      return Erase.CHANGED_PAGES;
    }
    return target.operations().contains(Operation.ERASE) ? Erase.CHIP : Erase.BY_LOADER;
  }

  private int bootBytes(Image image) {
    int count = 0;
    for (Segment segment : image.segments()) {
      if (part.inBoot(segment.address())) {
        count += segment.data().length;
      }
    }
    return count;
  }

  /** A part whose configuration is erased with its boot flash needs one in the image. */
  private List<Problem> bootProblems(Image image) {
    if (bootBytes(image) == 0) {
      return List.of();
    }
    return target.writesBoot() ? missingConfiguration(image) : bootCode(image);
  }

  private List<Problem> missingConfiguration(Image image) {
    int base = Part.BOOT + part.family().devcfgOffset();
    boolean missing =
        switch (part.family()) {
          case MX1, MX3, MZ -> unset(image, base + 12, -1);
          case MM_GPL, MM_GPM ->
              unset(image, base + 0xC4, 0xF00) || unset(image, base + 0x44, 0xF00);
          case MK -> unset(image, base + 12, 0x0F00_0000);
          case BOOTLOADER -> false;
        };
    return missing
        ? List.of(
            Problem.at(
                NOWHERE,
                base + 12,
                NO_CONFIGURATION
                    + "; a part without them may not start or not be programmable again"))
        : List.of();
  }

  /** Whether the word is missing, or does not show the bits that a written one has. */
  private boolean unset(Image image, int address, int bits) {
    OptionalInt word = image.word(address);
    return bits == -1 ? word.orElse(-1) == -1 : (word.orElse(0) & bits) != bits;
  }

  /** Configuration words may be left out behind a loader; code may not. */
  private List<Problem> bootCode(Image image) {
    List<Problem> problems = new ArrayList<>();
    for (Segment segment : image.pieces()) {
      int offset = segment.address() - Part.BOOT & 0x1_FFFF;
      if (part.inBoot(segment.address()) && (offset < 0xFF40 || offset > 0xFFFF)) {
        problems.add(
            Problem.at(
                segment.origin(),
                segment.address(),
                "boot flash holds the boot loader, which cannot replace itself; use a programmer"
                    + " (ICSP)"));
        break;
      }
    }
    return problems;
  }

  private List<Block> blocks(Image image, boolean boot) {
    int size = target.blockBytes(part);
    TreeSet<Integer> starts = new TreeSet<>(Integer::compareUnsigned);
    for (Segment segment : image.segments()) {
      if (part.inBoot(segment.address()) == boot) {
        int start = segment.address() & -size;
        for (long at = Integer.toUnsignedLong(start); at < segment.end(); at += size) {
          starts.add((int) at);
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    for (int start : starts) {
      Block block = new Block(start, bytes(image, start, size));
      if (!block.blank()) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  private byte[] bytes(Image image, int start, int size) {
    byte[] data = new byte[size];
    java.util.Arrays.fill(data, (byte) 0xFF);
    image.read(start, data);
    clearSignatures(start, data);
    return data;
  }

  /** Bit 31 of the signature words (DEVSIGN, ADEVSIGN) reads 0 whatever is written. */
  private void clearSignatures(int start, byte[] data) {
    int[] offsets =
        switch (part.family()) {
          case MZ -> new int[] {0xFFEF, 0xFF6F};
          case MK -> new int[] {0x3FEF};
          default -> new int[0];
        };
    for (int panel : new int[] {Part.BOOT, Part.BOOT + 0x2_0000}) {
      for (int offset : offsets) {
        int at = panel + offset - start;
        if (at >= 0 && at < data.length) {
          data[at] &= 0x7F;
        }
      }
    }
  }
}
