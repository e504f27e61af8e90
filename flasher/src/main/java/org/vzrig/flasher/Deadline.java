package org.vzrig.flasher;

import java.io.IOException;
import java.time.Duration;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.hil.serial.HostClock;

/** The moment by which everything must be done, and the wish to stop before it. */
public final class Deadline {
  private static final long RELEASE_NANOS = 1_000_000_000;

  private final HostClock clock;
  private final long end;
  private final Duration total;
  private volatile boolean cancelled;
  private volatile boolean releasing;

  /** A deadline {@code total} from now. */
  public Deadline(HostClock clock, Duration total) {
    this.clock = clock;
    this.total = total;
    end = clock.nanos() + total.toNanos();
  }

  /** The clock that it is measured on. */
  public HostClock clock() {
    return clock;
  }

  /** Makes the next {@link #check} fail; any thread may call it. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Goes on only while there is time.
   *
   * @param doing what is being done, for the message
   * @throws FlashException if the deadline has passed or {@link #cancel} was called
   */
  public void check(String doing) throws FlashException {
    if (releasing) {
      return;
    }
    if (cancelled) {
      throw new FlashException(Reason.INTERRUPTED, "interrupted while " + doing);
    }
    if (clock.nanos() - end >= 0) {
      throw new FlashException(
          Reason.TIMEOUT,
          "the deadline of %d s passed while %s".formatted(total.toSeconds(), doing));
    }
  }

  /** Something that ends a session. */
  @FunctionalInterface
  public interface Release {
    /** Ends it. */
    void run() throws IOException;
  }

  /** Runs {@code release} although the deadline may have passed: hardware must be let go. */
  public void afterwards(Release release) throws IOException {
    releasing = true;
    try {
      release.run();
    } finally {
      releasing = false;
    }
  }

  /** The shorter of {@code wanted} and what is left. */
  public Duration limit(Duration wanted) {
    long nanos = releasing ? RELEASE_NANOS : Math.max(0, end - clock.nanos());
    Duration left = Duration.ofNanos(nanos);
    return left.compareTo(wanted) < 0 ? left : wanted;
  }
}
