package org.vzrig.hil.compare;

/**
 * How a channel is matched.
 *
 * @param tolerance nanoseconds that matching tokens may be apart
 * @param shift nanoseconds that a token may be off to be called late or early
 * @param settle tokens in a row that must match before the sides are taken to agree again
 * @param jump tokens in a row that must be off by the same before that is taken for a jump
 */
record Limits(long tolerance, long shift, int settle, int jump) {
  /** How far to look ahead where the sides differ. */
  static final long AHEAD_NANOS = 8_000_000_000L;

  /** How many tokens to look ahead there. */
  static final int AHEAD = 256;
}
