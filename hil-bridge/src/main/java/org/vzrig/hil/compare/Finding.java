package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One difference between the two sides. */
public final class Finding {
  /** Kinds of differences. */
  public enum Kind {
    /** The second side lacks something. */
    MISSING("missing"),
    /** The second side has something more. */
    EXTRA("extra"),
    /** The second side has it later than it should. */
    LATE("late"),
    /** The second side has it earlier than it should. */
    EARLY("early"),
    /** The second side has something else. */
    DIFFERENT("different"),
    /** A line runs at another speed than it is read at. */
    BAUD("baud mismatch"),
    /** Nothing comes from a line. */
    DEAD_LINE("dead line"),
    /** A pin does not change any more. */
    STUCK("stuck"),
    /** One side was reset, the other was not. */
    RESET("reset"),
    /** From here on one side is later than before, in everything. */
    JUMP("jump"),
    /** The clocks run at rates that differ by more than the tolerance. */
    CLOCK("clock"),
    /** A recording is not complete. */
    LOSS("loss");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** How reports call it. */
    public String word() {
      return word;
    }
  }

  private final Kind kind;
  private final String channel;
  private final long nanos;
  private final long secondNanos;
  private final long count;
  private final String text;
  private final List<String> first = new ArrayList<>();
  private final List<String> second = new ArrayList<>();

  /**
   * A finding.
   *
   * @param channel where, such as U4 or LD1
   * @param nanos when, on the first side's clock
   * @param secondNanos when, on the second side's clock
   * @param count how many lines or edges it stands for
   * @param text what, as a sentence
   */
  Finding(Kind kind, String channel, long nanos, long secondNanos, long count, String text) {
    this.kind = kind;
    this.channel = channel;
    this.nanos = nanos;
    this.secondNanos = secondNanos;
    this.count = count;
    this.text = text;
  }

  /** What kind of difference. */
  public Kind kind() {
    return kind;
  }

  /** Where, such as U4 or LD1. */
  public String channel() {
    return channel;
  }

  /** When, in nanoseconds of the first side's clock. */
  public long nanos() {
    return nanos;
  }

  /** When, in nanoseconds of the second side's clock. */
  public long secondNanos() {
    return secondNanos;
  }

  /** How many lines or edges it stands for. */
  public long count() {
    return count;
  }

  /** What, as a sentence. */
  public String text() {
    return text;
  }

  /** What the first side did around it; what is meant begins with {@code >}. */
  public List<String> first() {
    return Collections.unmodifiableList(first);
  }

  /** What the second side did around it. */
  public List<String> second() {
    return Collections.unmodifiableList(second);
  }

  void context(List<String> ofFirst, List<String> ofSecond) {
    first.addAll(ofFirst);
    second.addAll(ofSecond);
  }

  @Override
  public String toString() {
    return "%s %s at %.6f s: %s".formatted(channel, kind.word, nanos / 1e9, text);
  }
}
