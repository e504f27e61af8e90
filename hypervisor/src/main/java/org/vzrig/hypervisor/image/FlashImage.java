package org.vzrig.hypervisor.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Board;
import org.vzrig.boards.Chip;
import org.vzrig.boards.DevCfg;
import org.vzrig.boards.Region.Kind;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageCheck;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Origin;
import org.vzrig.boards.image.Symbol;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Where;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.VmLayout;

/**
 * Makes an image that can be flashed: the guests in the flash that the layout gave them, the root
 * program, and the board's configuration words. Without a root program the only guest becomes an
 * image for the bare board, at the addresses that it was linked for.
 */
public final class FlashImage {
  /** Words DEVCFG3 to DEVCFG0. */
  private static final int DEVCFG_WORDS = 4;

  /** Where tinyVP's root program expects the initial values of its data. */
  private static final String DATA_COPY = "data_section";

  private final Layout layout;
  private final Board board;
  private final Problems problems;
  private final ImageBuilder merged = new ImageBuilder();

  private FlashImage(Layout layout, Board board, Problems problems) {
    this.layout = layout;
    this.board = board;
    this.problems = problems;
  }

  /**
   * Builds the image. Everything that is wrong goes into {@code problems}; then the result is
   * empty.
   *
   * @param board the board that it is for
   * @param root the root program, an ELF file, or null for a bare board
   */
  public static Image build(Layout layout, Board board, @Nullable Path root, Problems problems) {
    return new FlashImage(layout, board, problems).build(root);
  }

  private Image build(@Nullable Path root) {
    try {
      if (root == null) {
        bare();
      } else {
        root(root);
        GuestPrograms.add(layout, merged, problems);
      }
      Image programs = merged.build();
      if (root == null || board.tinyvp().devcfgAddress() != 0) {
        configurationWords(programs);
      }
      Image image = merged.build();
      check(image);
      return problems.hasErrors() ? Image.EMPTY : image;
    } catch (ImageException e) {
      report(e);
      return Image.EMPTY;
    }
  }

  private void report(ImageException refusal) {
    refusal.problems().forEach(p -> problems.error(layout.board().where(), p.toString()));
  }

  private void bare() throws ImageException {
    List<VmLayout> guests = layout.guests();
    GuestImage image = guests.isEmpty() ? null : guests.getFirst().image();
    if (layout.vms().size() != 1 || image == null) {
      problems.error(
          layout.board().where(),
          "without a root program expected exactly one guest with an image, found %d guests and %d"
                  .formatted(guests.size(), layout.vms().size() - guests.size())
              + " threads");
      return;
    }
    merged.add(GuestPrograms.read(guests.getFirst(), image));
  }

  /** Adds the root program, the initial values of its data behind its code. */
  private void root(Path file) throws ImageException {
    Image root = ImageReader.read(file);
    root.entry().ifPresent(merged::entry);
    List<RootProgram.Section> sections = sections(file);
    Optional<Symbol> copy = root.symbol(DATA_COPY);
    int data =
        sections.stream()
            .filter(this::inRam)
            .mapToInt(RootProgram.Section::address)
            .min()
            .orElse(0);
    for (RootProgram.Section section : sections) {
      Origin origin = new Origin(file + " " + section.name(), 0);
      if (!inRam(section)) {
        merged.add(section.address(), section.data(), origin);
      } else if (copy.isPresent()) {
        int target = copy.get().address() + section.address() - data;
        merged.add(target, section.data(), origin);
      } else {
        problems.error(
            Where.file(file),
            "has data for RAM at %08x but no symbol '%s' that says where flash keeps them"
                .formatted(section.address(), DATA_COPY));
      }
    }
  }

  private List<RootProgram.Section> sections(Path file) {
    try {
      return RootProgram.sections(Files.readAllBytes(file));
    } catch (IOException | IndexOutOfBoundsException e) {
      problems.error(Where.file(file), "has no readable section table: " + e.getMessage());
      return List.of();
    }
  }

  private boolean inRam(RootProgram.Section section) {
    return board.chip().region(Kind.RAM).contains(Addresses.physical(section.address()));
  }

  /** Adds DEVCFG3 to DEVCFG0 unless a program brings its own. */
  private void configurationWords(Image programs) {
    Origin origin = new Origin("configuration words of board " + board.name(), 0);
    board.devcfg().words().entrySet().stream()
        .limit(DEVCFG_WORDS)
        .filter(word -> programs.word(word.getKey()).isEmpty())
        .forEach(word -> merged.add(word.getKey(), littleEndian(word.getValue()), origin));
    if (programs.covers(DevCfg.ADDRESS)) {
      problems.warn(
          layout.board().where(),
          "a program holds configuration words of its own; those of the board are left out");
    }
  }

  private static byte[] littleEndian(int word) {
    return new byte[] {(byte) word, (byte) (word >> 8), (byte) (word >> 16), (byte) (word >> 24)};
  }

  private void check(Image image) {
    Chip chip = board.chip();
    ImageCheck.outside(
            image,
            address -> chip.region(address).filter(r -> r.kind().flash()).isPresent(),
            "flash of " + chip.name())
        .forEach(p -> problems.error(layout.board().where(), p.toString()));
  }
}
