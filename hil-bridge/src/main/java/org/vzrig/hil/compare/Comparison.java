package org.vzrig.hil.compare;

import java.util.List;
import java.util.Map;

/**
 * How two sides compare.
 *
 * @param verdict the answer
 * @param reasons why the sides could not be compared, or what limits the answer
 * @param first what the first side's capture holds
 * @param second what the second side's capture holds
 * @param clock how the clocks relate
 * @param comparedNanos how much of the first side's time was compared
 * @param channels every channel
 * @param findings the differences, the first of each kind and channel, in order of time
 * @param counts how many there are of each kind
 */
public record Comparison(
    Verdict verdict,
    List<String> reasons,
    Survey first,
    Survey second,
    ClockFit clock,
    long comparedNanos,
    List<ChannelCount> channels,
    List<Finding> findings,
    Map<Finding.Kind, Long> counts) {
  /** The answer. */
  public enum Verdict {
    /** Both sides do the same. */
    SAME,
    /** They differ. */
    DIFFERENT,
    /** That cannot be said. */
    UNKNOWN
  }

  /** Keeps its own copies. */
  public Comparison {
    reasons = List.copyOf(reasons);
    channels = List.copyOf(channels);
    findings = List.copyOf(findings);
    counts = Map.copyOf(counts);
  }
}
