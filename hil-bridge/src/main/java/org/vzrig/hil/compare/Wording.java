package org.vzrig.hil.compare;

/** How the tokens of a channel are spoken of. */
interface Wording<T extends Token> {
  /** What one of them is called, such as {@code LD1 goes on}. */
  String one(T token);

  /** Several of them in the plural, such as {@code edges}. */
  String many();

  /** How the second differs from the first. */
  default String difference(T first, T second) {
    return one(first) + " became " + one(second);
  }

  /** Whether a side did nothing at all on this channel for a time of its own clock. */
  default boolean quiet(boolean first, long from, long to) {
    return true;
  }

  /** What it is when {@code count} of them in a row are missing and nothing else comes. */
  Finding.Kind silence();

  /**
   * Says that nothing has come from {@code side} since {@code last}, which is null at the start.
   */
  String silent(String side, @org.jspecify.annotations.Nullable T last);
}
