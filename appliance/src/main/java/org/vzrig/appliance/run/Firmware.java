package org.vzrig.appliance.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.Chip;
import org.vzrig.boards.Loader;
import org.vzrig.boards.Region;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageCheck;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Problem;
import org.vzrig.boards.image.Symbol;
import org.vzrig.emulator.machine.Machine;

/** Programs an image into a board and decides where it starts. */
final class Firmware {
  private static final int LOADED_APPLICATION = 0x9D00_1000;
  private static final int PROGRAM_FLASH = 0x9D00_0000;

  private Firmware() {}

  /** The image of {@code file} and of the boot loader, if one was named, checked for the chip. */
  static Image read(Path file, FirmwareOptions options, Chip chip) throws CommandFailure {
    try {
      Image image = options.at == null ? ImageReader.read(file) : binary(file, options.at);
      if (options.loader != null) {
        image = new ImageBuilder().add(image).add(ImageReader.read(options.loader)).build();
      }
      checkAddresses(image, chip);
      return image;
    } catch (ImageException e) {
      throw refusal(e.problems().stream().map(Problem::toString).toList());
    }
  }

  private static Image binary(Path file, String at) throws ImageException, CommandFailure {
    OptionalInt address = address(at);
    if (address.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--at: expected an address such as 9D000000, found '" + at + "'");
    }
    return ImageReader.readBinary(file, address.getAsInt());
  }

  private static void checkAddresses(Image image, Chip chip) throws ImageException {
    IntPredicate flash = address -> chip.region(address).filter(r -> r.kind().flash()).isPresent();
    List<Problem> outside = ImageCheck.outside(image, flash, "flash of " + chip.name());
    if (!outside.isEmpty()) {
      throw new ImageException(outside);
    }
  }

  /** A board with {@code image} in its flash, at its first instruction. */
  static Machine boot(Image image, FirmwareOptions options, Board board) throws CommandFailure {
    OptionalInt start = start(image, options, board);
    Machine machine = new Machine(board);
    machine.load(image);
    start.ifPresent(machine::startAt);
    return machine;
  }

  /** Where a boot loader would start the image; empty when the chip's reset vector is filled. */
  private static OptionalInt start(Image image, FirmwareOptions options, Board board)
      throws CommandFailure {
    if (options.entry != null) {
      return OptionalInt.of(entry(image, options.entry));
    }
    if (image.covers(Chip.BOOT_LOWER)) {
      return OptionalInt.empty();
    }
    if (image.entry().isPresent() && programFlash(board, image.entry().getAsInt())) {
      // a start record of a hex file may hold the physical address
      return OptionalInt.of(Addresses.kseg0(image.entry().getAsInt()));
    }
    int application = board.loader().map(Loader::application).orElse(LOADED_APPLICATION);
    int word = image.word(Addresses.physical(application)).orElse(-1);
    return OptionalInt.of(word == -1 ? PROGRAM_FLASH : application);
  }

  private static boolean programFlash(Board board, int address) {
    return board
        .chip()
        .region(Region.Kind.PROGRAM_FLASH)
        .contains(Addresses.physical(address & ~1));
  }

  private static int entry(Image image, String text) throws CommandFailure {
    Optional<Symbol> symbol = image.symbol(text);
    OptionalInt entry = symbol.isPresent() ? OptionalInt.of(symbol.get().address()) : address(text);
    return entry.orElseThrow(
        () ->
            new CommandFailure(
                ExitCode.USAGE,
                "--entry: expected an address such as 9D001000 or a symbol of the image, found '%s'"
                    .formatted(text)));
  }

  /** A hexadecimal address, with or without 0x. */
  private static OptionalInt address(String text) {
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(text.replaceFirst("^0[xX]", ""), 16));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static CommandFailure refusal(List<String> lines) {
    return new CommandFailure(ExitCode.BAD_IMAGE, lines);
  }
}
