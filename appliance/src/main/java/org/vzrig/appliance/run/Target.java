package org.vzrig.appliance.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.vzrig.appliance.debug.DebugView;
import org.vzrig.boards.Board;
import org.vzrig.emulator.machine.Lockstep;
import org.vzrig.emulator.machine.Workload;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.emulator.port.UartPort;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.hypervisor.rt.Rig;

/**
 * A machine that is ready to run.
 *
 * @param workload runs it
 * @param events its event queue
 * @param hz cycles a second
 * @param board what it is
 * @param uart serial line of UART 1 to 6
 * @param pins its pins
 * @param debug what debuggers know of it
 * @param rig the hypervisor in Java with its guests, where there is one
 * @param files what it runs: the image or configuration, then what that names
 * @param twin the second machine of a run in lock step
 */
public record Target(
    Workload workload,
    EventQueue events,
    long hz,
    Board board,
    IntFunction<UartPort> uart,
    PinPort pins,
    DebugView debug,
    Optional<Rig> rig,
    List<Path> files,
    Optional<Target> twin) {
  /** How many UARTs a chip has. */
  public static final int UARTS = 6;

  /** This machine in lock step with {@code other}, which was made from the same files. */
  Target inLockstepWith(Target other) {
    Workload both = new Lockstep(debug.machine(), other.debug.machine());
    return new Target(both, events, hz, board, uart, pins, debug, rig, files, Optional.of(other));
  }

  /** Number of the console's UART. */
  public int consoleNumber() {
    return board.console().number();
  }

  /** Serial line of the console. */
  public UartPort console() {
    return uart.apply(consoleNumber());
  }
}
