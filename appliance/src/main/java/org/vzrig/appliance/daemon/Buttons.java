package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.Target;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;

/** Presses buttons of the emulated board, and of the real one where lines go to them. */
public final class Buttons {
  private final MachineHost host;
  private final Optional<RealBoard> real;

  Buttons(MachineHost host, Optional<RealBoard> real) {
    this.host = host;
    this.real = real;
  }

  /**
   * Presses {@code name} for {@code length} of virtual time, of the host's on the real board; for
   * null until it is released.
   */
  public void press(String name, @Nullable Duration length) throws CommandFailure, IOException {
    if (onReal(name)) {
      RealBoard board = real.orElseThrow();
      if (length == null) {
        board.press(name, true);
      } else {
        board.press(name, length);
      }
    }
    if (onEmulated(name)) {
      pressEmulated(name, length);
    }
  }

  /** Lets go of {@code name}. */
  public void release(String name) throws CommandFailure, IOException {
    if (onReal(name)) {
      real.orElseThrow().press(name, false);
    }
    if (onEmulated(name)) {
      PoweredMachine machine = host.running();
      Button button = named(machine.target().board(), name);
      machine.post(() -> drive(machine.target(), button, false));
    }
  }

  private boolean onReal(String name) {
    return real.isPresent() && real.get().hasButton(name);
  }

  /** The real board alone has the buttons that lines go to. */
  private boolean onEmulated(String name) {
    return host.program().isPresent() || !onReal(name);
  }

  private void pressEmulated(String name, @Nullable Duration length) throws CommandFailure {
    PoweredMachine machine = host.running();
    Button button = named(machine.target().board(), name);
    machine.post(
        () -> {
          drive(machine.target(), button, true);
          if (length != null) {
            letGoAfter(machine, button, length);
          }
        });
  }

  private static void letGoAfter(PoweredMachine machine, Button button, Duration length) {
    Target target = machine.target();
    long cycle = target.workload().cycles() + machine.time().cycles(length.toNanos());
    target
        .events()
        .schedule(
            target.events().event("button " + button.name(), () -> drive(target, button, false)),
            cycle);
  }

  private static void drive(Target target, Button button, boolean pressed) {
    target.pins().drive(button.pin(), pressed != button.activeLow());
  }

  private static Button named(Board board, String name) throws CommandFailure {
    return board
        .button(name)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "no button '%s'; %s has %s"
                        .formatted(
                            name,
                            board.name(),
                            String.join(
                                ", ", board.buttons().stream().map(Button::name).toList()))));
  }
}
