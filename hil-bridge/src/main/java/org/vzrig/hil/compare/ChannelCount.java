package org.vzrig.hil.compare;

/** How a channel compares, in numbers. */
public final class ChannelCount {
  private final String channel;
  private long matched;
  private long findings;
  private long mostOff;
  private long steady;
  private long unmatched;
  private String skipped = "";

  ChannelCount(String channel) {
    this.channel = channel;
  }

  static ChannelCount skipped(String channel, String why) {
    ChannelCount count = new ChannelCount(channel);
    count.skipped = why;
    return count;
  }

  /** How much of it matches without a jump, 0 to 1. */
  double share() {
    return (double) steady / Math.max(1, matched + unmatched);
  }

  void unmatched() {
    unmatched++;
  }

  void matched(long offNanos, boolean jumped) {
    matched++;
    steady += jumped ? 0 : 1;
    mostOff = Math.max(mostOff, Math.abs(offNanos));
  }

  void finding() {
    findings++;
  }

  /** Its name, such as U4 or LD1. */
  public String channel() {
    return channel;
  }

  /** Lines or edges that both sides have. */
  public long matched() {
    return matched;
  }

  /** How many findings it has. */
  public long findings() {
    return findings;
  }

  /** How far apart matching ones are at most, in nanoseconds. */
  public long mostOff() {
    return mostOff;
  }

  /** Why it was not compared, or an empty text. */
  public String skipped() {
    return skipped;
  }
}
