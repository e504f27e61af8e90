package org.vzrig.appliance.run;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.Chip;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageCheck;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Problem;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.rt.Rig;

/** Makes machines from the files that users name. */
final class Targets {
  private Targets() {}

  /**
   * A machine that runs {@code file}: a firmware image by its name's ending, else a configuration.
   */
  static Target of(Path file, Board board) throws CommandFailure {
    boolean image = ImageFormat.ofName(file.toString()).isPresent();
    return of(image ? firmware(file, board) : guests(file, board));
  }

  private static Target of(Machine machine) {
    return new Target(
        machine,
        machine.events(),
        machine.sysclkHz(),
        machine.board(),
        machine::uart,
        machine.pins());
  }

  /** The bare board with {@code file} in its flash; an ELF file's entry is where it starts. */
  private static Machine firmware(Path file, Board board) throws CommandFailure {
    try {
      Image image = ImageReader.read(file);
      checkAddresses(image, board.chip());
      Machine machine = new Machine(board);
      machine.load(image);
      start(machine, image.entry());
      return machine;
    } catch (ImageException e) {
      List<String> lines = e.problems().stream().map(Problem::toString).toList();
      throw new CommandFailure(ExitCode.BAD_IMAGE, lines);
    }
  }

  private static void checkAddresses(Image image, Chip chip) throws ImageException {
    IntPredicate flash = address -> chip.region(address).filter(r -> r.kind().flash()).isPresent();
    List<Problem> outside = ImageCheck.outside(image, flash, "flash of " + chip.name());
    if (!outside.isEmpty()) {
      throw new ImageException(outside);
    }
  }

  /** The board with the hypervisor and the guests of a configuration. */
  private static Machine guests(Path file, Board board) throws CommandFailure {
    try {
      Layout layout = Layouts.read(file, board.name());
      layout.warnings().forEach(warning -> Logger.warn("{}", warning));
      return Rig.build(board, layout).machine();
    } catch (ConfigException e) {
      List<String> lines = e.problems().stream().map(Object::toString).toList();
      throw new CommandFailure(ExitCode.BAD_CONFIG, lines);
    }
  }

  /** The boot loader of a board that has one starts applications in program flash. */
  private static void start(Machine machine, OptionalInt entry) {
    machine
        .board()
        .loader()
        .ifPresent(loader -> machine.startAt(entry.orElse(loader.application())));
  }
}
