package org.vzrig.appliance.flash;

/** What a {@link FaultyLine} does once to a command or its reply. */
enum Trouble {
  NONE,
  LOSE_REQUEST_BYTE,
  CORRUPT_REQUEST_BYTE,
  LOSE_REPLY_BYTE,
  CORRUPT_REPLY_BYTE,
  LATE_REPLY,
  DUPLICATE_REPLY,
  WRONG_SEQUENCE,
  REFUSE,
  CLOSE_PORT,
  /** No answer from there on until the board is reset. */
  SILENCE,
  /** Never any answer. */
  DEAD
}
