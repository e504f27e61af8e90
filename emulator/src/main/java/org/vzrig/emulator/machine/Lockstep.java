package org.vzrig.emulator.machine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.vzrig.emulator.cpu.Cpu;

/**
 * Runs two machines that were built alike, one with each engine, and compares them: after every
 * stretch of instructions their clocks, registers and RAM have to be the same.
 *
 * <p>The second machine runs on a thread of its own while the first one runs, never otherwise. What
 * comes from outside has to be given to both at the same cycle.
 */
public final class Lockstep implements Workload {
  /** Cycles between comparisons: short enough to find the place, long enough for loops. */
  private static final int STRETCH = 2_000;

  private final Machine first;
  private final Machine second;
  private final ExecutorService other =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("lockstep").factory());

  /** The machines were not the same after a stretch. */
  public static final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Difference(String message) {
      super(message);
    }
  }

  /** {@code first} is the machine that is shown; it gets the translator. */
  public Lockstep(Machine first, Machine second) {
    this.first = first;
    this.second = second;
    first.cpu().engine(Cpu.Engine.TRANSLATOR);
    second.cpu().engine(Cpu.Engine.INTERPRETER);
  }

  @Override
  public long cycles() {
    return first.cycles();
  }

  /**
   * {@inheritDoc}
   *
   * @throws Difference with both states at the first stretch after which the machines differ
   */
  @Override
  public void runTo(long cycle) {
    while (first.cycles() < cycle) {
      long before = first.cycles();
      long end = Math.min(cycle, Math.max(before + STRETCH, first.nextWork()));
      CompletableFuture<Void> twin = CompletableFuture.runAsync(() -> second.runTo(end), other);
      first.runTo(end);
      twin.join();
      compare(before);
    }
  }

  @Override
  public long nextWork() {
    return first.nextWork();
  }

  private void compare(long before) {
    String difference = MachineState.difference(first, second);
    if (!difference.isEmpty()) {
      throw new Difference(
          "translator and interpreter were the same at cycle %d, and differ at cycle %d:%n%s"
              .formatted(before, first.cycles(), difference));
    }
  }
}
