package org.vzrig.hil.compare;

/**
 * A character that a guest has printed among those of others.
 *
 * @param value the character
 */
record Symbol(long nanos, char value) implements Token {
  @Override
  public boolean same(Token other) {
    return ((Symbol) other).value == value;
  }

  @Override
  public int key() {
    return value;
  }

  @Override
  public String shown() {
    return String.valueOf(value);
  }
}
