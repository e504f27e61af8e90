package org.vzrig.hypervisor.rt;

import java.util.List;
import org.vzrig.boards.Board;
import org.vzrig.boards.image.Image;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.layout.Layout;

/** A board with the hypervisor and its guests on it, ready to run. */
public final class Rig {
  private final Machine machine;
  private final Layout layout;
  private Hypervisor hypervisor;

  private Rig(Machine machine, Layout layout) {
    this.machine = machine;
    this.layout = layout;
    hypervisor = boot(machine, layout);
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

  private static Hypervisor boot(Machine machine, Layout layout) {
    Hypervisor hypervisor =
        new Hypervisor(machine.cpu(), machine.bus(), machine.board(), layout, machine.sysclkHz());
    hypervisor.start();
    return hypervisor;
  }

  private void reboot() {
    hypervisor = boot(machine, layout);
  }

  /** The board. */
  public Machine machine() {
    return machine;
  }

  /** What owns its root mode since the last reset. */
  public Hypervisor hypervisor() {
    return hypervisor;
  }

  /** How every guest and thread is, by id. */
  public List<ThreadStatus> status() {
    return hypervisor.status();
  }
}
