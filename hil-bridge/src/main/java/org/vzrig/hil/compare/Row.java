package org.vzrig.hil.compare;

/**
 * What both sides did at one place of one channel.
 *
 * @param channel where, such as U4 or LD1
 * @param status how they compare
 * @param firstNanos when the first side did it, by its clock; {@link #NONE} when it did not
 * @param first what it did
 * @param secondNanos when the second side did it, by its clock
 * @param second what it did
 * @param offNanos how much later the second side was than it should
 */
public record Row(
    String channel,
    Status status,
    long firstNanos,
    String first,
    long secondNanos,
    String second,
    long offNanos) {
  /** In the place of a time: this side did not do it. */
  public static final long NONE = Long.MIN_VALUE;

  /** Takes rows in the order of each channel. */
  @FunctionalInterface
  public interface Listener {
    /** The next row. */
    void row(Row row);
  }
}
