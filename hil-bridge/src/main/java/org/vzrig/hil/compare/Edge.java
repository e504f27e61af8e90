package org.vzrig.hil.compare;

/**
 * A pin has changed.
 *
 * @param level whether it is high from now on
 */
record Edge(long nanos, boolean level) implements Token {
  @Override
  public boolean same(Token other) {
    return ((Edge) other).level == level;
  }

  @Override
  public int key() {
    return level ? 1 : 0;
  }

  @Override
  public String shown() {
    return level ? "high" : "low";
  }
}
