package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.image.Image;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.hil.bridge.SerialBridge;

/** Runs a machine as fast as it goes, only to record it. */
public final class EmulatedRun {
  private EmulatedRun() {}

  /**
   * Records what {@code file} does on an emulated board.
   *
   * @param file an image or a configuration
   * @param steps what is done to it; expectations that are not met end nothing
   * @param engine what executes its instructions
   * @param length virtual time that it runs for
   * @param capture the capture file to write
   */
  public static void record(
      Path file,
      FirmwareOptions firmware,
      Board board,
      List<Step> steps,
      Cpu.Engine engine,
      Duration length,
      Path capture)
      throws CommandFailure, IOException {
    Target target = Targets.of(file, firmware, board);
    target.debug().machine().cpu().engine(engine);
    RunOptions options =
        new RunOptions(RunOptions.Pace.FAST, length, null, steps, null, null, capture);
    Screen nothing = new PlainScreen(OutputStream.nullOutputStream(), target.consoleNumber());
    try (SerialBridge nowhere = new SerialBridge()) {
      new RunSession(target, options, nothing, new Lines(nowhere, target.consoleNumber())).run();
    }
  }

  /** The image in {@code file} as it is programmed into {@code board}, without a boot loader. */
  public static Image image(Path file, FirmwareOptions firmware, Board board)
      throws CommandFailure {
    return Firmware.read(file, firmware, board.chip());
  }

  /** The demo of two guests, which is run when nothing is named. */
  public static Path demo() throws CommandFailure {
    return RunCommand.demo();
  }

  /** What of {@code steps} cannot be done on {@code board}, a line each. */
  public static List<String> impossible(List<Step> steps, Board board) {
    return steps.stream()
        .flatMap(step -> action(step).stream())
        .flatMap(action -> action.impossible(board).stream())
        .toList();
  }

  /** What a step does to the board, if it does something. */
  public static Optional<Action> action(Step step) {
    return switch (step) {
      case Step.Do(Action action) -> Optional.of(action);
      case Step.DoAt(Duration at, Action action) -> Optional.of(action);
      default -> Optional.empty();
    };
  }

  /** The failure of a command line that is wrong in {@code lines}. */
  static CommandFailure usage(List<String> lines) {
    return new CommandFailure(ExitCode.USAGE, lines);
  }
}
