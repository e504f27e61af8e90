package org.vzrig.emulator.time;

/** The only time inside the machine: SYSCLK cycles since power-on. */
@FunctionalInterface
public interface VirtualClock {
  /** Cycles of SYSCLK since power-on; never decreases. */
  long cycles();
}
