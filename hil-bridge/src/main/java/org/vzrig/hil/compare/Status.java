package org.vzrig.hil.compare;

/** What became of a line, an edge or a symbol. */
public enum Status {
  /** Both sides have it. */
  SAME,
  /** Both sides have it, but not when they should. */
  OFF,
  /** Both sides have something here, but not the same. */
  DIFFERENT,
  /** The first side alone has it. */
  MISSING,
  /** The second side alone has it. */
  EXTRA
}
