package org.vzrig.hil.bridge;

/** The outer end of a route, with threads of its own. */
interface RouteEnd {
  /** Starts the threads. */
  void start();

  /** Machine thread: output waits, or the speed has changed. */
  void wake();

  /** Any thread: what it became, such as the name of a pty. */
  String where();

  /** Any thread: what it does now, in words. */
  String state();

  /** Any thread: bytes that the outside has taken. */
  long sent();

  /** Any thread: bytes that this end could not pass on. */
  long lost();

  /** Any thread: whether {@link #close} has ended the threads. */
  boolean closed();

  /** Passes on what is left, for a second at most, and lets go of everything. */
  void close();
}
