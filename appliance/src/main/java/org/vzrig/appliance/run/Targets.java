package org.vzrig.appliance.run;

import java.nio.file.Path;
import java.util.List;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.rt.Rig;

/** Makes machines from the files that users name. */
final class Targets {
  private Targets() {}

  /**
   * A machine that runs {@code file}: a firmware image by its name's ending, its content or the
   * options, else a configuration.
   */
  static Target of(Path file, FirmwareOptions options, Board board) throws CommandFailure {
    boolean image = options.used() || ImageFormat.ofFile(file).isPresent();
    return of(image ? firmware(file, options, board) : guests(file, board));
  }

  private static Machine firmware(Path file, FirmwareOptions options, Board board)
      throws CommandFailure {
    return Firmware.boot(Firmware.read(file, options, board.chip()), options, board);
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
}
