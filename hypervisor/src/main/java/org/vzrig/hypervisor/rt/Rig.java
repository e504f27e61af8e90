package org.vzrig.hypervisor.rt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Board;
import org.vzrig.boards.image.Image;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.rt.console.LogRing;

/** A board with the hypervisor and its guests on it, ready to run. */
public final class Rig {
  private final Machine machine;
  private final transient Layout layout;
  private final transient EarlyTap tap = new EarlyTap();
  private Hypervisor hypervisor;

  private Rig(Machine machine, Layout layout) {
    this.machine = machine;
    this.layout = layout;
    hypervisor = boot();
    machine.afterReset(this::reboot);
  }

  /**
   * Programs the guests of {@code layout} into a fresh {@code board} and starts the hypervisor; the
   * first guest runs with the next cycle of the machine. A reset of the chip starts them anew.
   *
   * @throws ConfigException with everything that is wrong with the guests' program files
   */
  public static Rig build(Board board, Layout layout) throws ConfigException {
    Problems problems = new Problems();
    problems.addAll(layout.warnings());
    Image image = Programs.merge(layout, problems);
    problems.throwIfErrors();
    Machine machine = new Machine(board);
    machine.load(image);
    return new Rig(machine, layout);
  }

  private Hypervisor boot() {
    Hypervisor booted =
        new Hypervisor(
            machine.cpu(),
            machine.bus(),
            machine.board(),
            layout,
            machine.sysclkHz(),
            (id, character) -> tap.printed(machine.cycles(), id, character));
    booted.startAgain(this::reboot);
    booted.start();
    return booted;
  }

  private void reboot() {
    hypervisor = boot();
  }

  /** The board. */
  public Machine machine() {
    return machine;
  }

  /** What owns its root mode since the last reset. */
  public Hypervisor hypervisor() {
    return hypervisor;
  }

  /** From now on {@code listener} hears who prints what, beginning with what was printed so far. */
  public void onPrint(ConsoleTap listener) {
    tap.connect(listener);
  }

  /** How every guest and thread is, by id. */
  public List<ThreadStatus> status() {
    return hypervisor.status();
  }

  /** Root prints before anybody can listen: keeps that for the one who will. */
  private static final class EarlyTap implements ConsoleTap {
    private final StringBuilder early = new StringBuilder();
    private @Nullable ConsoleTap listener;

    @Override
    public void printed(long cycle, int thread, int character) {
      if (listener != null) {
        listener.printed(cycle, thread, character);
      } else if (thread == 0 && early.length() < LogRing.SIZE) {
        early.append((char) character);
      }
    }

    void connect(ConsoleTap next) {
      early.chars().forEach(character -> next.printed(0, 0, character));
      early.setLength(0);
      listener = next;
    }
  }
}
