package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.ImageOptions;
import org.vzrig.boards.Board;
import org.vzrig.boards.BootLoaders;
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
    Image image = options.read(file);
    try {
      if (options.loader != null) {
        image = new ImageBuilder().add(image).add(ImageReader.read(options.loader)).build();
      }
      checkAddresses(image, chip);
      return image;
    } catch (ImageException e) {
      throw ImageOptions.refusal(e);
    }
  }

  private static void checkAddresses(Image image, Chip chip) throws ImageException {
    IntPredicate flash = address -> chip.region(address).filter(r -> r.kind().flash()).isPresent();
    List<Problem> outside = ImageCheck.outside(image, flash, "flash of " + chip.name());
    if (!outside.isEmpty()) {
      throw new ImageException(outside);
    }
  }

  /**
   * A board at its first instruction with nothing in its flash but its boot loader, or the one that
   * was named, or with what is in {@code flash}.
   *
   * @throws CommandFailure when there is nothing that it could run
   * @throws IOException when {@code flash} cannot be used
   */
  static Machine board(FirmwareOptions options, Board board, Optional<FlashFile> flash)
      throws CommandFailure, IOException {
    Machine machine = new Machine(board);
    if (options.loader == null) {
      BootLoaders.of(board).ifPresent(machine::load);
    }
    fill(machine, flash);
    if (options.loader != null) {
      machine.load(loader(options.loader, board.chip()));
    }
    if (machine.bus().read(Chip.BOOT_LOWER, 4) == -1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "expected a CONFIG or an image: there is no boot loader in the flash of the board "
              + board.name());
    }
    return machine;
  }

  private static Image loader(Path file, Chip chip) throws CommandFailure {
    try {
      Image image = ImageReader.read(file);
      checkAddresses(image, chip);
      return image;
    } catch (ImageException e) {
      throw ImageOptions.refusal(e);
    }
  }

  private static void fill(Machine machine, Optional<FlashFile> flash) throws IOException {
    if (flash.isPresent()) {
      flash.get().checkWritable();
      if (flash.get().exists()) {
        flash.get().load(machine);
      }
    }
  }

  /** A board with {@code image} in its flash, at its first instruction. */
  static Machine boot(Image image, FirmwareOptions options, Board board, Optional<FlashFile> flash)
      throws CommandFailure, IOException {
    OptionalInt entry =
        options.entry == null ? OptionalInt.empty() : OptionalInt.of(entry(image, options.entry));
    Machine machine = new Machine(board);
    fill(machine, flash);
    if (entry.isEmpty() && !image.covers(Chip.BOOT_LOWER)) {
      if (board.loader().isPresent() && application(image, board)) {
        BootLoaders.of(board).ifPresent(machine::load);
      } else {
        entry = OptionalInt.of(start(image, board));
      }
    }
    machine.load(image);
    entry.ifPresent(address -> startNowAndAfterResets(machine, address));
    return machine;
  }

  /** The boot loader that is not there would start the image after a reset, too. */
  private static void startNowAndAfterResets(Machine machine, int address) {
    machine.startAt(address);
    machine.afterReset(() -> machine.startAt(address));
  }

  /** Whether the image has the word by which boot loaders know that there is an application. */
  private static boolean application(Image image, Board board) {
    int application = board.loader().map(Loader::application).orElse(LOADED_APPLICATION);
    return image.word(Addresses.physical(application)).orElse(-1) != -1;
  }

  /** Where an image starts that no boot loader of the board's would start. */
  private static int start(Image image, Board board) {
    if (image.entry().isPresent() && programFlash(board, image.entry().getAsInt())) {
      // a start record of a hex file may hold the physical address
      return Addresses.kseg0(image.entry().getAsInt());
    }
    return application(image, board) ? LOADED_APPLICATION : PROGRAM_FLASH;
  }

  private static boolean programFlash(Board board, int address) {
    return board
        .chip()
        .region(Region.Kind.PROGRAM_FLASH)
        .contains(Addresses.physical(address & ~1));
  }

  private static int entry(Image image, String text) throws CommandFailure {
    Optional<Symbol> symbol = image.symbol(text);
    return symbol.isPresent()
        ? symbol.get().address() | (symbol.get().microMips() ? 1 : 0)
        : ImageOptions.address(
            "--entry", "an address such as 9D001000 or a symbol of the image", text);
  }
}
