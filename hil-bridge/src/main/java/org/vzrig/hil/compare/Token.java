package org.vzrig.hil.compare;

/** One thing that happened on one channel: an edge, a line, or a guest's symbol. */
sealed interface Token permits Edge, Line, Symbol {
  /** When, in nanoseconds of its own side's clock. */
  long nanos();

  /** Whether {@code other}, of the same channel, is the same but for its time. */
  boolean same(Token other);

  /** A hash that equal tokens share. */
  int key();

  /** How it is shown. */
  String shown();
}
