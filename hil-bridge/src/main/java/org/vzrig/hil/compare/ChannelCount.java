package org.vzrig.hil.compare;

/** How a channel compares, in numbers. */
public final class ChannelCount {
  private final String channel;
  private long matched;
  private long findings;
  private long mostOff;
  private String skipped = "";

  ChannelCount(String channel) {
    this.channel = channel;
  }

  static ChannelCount skipped(String channel, String why) {
    ChannelCount count = new ChannelCount(channel);
    count.skipped = why;
    return count;
  }

  void matched(long offNanos) {
    matched++;
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
