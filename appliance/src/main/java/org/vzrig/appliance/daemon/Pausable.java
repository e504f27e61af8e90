package org.vzrig.appliance.daemon;

import org.vzrig.emulator.machine.Workload;

/** A machine whose virtual time can be made to stand still. Belongs to the machine thread. */
final class Pausable implements Workload {
  private final Workload machine;
  private boolean paused;

  Pausable(Workload machine) {
    this.machine = machine;
  }

  /** Makes virtual time stand still or pass. */
  void paused(boolean stands) {
    paused = stands;
  }

  @Override
  public long cycles() {
    return machine.cycles();
  }

  @Override
  public void runTo(long cycle) {
    if (!paused) {
      machine.runTo(cycle);
    }
  }

  @Override
  public boolean halted() {
    return paused || machine.halted();
  }

  @Override
  public long nextWork() {
    return machine.nextWork();
  }
}
