package org.vzrig.hil.compare;

/** What became of the tokens of one channel, in order. */
interface Outcome<T extends Token> {
  /**
   * Both sides have it.
   *
   * @param offNanos how much later the second side has it than it should
   */
  void matched(T first, T second, long offNanos);

  /** Both have it, but {@code offNanos} apart, which is more than the tolerance. */
  void off(T first, T second, long offNanos);

  /** Both have something here, but not the same. */
  void different(T first, T second);

  /** The first side alone has it. */
  void missing(T first);

  /** The second side alone has it. */
  void extra(T second);

  /** From {@code first} on, the second side is later than before by {@code byNanos}. */
  void jumped(T first, T second, long byNanos);
}
