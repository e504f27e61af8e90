package org.vzrig.hil.agent;

/**
 * Carries data between rings of the machine and something outside. Stepped by an {@link
 * AgentThread}, or by a test together with other agents on one thread.
 */
public interface Agent {
  /** Names its thread and its messages. */
  String name();

  /** Whether {@link #step} has something to do now. */
  boolean ready();

  /** Does what there is to do, without waiting for the machine; returns how much that was. */
  int step();

  /** How long it may sleep when {@link #step} had nothing to do, in nanoseconds. */
  default long idleNanos() {
    return 1_000_000_000;
  }

  /** Nothing more will come: finishes and lets go of what it uses. */
  void close();
}
