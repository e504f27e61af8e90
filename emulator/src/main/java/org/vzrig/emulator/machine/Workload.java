package org.vzrig.emulator.machine;

/** What a {@link MachineThread} runs. All methods belong to the machine thread. */
public interface Workload {
  /** Virtual time now, SYSCLK cycles since power-on. */
  long cycles();

  /** Runs until {@link #cycles} is {@code cycle} or an instruction or two later. */
  void runTo(long cycle);

  /** Whether a debugger has stopped the machine: {@link #runTo} returns without running. */
  default boolean halted() {
    return false;
  }

  /**
   * The cycle at which something happens next without help from outside: now while the CPU
   * executes; the next event while it waits; {@link Long#MAX_VALUE} when it would wait for ever.
   */
  long nextWork();
}
