package org.vzrig.appliance.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.EmulatedRun;
import org.vzrig.appliance.run.FirmwareOptions;
import org.vzrig.appliance.run.Step;
import org.vzrig.boards.Board;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.hil.capture.VcdSource;
import org.vzrig.hil.compare.Input;

/** What is to be recorded and read, once the command line is known to be right. */
record Plan(
    SideSpec first,
    SideSpec second,
    Board board,
    FirmwareOptions firmware,
    RealOptions real,
    List<Step> steps,
    Duration length) {
  /**
   * Programs the real board if that was asked for, and records what has to be recorded into {@code
   * folder}: both boards at the same time.
   *
   * @param out shows how programming goes
   */
  Recorded record(Path folder, PrintWriter out) throws CommandFailure, IOException {
    if (real.flash) {
      RealBoard.flash(this, out);
    }
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<Input> one =
          both.submit(() -> side(first, firstName(), real.engine, folder.resolve("first.vzcap")));
      Future<Input> other =
          both.submit(
              () -> side(second, secondName(), real.realEngine, folder.resolve("second.vzcap")));
      return new Recorded(result(one), result(other));
    }
  }

  /** Both sides, ready to be compared. */
  record Recorded(Input first, Input second) {}

  private boolean two() {
    boolean lines = first instanceof SideSpec.Emulated || second instanceof SideSpec.Line;
    return !lines || second instanceof SideSpec.Emulated;
  }

  /** Two of a kind are told apart as first and second. */
  private String firstName() {
    return two() ? "first" : "emulated";
  }

  private String secondName() {
    return two() ? "second" : "real";
  }

  private static Input result(Future<Input> future) throws CommandFailure, IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case CommandFailure failure -> throw failure;
        case IOException io -> throw io;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private Input side(SideSpec spec, String name, Cpu.Engine engine, Path capture)
      throws CommandFailure, IOException {
    // only what a real board was recorded with has names of its own
    Map<String, String> names = spec.equals(second) ? real.signals() : Map.of();
    return switch (spec) {
      case SideSpec.Capture(Path path, int number) -> Input.of(name, path, number);
      case SideSpec.Vcd(Path path) -> new Input(name, () -> new VcdSource(path, board, names), 0);
      case SideSpec.Emulated(Path path) -> {
        EmulatedRun.record(path, firmware, board, steps, engine, length, capture);
        yield Input.of(name, capture, 0);
      }
      case SideSpec.Line(String line) -> {
        RealBoard.record(this, line, capture);
        yield Input.of(name, capture, 0);
      }
    };
  }
}
