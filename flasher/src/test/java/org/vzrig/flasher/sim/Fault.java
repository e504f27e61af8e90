package org.vzrig.flasher.sim;

/**
 * Something that goes wrong once on a line.
 *
 * @param kind what
 * @param at at which byte to the target, byte from it, or reply, counted from 0 over the whole job
 */
public record Fault(Kind kind, int at) {
  /** What goes wrong. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** A byte to the target is lost. */
    LOSE_REQUEST_BYTE,
    /** A byte to the target has a wrong bit. */
    CORRUPT_REQUEST_BYTE,
    /** A byte from the target is lost. */
    LOSE_REPLY_BYTE,
    /** A byte from the target has a wrong bit. */
    CORRUPT_REPLY_BYTE,
    /** A whole reply is lost. */
    LOSE_REPLY,
    /** A reply comes seven seconds late. */
    LATE_REPLY,
    /** A reply comes twice. */
    DUPLICATE_REPLY,
    /** A reply has another sequence number. */
    WRONG_SEQUENCE,
    /** A command is refused. */
    REFUSE,
    /** The port goes away while writing. */
    CLOSE_PORT,
    /** From here on the target is silent until it is reset. */
    SILENCE
  }

  /** No fault. */
  public static final Fault NONE = new Fault(Kind.NONE, -1);
}
