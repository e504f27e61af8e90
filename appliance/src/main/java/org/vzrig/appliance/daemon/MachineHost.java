package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.RunOptions.Pace;
import org.vzrig.appliance.run.Target;
import org.vzrig.emulator.machine.MachineThread.Ended;
import org.vzrig.emulator.periph.ResetCause;

/**
 * Switches the machine on and off. One thread at a time changes something; looking is free.
 *
 * <p>Each power-on makes a new machine, to which the attachments tie themselves.
 */
public final class MachineHost {
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<Consumer<State>> listeners = new CopyOnWriteArrayList<>();
  private final Consumer<Throwable> failed;
  private final CardSocket card;
  private volatile Optional<LoadedProgram> program;
  private volatile Pace pace;
  private volatile @Nullable PoweredMachine current;

  /** How the machine is. */
  public enum State {
    /** It is switched off. */
    OFF,
    /** It runs. */
    RUNNING,
    /** It is on, and virtual time stands still. */
    PAUSED;

    /** Its name in answers. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A host for machines.
   *
   * @param program what they run; absent where nothing is emulated
   * @param pace how virtual time passes
   * @param card what is in the board's socket for a memory card
   * @param failed told when a machine broke down, which is a defect of ours
   */
  MachineHost(
      Optional<LoadedProgram> program, Pace pace, CardSocket card, Consumer<Throwable> failed) {
    this.card = card;
    this.program = program;
    this.pace = pace;
    this.failed = failed;
  }

  /** Before the first power-on: adds something that ties itself to every machine. */
  void attach(Attachment attachment) {
    attachments.add(attachment);
  }

  /** Adds somebody who wants to know when the state changes. */
  void onChange(Consumer<State> listener) {
    listeners.add(listener);
  }

  /** The machine, if it is switched on. */
  public Optional<PoweredMachine> machine() {
    return Optional.ofNullable(current);
  }

  /** The machine; it has to be on. */
  public PoweredMachine running() throws CommandFailure {
    return machine()
        .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, "the machine is switched off"));
  }

  /** How the machine is. */
  public State state() {
    PoweredMachine machine = current;
    if (machine == null) {
      return State.OFF;
    }
    return machine.paused() ? State.PAUSED : State.RUNNING;
  }

  /** What the machine runs, or will run; absent where nothing is emulated. */
  Optional<LoadedProgram> program() {
    return program;
  }

  private Target build() throws CommandFailure, IOException {
    LoadedProgram next =
        program.orElseThrow(
            () -> new CommandFailure(ExitCode.USAGE, "nothing is emulated in the mode mirror"));
    return build(next);
  }

  private Target build(LoadedProgram next) throws CommandFailure, IOException {
    Target target = next.build();
    card.insert(target);
    return target;
  }

  /** Writes the complete state of the machine to {@code file}. */
  public synchronized void snapshot(Path file) throws CommandFailure, IOException {
    Snapshots.write(running(), file);
  }

  /**
   * Goes on with the state of {@code file}, which has to be of what the machine runs; with any
   * other everything stays as it is.
   */
  public synchronized void restore(Path file) throws CommandFailure, IOException {
    Target target = build();
    Snapshots.restore(file, target);
    powerOff();
    powerOn(target);
  }

  /** How virtual time passes. */
  public Pace pace() {
    return pace;
  }

  /** Switches on, or lets virtual time pass again. */
  public synchronized void start() throws CommandFailure, IOException {
    PoweredMachine machine = current;
    if (machine == null) {
      powerOn(build());
    } else if (machine.paused()) {
      machine.pause(false);
      tell();
    }
  }

  /** Switches off. */
  public synchronized void stop() {
    powerOff();
  }

  /** Off and on again. */
  public synchronized void restart() throws CommandFailure, IOException {
    Target target = build();
    powerOff();
    powerOn(target);
  }

  /** Makes virtual time stand still. */
  public synchronized void pause() throws CommandFailure {
    running().pause(true);
    tell();
  }

  /** Presses the reset button of the board. */
  public synchronized void reset() throws CommandFailure {
    PoweredMachine machine = running();
    machine.post(() -> machine.target().debug().machine().reset(ResetCause.MCLR));
  }

  /** Runs another program from now on; one with mistakes leaves everything as it is. */
  public synchronized void load(LoadedProgram next) throws CommandFailure, IOException {
    Target target = build(next);
    boolean on = current != null;
    powerOff();
    program = Optional.of(next);
    if (on) {
      powerOn(target);
    }
  }

  /** Changes program and pace, which takes a restart. */
  synchronized void change(LoadedProgram next, Pace nextPace) throws CommandFailure, IOException {
    pace = nextPace;
    load(next);
  }

  private void powerOn(Target target) throws IOException {
    PoweredMachine machine = new PoweredMachine(target, pace);
    List<Attachment> attached = new ArrayList<>();
    try {
      for (Attachment attachment : attachments) {
        attachment.attach(machine);
        attached.add(attachment);
      }
    } catch (IOException e) {
      machine.abandon();
      attached.forEach(Attachment::detach);
      throw e;
    }
    current = machine;
    var _ = machine.thread().ended().thenAccept(this::ended);
    machine.start();
    Logger.info("{} runs {}", target.board().name(), target.files().getFirst());
    tell();
  }

  private void ended(Ended how) {
    if (how instanceof Ended.Failed(Throwable failure)) {
      failed.accept(failure);
    }
  }

  private void powerOff() {
    PoweredMachine machine = current;
    if (machine != null) {
      machine.end();
      current = null;
      attachments.forEach(Attachment::detach);
      tell();
    }
  }

  private void tell() {
    State state = state();
    listeners.forEach(listener -> listener.accept(state));
  }
}
