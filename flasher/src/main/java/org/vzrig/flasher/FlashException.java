package org.vzrig.flasher;

import java.io.IOException;

/** Programming that did not succeed, with the reason that scripts can act on. */
public final class FlashException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why it did not succeed. */
  public enum Reason {
    /** The command line asks for something that does not exist or does not fit together. */
    USAGE(2),
    /** The image is unusable, or unusable for this part. */
    IMAGE(4),
    /** The port or device cannot be opened. */
    PORT(20),
    /** Nothing answers as the protocol says. */
    NO_TARGET(21),
    /** A part answers that the table does not know. */
    UNKNOWN_PART(22),
    /** The target or the adapter refuses, or the protocol cannot do it. */
    UNSUPPORTED(23),
    /** The conversation broke down, or the port went away, and repeating did not help. */
    PROTOCOL(24),
    /** Flash does not hold what it should. */
    VERIFY(25),
    /** The deadline has passed. */
    TIMEOUT(26),
    /** Flash holds the image, but it is not certain that it was started. */
    NOT_STARTED(27),
    /** Somebody pressed Ctrl-C. */
    INTERRUPTED(130);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    /** Exit code of the command line. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Reason reason;

  /** With a message that says what, where, expected and found. */
  public FlashException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** With the exception that it comes from. */
  public FlashException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why it did not succeed. */
  public Reason reason() {
    return reason;
  }

  /** The message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
