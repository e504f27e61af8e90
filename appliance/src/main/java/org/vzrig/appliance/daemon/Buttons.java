package org.vzrig.appliance.daemon;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.Target;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;

/** Presses buttons of the board. */
public final class Buttons {
  private final MachineHost host;

  Buttons(MachineHost host) {
    this.host = host;
  }

  /** Presses {@code name} for {@code length} of virtual time; for null until it is released. */
  public void press(String name, @Nullable Duration length) throws CommandFailure {
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

  /** Lets go of {@code name}. */
  public void release(String name) throws CommandFailure {
    PoweredMachine machine = host.running();
    Button button = named(machine.target().board(), name);
    machine.post(() -> drive(machine.target(), button, false));
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
